"""What the law said on a landlord's newest night: replaced whole, read by unit or by lease."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from riskmodel.register.models import LegalDeadline, LegalNight, LegalSituation, StatutoryRow

Rows = Sequence[Mapping[str, Any]]
"""Values by column, those of the night itself left out."""


@dataclass(frozen=True)
class Told:
    """A lease as its landlord's newest night told it: its situation, and its deadlines, the nearest first."""

    as_of: date
    situation: LegalSituation
    deadlines: tuple[LegalDeadline, ...]


def replace(session: Session, landlord_id: str, as_of: date, situations: Rows, deadlines: Rows, lists: Rows) -> bool:
    """Keep what the law said of a landlord's leases on `as_of` in place of the night before, in the session's transaction.

    A night played again for a day before the newest one changes nothing, and gives False: deadlines are those of today.
    """
    newest = night(session, landlord_id)
    if newest is not None and as_of < newest.as_of:
        return False
    session.execute(delete(LegalNight).filter_by(landlord_id=landlord_id))
    made = LegalNight(landlord_id=landlord_id, as_of=as_of)
    session.add(made)
    session.flush()
    for table, rows in ((LegalSituation, situations), (LegalDeadline, deadlines), (StatutoryRow, lists)):
        if rows:
            session.execute(insert(table), [{"night_id": made.id, **row} for row in rows])
    return True


def night(session: Session, landlord_id: str) -> LegalNight | None:
    """The newest night of a landlord that the law was read on; None before the first."""
    return session.scalar(select(LegalNight).filter_by(landlord_id=landlord_id))


def of_lease(session: Session, landlord_id: str, lease_id: str) -> Told | None:
    """What the newest night told of a lease; None when there was nothing to tell: no debt, no procedure, no plan."""
    mine = select(LegalSituation, LegalNight.as_of).join(LegalNight, LegalNight.id == LegalSituation.night_id)
    found = session.execute(mine.where(LegalNight.landlord_id == landlord_id, LegalSituation.lease_id == lease_id)).one_or_none()
    if found is None:
        return None
    situation, as_of = found
    its = select(LegalDeadline).filter_by(night_id=situation.night_id, lease_id=lease_id)
    return Told(as_of, situation, tuple(session.scalars(its.order_by(LegalDeadline.due_on, LegalDeadline.id))))


def counted(session: Session, landlord_id: str) -> dict[str, int]:
    """How many lines each statutory list of the newest night has."""
    mine = select(StatutoryRow.list_code, func.count()).join(LegalNight, LegalNight.id == StatutoryRow.night_id)
    return dict(session.execute(mine.where(LegalNight.landlord_id == landlord_id).group_by(StatutoryRow.list_code)).all())
