"""What a session's page shows of households: those that a statutory list proposes, and each case with what its dossier lacks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.ccapex.cases import CaseView
from riskmodel.ccapex.vocabulary import ORIGINS
from riskmodel.documents.ccapex import Dossier, missing
from riskmodel.register.models import LegalNight, StatutoryRow

PROPOSED = 200
"""Lines that the page proposes: beyond them, a household is named by its lease."""


@dataclass(frozen=True)
class Candidate:
    """A line of a statutory list, and whether the household is already brought."""

    lease_id: str
    management_unit: str
    legal_cents: int
    due_on: date | None
    why: str
    is_there: bool


@dataclass(frozen=True)
class Line:
    """A case in its order: its debt when its dossier is frozen, and what that dossier lacks."""

    case: CaseView
    legal_cents: int | None
    lacks: tuple[str, ...]


def candidates(session: Session, landlord_id: str, there: Collection[str]) -> dict[str, list[Candidate]]:
    """Households of each statutory list of the newest night, in its order."""
    mine = select(StatutoryRow).join(LegalNight, LegalNight.id == StatutoryRow.night_id)
    rows = session.scalars(mine.where(LegalNight.landlord_id == landlord_id).order_by(StatutoryRow.position))
    found: dict[str, list[Candidate]] = {code: [] for code in ORIGINS if code != "hand"}
    for row in rows:
        if len(found[row.list_code]) < PROPOSED:
            found[row.list_code].append(
                Candidate(row.lease_id, row.management_unit, row.legal_cents, row.due_on, row.why, row.lease_id in there)
            )
    return {code: lines for code, lines in found.items() if lines}


def line(case: CaseView) -> Line:
    """A case as the session's table shows it."""
    if case.facts is None:
        return Line(case, None, ())
    said = cast(Dossier, case.facts)
    return Line(case, said["debt"]["legal_cents"], tuple(one.label for one in missing(said)))
