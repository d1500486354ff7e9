"""What a decision opens and somebody still has to do: one open case a lease and kind, due by a day, closed with an end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from riskmodel.access.policy import Place
from riskmodel.casework.choices import ENDS, KINDS, TAKEN_BACK, Choice
from riskmodel.errors import DecisionRefused
from riskmodel.register.models import Case, Decision


@dataclass(frozen=True)
class CaseView:
    """A case as people see it. `week` is that of the list whose decision opened it; `is_late` on the day it was asked for."""

    case_id: int
    landlord_id: str
    management_unit: str
    lease_id: str
    kind: str
    label: str
    week: str | None
    opened_on: date
    opened_by: str
    due_on: date
    is_late: bool
    assigned_to: str | None
    closed_on: date | None
    closed_by: str | None
    end: str | None


def open_for(session: Session, decision: Decision, choice: Choice) -> None:
    """Open the case that a decision asks for, unless the household has one of this kind under way."""
    if choice.opens is None or choice.due_days is None:
        return
    mine = {"landlord_id": decision.landlord_id, "lease_id": decision.lease_id, "kind": choice.opens}
    if session.scalar(select(Case).filter_by(**mine, closed_on=None)) is None:
        due_on = decision.decided_on + timedelta(days=choice.due_days)
        opened = {"opened_on": decision.decided_on, "opened_by": decision.decided_by, "due_on": due_on}
        session.add(Case(**mine, **opened, management_unit=decision.management_unit, decision_id=decision.id))
        session.flush()


def withdraw(session: Session, decision: Decision, by: str, today: date) -> None:
    """Close the case of a decision that was taken back, if it is open and nobody took it on."""
    mine = select(Case).filter_by(decision_id=decision.id, closed_on=None, assigned_to=None)
    for case in session.scalars(mine):
        case.closed_on, case.closed_by, case.end = today, by, TAKEN_BACK
    session.flush()


def open_cases(session: Session, places: Iterable[Place], today: date) -> list[CaseView]:
    """Open cases of these places, the nearest day first; none for no place."""
    within = [_within(place) for place in places]
    if not within:
        return []
    mine = _views().where(Case.closed_on.is_(None), or_(*within))
    ordered = mine.order_by(Case.due_on, Case.management_unit, Case.lease_id, Case.kind)
    return [_view(case, week, today) for case, week in session.execute(ordered)]


def of_lease(session: Session, landlord_id: str, lease_id: str, today: date) -> list[CaseView]:
    """Every case of a household, open ones first, then the newest."""
    mine = _views().where(Case.landlord_id == landlord_id, Case.lease_id == lease_id)
    ordered = mine.order_by(Case.closed_on.is_not(None), Case.opened_on.desc(), Case.id.desc())
    return [_view(case, week, today) for case, week in session.execute(ordered)]


def find(session: Session, case_id: int, today: date) -> CaseView | None:
    """One case: a page checks by it that the viewer may see where it stands."""
    found = session.execute(_views().where(Case.id == case_id)).one_or_none()
    return _view(*found, today) if found else None


def assign(session: Session, case_id: int, account: str | None) -> None:
    """Say who takes an open case on; None gives it back to the team. Raises DecisionRefused when it is closed."""
    _open(session, case_id).assigned_to = account
    session.flush()


def close(session: Session, case_id: int, end: str, by: str, today: date) -> None:
    """Close an open case; raises DecisionRefused for an end outside the closed list, or a case that is not open."""
    if end not in ENDS:
        known = ", ".join(f"{code} ({label})" for code, label in ENDS.items())
        raise DecisionRefused(f"« {end} » n'est pas une fin de dossier. Choisissez parmi : {known}.")
    case = _open(session, case_id)
    case.closed_on, case.closed_by, case.end = today, by, end
    session.flush()


def _open(session: Session, case_id: int) -> Case:
    case = session.get(Case, case_id)
    if case is None:
        raise DecisionRefused(f"Dossier {case_id} : inconnu. Rechargez la page des dossiers.")
    if case.closed_on is not None:
        raise DecisionRefused(
            f"Dossier {case_id} : déjà clos le {case.closed_on:%d/%m/%Y} par {case.closed_by}. Rechargez la page des dossiers."
        )
    return case


def _views() -> Select[Case, str]:
    return select(Case, Decision.week).outerjoin(Decision, Decision.id == Case.decision_id)


def _within(place: Place) -> ColumnElement[bool]:
    """A whole landlord, or one of its units; a place without a landlord covers nothing."""
    whole = Case.landlord_id == place.landlord_id
    return whole if place.management_unit is None else and_(whole, Case.management_unit == place.management_unit)


def _view(case: Case, week: str | None, today: date) -> CaseView:
    return CaseView(
        case_id=case.id, landlord_id=case.landlord_id, management_unit=case.management_unit, lease_id=case.lease_id,
        kind=case.kind, label=KINDS[case.kind], week=week, opened_on=case.opened_on, opened_by=case.opened_by,
        due_on=case.due_on, is_late=case.closed_on is None and case.due_on < today, assigned_to=case.assigned_to,
        closed_on=case.closed_on, closed_by=case.closed_by, end=case.end,
    )  # fmt: skip
