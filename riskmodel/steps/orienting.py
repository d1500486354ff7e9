"""From a flag to a measure, with a landlord's own schemes: the ladder of a household, its proposal, its moves, its recalls."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel import schemes as room
from riskmodel.errors import MoveRefused, SchemeRefused
from riskmodel.people.days import day_of
from riskmodel.referrals import moves, recall, situation
from riskmodel.register import files
from riskmodel.register.models import ListRow, Referral, WeeklyList
from riskmodel.schemes import FACTS, Rung, Scheme
from riskmodel.settings import Settings
from riskmodel.weekly.freezing import thaw_row

FOLDER = "dispositifs"
"""Under the folder of landlords: one folder a landlord, one file a scheme of its own."""
REFERENCE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9-]{2,39}")
"""What may stand for a candidate who holds no lease yet: a code with a figure in it, so never a name."""


def schemes_of(settings: Settings, landlord_id: str) -> dict[str, Scheme]:
    """The schemes that a landlord works with: those shipped, and its own; raises SchemeRefused with every fault of its files."""
    folder = settings.landlords / FOLDER / landlord_id
    if not folder.is_dir():
        return dict(_loaded(None, ()))
    return dict(_loaded(folder, tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.toml")))))


def readable_schemes(settings: Settings, landlord_id: str) -> Mapping[str, Scheme]:
    """The same, or those shipped alone when the landlord's own cannot be read: no faulty file hides or stops anything."""
    try:
        return schemes_of(settings, landlord_id)
    except SchemeRefused:
        return room.load()


@lru_cache(maxsize=64)
def _loaded(folder: Path | None, _versions: tuple[tuple[str, int], ...]) -> Mapping[str, Scheme]:
    """Files are read again when one of them changed."""
    return room.load(folder)


def facts_of(session: Session, settings: Settings, landlord_id: str, lease_id: str) -> tuple[str, dict[str, Any]]:
    """The unit that follows a household and its facts, from the newest list that shows it; raises MoveRefused when none does."""
    shown = select(ListRow, WeeklyList).join(WeeklyList, WeeklyList.id == ListRow.list_id)
    mine = shown.where(WeeklyList.landlord_id == landlord_id, ListRow.lease_id == lease_id)
    found = session.execute(mine.order_by(WeeklyList.as_of.desc(), ListRow.id).limit(1)).one_or_none()
    if found is None:
        raise MoveRefused(f"Bail {lease_id} : aucune liste ne l'a montré. Une orientation part d'un ménage signalé et relu.")
    row, weekly = found
    columns = ("tab", "position", "lease_id", "change", "facts", "reasons")
    thawed = thaw_row({name: getattr(row, name) for name in columns})
    file = files.read(session, landlord_id, weekly.week, weekly.management_unit, lease_id)
    is_subtenant = _is_subtenant(session, schemes_of(settings, landlord_id), landlord_id, lease_id)
    return weekly.management_unit, situation.of_row(thawed.facts, file, weekly.as_of, is_subtenant=is_subtenant)


def ladder_of(
    session: Session, settings: Settings, landlord_id: str, lease_id: str, declared: Mapping[str, Any]
) -> tuple[Rung, ...]:
    """Every scheme for a listed household, lightest first, with what people answered today; raises SchemeRefused for an answer
    outside the vocabulary."""
    _, facts = facts_of(session, settings, landlord_id, lease_id)
    known = {code: value for code, value in facts.items() if code in FACTS}
    return room.ladder(schemes_of(settings, landlord_id), {**known, **declared})


def candidate_ladder(settings: Settings, landlord_id: str, declared: Mapping[str, Any], today: date) -> tuple[Rung, ...]:
    """The same for somebody who asks for a dwelling, of whom nothing is known but the answers."""
    known = {code: value for code, value in situation.of_candidate(today).items() if code in FACTS}
    return room.ladder(schemes_of(settings, landlord_id), {**known, **declared})


def propose(
    session: Session,
    settings: Settings,
    landlord_id: str,
    lease_id: str,
    scheme: str,
    *,
    declared: Mapping[str, Any],
    case_id: int | None,
    by: str,
    now: datetime,
) -> int:
    """Propose a listed household to a scheme, with the facts of its newest list; the number of the referral."""
    unit, facts = facts_of(session, settings, landlord_id, lease_id)
    where = {"landlord_id": landlord_id, "management_unit": unit, "lease_id": lease_id}
    found = _scheme(settings, landlord_id, scheme)
    return moves.propose(session, **where, scheme=found, facts=facts, declared=declared, case_id=case_id, by=by, now=now)


def propose_candidate(
    session: Session,
    settings: Settings,
    landlord_id: str,
    unit: str,
    reference: str,
    scheme: str,
    *,
    declared: Mapping[str, Any],
    by: str,
    now: datetime,
) -> int:
    """Propose somebody who asks for a dwelling, known by a reference that another service gave; nothing is read of them."""
    if not REFERENCE.fullmatch(reference):
        raise MoveRefused(
            f"Référence « {reference} » : attendu un code du service qui adresse, en majuscules et chiffres, avec au moins un "
            "chiffre (exemple : SIAO-2026-014). Jamais un nom, ni le numéro de la demande de logement."
        )
    facts, found = situation.of_candidate(day_of(now)), _scheme(settings, landlord_id, scheme)
    where = {"landlord_id": landlord_id, "management_unit": unit, "lease_id": reference}
    return moves.propose(session, **where, scheme=found, facts=facts, declared=declared, case_id=None, by=by, now=now)


def move(
    session: Session,
    settings: Settings,
    referral_id: int,
    code: str,
    *,
    by: str,
    now: datetime,
    on_day: date,
    details: Mapping[str, Any],
) -> str:
    """Make a move of a referral with its landlord's schemes, and give the new state."""
    schemes = schemes_of(settings, _landlord(session, referral_id))
    return moves.move(session, referral_id, code, schemes=schemes, by=by, now=now, on_day=on_day, details=details)


def undo(session: Session, settings: Settings, referral_id: int, *, by: str, now: datetime) -> str:
    """Take the last move of a referral back, and give the state found again."""
    return moves.undo(session, referral_id, schemes=schemes_of(settings, _landlord(session, referral_id)), by=by, now=now)


def recalled(
    session: Session,
    settings: Settings,
    landlord_id: str,
    lease_id: str,
    why: Literal["objection", "correction"],
    by: str,
    now: datetime,
) -> list[int]:
    """Recall every fiche of a household that a partner holds, in the transaction that records its right: a landlord's file that
    cannot be read stands in the way of no right."""
    schemes = readable_schemes(settings, landlord_id)
    return recall.recall_for(session, landlord_id, lease_id, why, schemes=schemes, by=by, now=now)


def _scheme(settings: Settings, landlord_id: str, code: str) -> Scheme:
    known = schemes_of(settings, landlord_id)
    if code not in known:
        raise MoveRefused(f"« {code} » : dispositif inconnu. Choisissez parmi : {', '.join(known)}.")
    return known[code]


def _landlord(session: Session, referral_id: int) -> str:
    found = session.scalar(select(Referral.landlord_id).filter_by(id=referral_id))
    if found is None:
        raise MoveRefused(f"Orientation n° {referral_id} : inconnue. Rechargez la page des orientations.")
    return found


def _is_subtenant(session: Session, schemes: Mapping[str, Scheme], landlord_id: str, lease_id: str) -> bool:
    """Whether a sub-lease that was signed here is running."""
    codes = [scheme.code for scheme in schemes.values() if scheme.is_sublease]
    mine = select(Referral.id).filter_by(landlord_id=landlord_id, lease_id=lease_id, state="running")
    return session.scalar(mine.where(Referral.scheme.in_(codes)).limit(1)) is not None
