"""Sessions: opened with their days, moved, cancelled or declared over, each act undoable; and how they read."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riskmodel.ccapex.vocabulary import ATTENDANCE, KINDS, SEATS
from riskmodel.errors import SessionRefused
from riskmodel.people.days import day_of
from riskmodel.register.models import Attendance, CommissionCase, CommissionSession


@dataclass(frozen=True)
class SessionView:
    """A session as people see it: how many cases are brought to it, how many of them have a frozen dossier."""

    session_id: int
    landlord_id: str
    kind: str
    label: str
    held_on: date
    closes_on: date
    cases: int
    frozen: int
    is_over: bool
    is_cancelled: bool
    is_receiving: bool


def open_(session: Session, landlord_id: str, kind: str, held_on: date, closes_on: date, by: str, now: datetime) -> int:
    """A new session, its number. Raises SessionRefused, all faults at once, for a kind outside the list, days that are past or in
    the wrong order, or a session of this kind already set for that day."""
    faults = [*_kind_faults(kind), *_day_faults(held_on, closes_on, day_of(now))]
    if faults:
        raise SessionRefused("\n".join(faults))
    made = CommissionSession(
        landlord_id=landlord_id, kind=kind, held_on=held_on, closes_on=closes_on, created_at=now, created_by=by
    )
    with _kept(session):
        session.add(made)
    return made.id


def move_dates(session: Session, session_id: int, held_on: date, closes_on: date, now: datetime) -> None:
    """Change the days of a session that is not over; raises SessionRefused as `open_` does."""
    found = prepared(session, session_id)
    if faults := list(_day_faults(held_on, closes_on, day_of(now))):
        raise SessionRefused("\n".join(faults))
    with _kept(session):
        found.held_on, found.closes_on = held_on, closes_on


def cancel(session: Session, session_id: int, by: str, now: datetime) -> None:
    """Call a session off; its cases stay readable. Raises SessionRefused when it is over."""
    found = prepared(session, session_id)
    found.cancelled_at, found.cancelled_by = now, by
    session.flush()


def restore(session: Session, session_id: int) -> None:
    """Take a cancellation back; raises SessionRefused when another session took its day."""
    found = known(session, session_id)
    with _kept(session):
        found.cancelled_at = found.cancelled_by = None


def close(session: Session, session_id: int, by: str, now: datetime) -> None:
    """Say that a session was held and its opinions noted. Raises SessionRefused before its day."""
    found = prepared(session, session_id)
    if day_of(now) < found.held_on:
        raise SessionRefused(f"La séance se tient le {found.held_on:%d/%m/%Y} : elle ne se clôt qu'à partir de ce jour.")
    found.closed_at, found.closed_by = now, by
    session.flush()


def reopen(session: Session, session_id: int) -> None:
    """Take the closing of a session back."""
    found = known(session, session_id)
    found.closed_at = found.closed_by = None
    session.flush()


def attend(session: Session, session_id: int, seat: str, state: str, by: str, now: datetime) -> None:
    """Note whether a seat was held; noting it again corrects it. Raises SessionRefused for words outside the lists."""
    known(session, session_id)
    if seat not in SEATS or state not in ATTENDANCE:
        raise SessionRefused(
            f"Présence « {seat} : {state} » : choisissez un siège parmi {', '.join(SEATS)} "
            f"et un état parmi {', '.join(ATTENDANCE)}."
        )
    row = session.scalar(select(Attendance).filter_by(session_id=session_id, seat=seat)) or Attendance(
        session_id=session_id, seat=seat
    )
    row.state, row.recorded_at, row.recorded_by = state, now, by
    session.add(row)
    session.flush()


def attendance(session: Session, session_id: int) -> dict[str, str]:
    """The state of each seat that was noted."""
    rows = session.scalars(select(Attendance).filter_by(session_id=session_id))
    return {row.seat: row.state for row in rows}


def of_landlords(session: Session, landlord_ids: Collection[str], today: date) -> list[SessionView]:
    """Sessions of these landlords: those to come first, the nearest ahead, then the newest of the past."""
    rows = session.execute(_views().where(CommissionSession.landlord_id.in_(tuple(landlord_ids))))
    found = [_view(row, cases, frozen, today) for row, cases, frozen in rows]
    return sorted(found, key=lambda one: (one.held_on < today, abs((one.held_on - today).days), one.session_id))


def find(session: Session, session_id: int, today: date) -> SessionView | None:
    """One session; a page checks by it that the viewer may see where it stands."""
    found = session.execute(_views().where(CommissionSession.id == session_id)).one_or_none()
    return _view(*found, today) if found else None


def known(session: Session, session_id: int) -> CommissionSession:
    """A session, locked; raises SessionRefused when there is none."""
    found = session.get(CommissionSession, session_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise SessionRefused(f"Séance n° {session_id} : inconnue. Rechargez la page des séances.")
    return found


def prepared(session: Session, session_id: int) -> CommissionSession:
    """A session that is neither over nor cancelled; raises SessionRefused otherwise."""
    found = known(session, session_id)
    if found.cancelled_at is not None:
        raise SessionRefused(f"La séance du {found.held_on:%d/%m/%Y} est annulée : rétablissez-la d'abord.")
    if found.closed_at is not None:
        raise SessionRefused(f"La séance du {found.held_on:%d/%m/%Y} est close : rouvrez-la d'abord.")
    return found


def _kind_faults(kind: str) -> Iterator[str]:
    if kind not in KINDS:
        yield f"« {kind} » n'est pas un niveau de commission. Choisissez parmi : {', '.join(KINDS)}."


def _day_faults(held_on: date, closes_on: date, today: date) -> Iterator[str]:
    if held_on < today:
        yield f"Jour de la séance : {held_on:%d/%m/%Y} est passé. Donnez un jour à venir."
    if closes_on > held_on:
        yield f"Clôture des saisines : {closes_on:%d/%m/%Y} est après la séance. Donnez un jour jusqu'au {held_on:%d/%m/%Y}."


@contextmanager
def _kept(session: Session) -> Iterator[None]:
    """A change that another session's day may refuse."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as raced:
        raise SessionRefused("Une séance du même niveau est déjà prévue ce jour-là : ouvrez-la plutôt.") from raced


def _views() -> Select[CommissionSession, int, int]:
    mine = CommissionCase.session_id == CommissionSession.id, CommissionCase.withdrawn_at.is_(None)
    cases = select(func.count()).where(*mine).correlate(CommissionSession).scalar_subquery()
    frozen = select(func.count()).where(*mine, CommissionCase.frozen_at.is_not(None)).correlate(CommissionSession)
    return select(CommissionSession, cases, frozen.scalar_subquery())


def _view(row: CommissionSession, cases: int, frozen: int, today: date) -> SessionView:
    is_over, is_cancelled = row.closed_at is not None, row.cancelled_at is not None
    return SessionView(
        session_id=row.id, landlord_id=row.landlord_id, kind=row.kind, label=KINDS[row.kind], held_on=row.held_on,
        closes_on=row.closes_on, cases=cases, frozen=frozen, is_over=is_over, is_cancelled=is_cancelled,
        is_receiving=not (is_over or is_cancelled) and today <= row.closes_on,
    )  # fmt: skip
