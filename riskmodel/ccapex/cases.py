"""Cases brought to a session: chosen, put in order, answered for, frozen, withdrawn; undoable until the session is over."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riskmodel.ccapex import sessions
from riskmodel.ccapex.vocabulary import ASKS, DECLARED, ORIGINS, VIEWS
from riskmodel.errors import SessionRefused
from riskmodel.people.days import day_of
from riskmodel.register import households
from riskmodel.register.models import CommissionCase, CommissionSession


@dataclass(frozen=True)
class CaseView:
    """A case as people see it. `facts` is the frozen dossier, None before; answers are codes of the vocabulary."""

    case_id: int
    session_id: int
    landlord_id: str
    management_unit: str
    lease_id: str
    position: int
    origin: str
    asks: tuple[str, ...]
    views: tuple[str, ...]
    declared: Mapping[str, str]
    facts: Mapping[str, Any] | None
    as_of: date | None
    frozen_at: datetime | None
    is_withdrawn: bool


def choose(session: Session, session_id: int, lease_ids: Collection[str], origin: str, by: str, now: datetime) -> list[int]:
    """Bring households to a session, after those already there, in the order given; the numbers of the new cases. A household
    already brought stays as it is. Raises SessionRefused, all faults at once, for unknown leases, or once saisines are closed."""
    held = sessions.prepared(session, session_id)
    units = {lease_id: households.unit_of(session, held.landlord_id, lease_id) for lease_id in lease_ids}
    if faults := list(_choice_faults(held, units, origin, day_of(now))):
        raise SessionRefused("\n".join(faults))
    there = {case.lease_id for case in _standing(session, session_id)}
    made = [_case(held, lease_id, str(unit), origin, by, now) for lease_id, unit in units.items() if lease_id not in there]
    return _added(session, session_id, made)


def withdraw(session: Session, case_id: int, by: str, now: datetime) -> None:
    """Take a case off its session; it can be put back."""
    case = _open(session, case_id)
    case.withdrawn_at, case.withdrawn_by = now, by
    session.flush()


def restore(session: Session, case_id: int) -> None:
    """Put a withdrawn case back at its place; raises SessionRefused when the household was brought again since."""
    case = _open(session, case_id)
    try:
        with session.begin_nested():
            case.withdrawn_at = case.withdrawn_by = None
    except IntegrityError as raced:
        raise SessionRefused(f"Bail {case.lease_id} : déjà présent à cette séance.") from raced


def put_at(session: Session, case_id: int, position: int) -> None:
    """Put a case at a rank of its session's order (from 1; beyond the last, it comes last)."""
    case = _open(session, case_id)
    others = [one for one in _standing(session, case.session_id) if one.id != case_id]
    others.insert(max(position, 1) - 1, case)
    for rank, one in enumerate(others, start=1):
        one.position = rank
    session.flush()


def answer(
    session: Session,
    case_id: int,
    asks: Collection[str],
    views: Collection[str],
    declared: Mapping[str, str],
    by: str,
    now: datetime,
) -> None:
    """Keep what is asked, what the household says, what people declare: closed codes. A dossier frozen with other answers is
    forgotten. Raises SessionRefused, all faults at once."""
    case = _open(session, case_id)
    if faults := list(_answer_faults(asks, views, declared)):
        raise SessionRefused("\n".join(faults))
    said = ([code for code in ASKS if code in asks], [code for code in VIEWS if code in views], dict(declared))
    if said != (case.asks, case.views, case.declared):
        case.facts = case.as_of = case.frozen_at = case.frozen_by = None
    case.asks, case.views, case.declared = said
    case.answered_at, case.answered_by = now, by
    session.flush()


def freeze(session: Session, case_id: int, facts: Mapping[str, Any], as_of: date, by: str, now: datetime) -> None:
    """Keep the dossier of a case as it is on a day: what is printed and sent says this and nothing else."""
    case = _open(session, case_id)
    case.facts, case.as_of, case.frozen_at, case.frozen_by = dict(facts), as_of, now, by
    session.flush()


def of_session(session: Session, session_id: int) -> list[CaseView]:
    """The cases of a session in their order, withdrawn ones last."""
    mine = select(CommissionCase).filter_by(session_id=session_id)
    ordered = mine.order_by(CommissionCase.withdrawn_at.is_not(None), CommissionCase.position, CommissionCase.id)
    return [_view(case) for case in session.scalars(ordered)]


def of_lease(session: Session, landlord_id: str, lease_id: str) -> list[tuple[CaseView, date]]:
    """The cases of a household that were not withdrawn, with the days of their sessions, newest first."""
    mine = select(CommissionCase, CommissionSession.held_on).join(CommissionSession)
    here = mine.where(CommissionCase.landlord_id == landlord_id, CommissionCase.lease_id == lease_id)
    standing = here.where(CommissionCase.withdrawn_at.is_(None), CommissionSession.cancelled_at.is_(None))
    return [(_view(case), held_on) for case, held_on in session.execute(standing.order_by(CommissionSession.held_on.desc()))]


def find(session: Session, case_id: int) -> CaseView | None:
    """One case: a page checks by it that the viewer may see where it stands."""
    found = session.get(CommissionCase, case_id)
    return _view(found) if found else None


def _added(session: Session, session_id: int, made: list[CommissionCase]) -> list[int]:
    last = session.scalar(select(func.max(CommissionCase.position)).filter_by(session_id=session_id)) or 0
    for rank, case in enumerate(made, start=last + 1):
        case.position = rank
    try:
        with session.begin_nested():
            session.add_all(made)
    except IntegrityError as raced:
        raise SessionRefused("Quelqu'un vient d'ajouter un de ces ménages. Rechargez la séance.") from raced
    return [case.id for case in made]


def _case(held: CommissionSession, lease_id: str, unit: str, origin: str, by: str, now: datetime) -> CommissionCase:
    where = {"session_id": held.id, "landlord_id": held.landlord_id, "management_unit": unit, "lease_id": lease_id}
    return CommissionCase(**where, position=0, origin=origin, asks=[], views=[], declared={}, chosen_at=now, chosen_by=by)


def _standing(session: Session, session_id: int) -> list[CommissionCase]:
    mine = select(CommissionCase).filter_by(session_id=session_id, withdrawn_at=None)
    return list(session.scalars(mine.order_by(CommissionCase.position, CommissionCase.id)))


def _open(session: Session, case_id: int) -> CommissionCase:
    case = session.get(CommissionCase, case_id)
    if case is None:
        raise SessionRefused(f"Dossier n° {case_id} : inconnu. Rechargez la séance.")
    sessions.prepared(session, case.session_id)
    return case


def _choice_faults(held: CommissionSession, units: Mapping[str, str | None], origin: str, today: date) -> Iterator[str]:
    if origin not in ORIGINS:
        yield f"« {origin} » n'est pas une origine. Choisissez parmi : {', '.join(ORIGINS)}."
    if today > held.closes_on:
        yield (
            f"Saisines closes depuis le {held.closes_on:%d/%m/%Y} : choisissez la séance suivante, ou déplacez la clôture avec "
            "l'accord du secrétariat."
        )
    unknown = [lease_id for lease_id, unit in units.items() if unit is None]
    if unknown:
        yield f"Baux inconnus de ce bailleur : {', '.join(unknown)}. Vérifiez leurs numéros."
    if not units:
        yield "Aucun ménage choisi : cochez au moins une ligne."


def _answer_faults(asks: Collection[str], views: Collection[str], declared: Mapping[str, str]) -> Iterator[str]:
    for name, given, words in (("Demande", asks, ASKS), ("Avis du ménage", views, VIEWS)):
        for code in sorted(set(given) - set(words)):
            yield f"{name} « {code} » : choisissez parmi {', '.join(words)}."
    for code, said in declared.items():
        if code not in DECLARED:
            yield f"« {code} » n'est pas une question du dossier. Questions : {', '.join(DECLARED)}."
        elif said not in DECLARED[code].answers:
            yield f"{DECLARED[code].label} : « {said} ». Choisissez parmi {', '.join(DECLARED[code].answers)}."


def _view(case: CommissionCase) -> CaseView:
    return CaseView(
        case_id=case.id, session_id=case.session_id, landlord_id=case.landlord_id, management_unit=case.management_unit,
        lease_id=case.lease_id, position=case.position, origin=case.origin, asks=tuple(case.asks), views=tuple(case.views),
        declared=case.declared, facts=case.facts, as_of=case.as_of, frozen_at=case.frozen_at,
        is_withdrawn=case.withdrawn_at is not None,
    )  # fmt: skip
