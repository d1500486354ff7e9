"""What people decide about rows of frozen lists: recorded once, taken back when it was a mistake, never rewritten, never lost."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from riskmodel.casework import cases
from riskmodel.casework.choices import CHOICES, MUTED_FOR, Choice
from riskmodel.casework.key import ListKey, midnight, monday_of, paris_day, week_of, weeks_before
from riskmodel.errors import DecisionRefused
from riskmodel.register import decisions as register
from riskmodel.register.models import Decision, ListRow, Review, WeeklyList
from riskmodel.weekly.answers import LONGEST_WAIT, WAITING

MUTABLE = ("derive", "decrochage")
"""Tabs that a dismissal or a pause silences. « Urgences » never: there a right is about to be lost."""
WORKED = ("urgence", *MUTABLE)
"""Tabs whose rows wait for an answer."""
SILENT_WEEKS = 2


@dataclass(frozen=True)
class Decided:
    """One decision, standing or taken back. `decided_at` is None for those recorded before instants were kept."""

    lease_id: str
    week: str
    management_unit: str
    code: str
    label: str
    reason: str | None
    reason_label: str | None
    paused_until: date | None
    decided_on: date
    decided_at: datetime | None
    decided_by: str
    undone_at: datetime | None
    undone_by: str | None


def decide(
    session: Session,
    key: ListKey,
    lease_id: str,
    code: str,
    *,
    reason: str | None,
    paused_until: date | None,
    by: str,
    now: datetime,
) -> Decided:
    """Record a decision about a row that has none, and open the case it asks for; the same one again changes nothing.

    Raises DecisionRefused, all faults at once, for a code, a reason or a day outside the closed list, and for a row that no such
    list shows, that is approved, or about which something else was decided.
    """
    choice = _choice(code)
    _complete(choice, reason, paused_until, paris_day(now))
    _open(session, key, lease_id)
    known = _standing(session, key, lease_id)
    if known is not None:
        return _again(key, known, (code, reason, paused_until))
    row = (key.landlord_id, key.week, key.management_unit, lease_id)
    number = register.keep(session, *row, code, paris_day(now), by, reason=reason, paused_until=paused_until, decided_at=now)
    if number is None:
        raise DecisionRefused(
            f"{key}, bail {lease_id} : quelqu'un vient de décider sur cette ligne. Rechargez la page et voyez ce qui est décidé."
        )
    decision = session.get_one(Decision, number)
    cases.open_for(session, decision, choice)
    return _decided(decision)


def undo(session: Session, key: ListKey, lease_id: str, by: str, now: datetime) -> bool:
    """Take the standing decision back, and close its case if nobody touched it; False when there was none. It stays in the
    history. Raises DecisionRefused on an approved list."""
    row = (key.landlord_id, key.week, key.management_unit, lease_id)
    if register.find(session, *row) is None:
        return False
    _open(session, key, lease_id)
    number = register.take_back(session, *row, by, now)
    if number is None:
        return False
    cases.withdraw(session, session.get_one(Decision, number), by, paris_day(now))
    return True


def standing(session: Session, key: ListKey) -> dict[str, Decided]:
    """Decisions in force on a list, by lease."""
    mine = select(*Decision.__table__.columns).where(*_of(key), Decision.undone_at.is_(None))
    return {row.lease_id: _decided(row) for row in session.execute(mine.order_by(Decision.lease_id))}


def decided_leases(session: Session, key: ListKey) -> set[str]:
    """Leases of a list about which a decision stands."""
    return set(session.scalars(select(Decision.lease_id).where(*_of(key), Decision.undone_at.is_(None))))


def history(session: Session, landlord_id: str, lease_id: str) -> list[Decided]:
    """Every decision about a lease, those taken back included, newest first."""
    mine = select(Decision).where(Decision.landlord_id == landlord_id, Decision.lease_id == lease_id)
    return [_decided(row) for row in session.scalars(mine.order_by(Decision.decided_on.desc(), Decision.id.desc()))]


def muted(session: Session, landlord_id: str, on: date) -> dict[tuple[str, str], date]:
    """Flags that the lists of the Monday `on` leave out: (lease, tab), and the day each may come back.

    « Rien à faire » silences the flag it was about for eight weeks, a pause until its day. Only decisions of earlier days about
    earlier lists count, as they stood before `on`: a week built again later is silent about the same flags.
    """
    dismissed = and_(Decision.code == "no_action", Decision.decided_on > on - MUTED_FOR)
    waiting = and_(Decision.code == WAITING, Decision.paused_until > on)
    found = (
        select(Decision.lease_id, ListRow.tab, Decision.decided_on, Decision.paused_until)
        .join(WeeklyList, _same_list())
        .join(ListRow, and_(ListRow.list_id == WeeklyList.id, ListRow.lease_id == Decision.lease_id))
        .where(Decision.landlord_id == landlord_id, Decision.week < week_of(on), *_known_before(on))
        .where(or_(dismissed, waiting), ListRow.tab.in_(MUTABLE))
    )
    ends: dict[tuple[str, str], date] = {}
    for lease_id, tab, decided_on, paused_until in session.execute(found):
        end = paused_until or decided_on + MUTED_FOR
        ends[lease_id, tab] = max(end, ends.get((lease_id, tab), end))
    return dict(sorted(ends.items()))


def silent(session: Session, landlord_id: str, week: str) -> dict[str, set[str]]:
    """Leases that the lists of the two weeks before `week` both showed on a worked tab and about which nobody had decided before
    its Monday, by management unit."""
    before = weeks_before(week, SILENT_WEEKS)
    decided = select(Decision.id).where(
        Decision.landlord_id == landlord_id,
        Decision.week.in_(before),
        Decision.management_unit == WeeklyList.management_unit,
        Decision.lease_id == ListRow.lease_id,
        *_known_before(monday_of(week)),
    )
    shown = (
        select(WeeklyList.management_unit, ListRow.lease_id)
        .join(ListRow, ListRow.list_id == WeeklyList.id)
        .where(WeeklyList.landlord_id == landlord_id, WeeklyList.week.in_(before), ListRow.tab.in_(WORKED))
        .where(~decided.exists())
        .group_by(WeeklyList.management_unit, ListRow.lease_id)
        .having(func.count(WeeklyList.week.distinct()) == SILENT_WEEKS)
    )
    found: dict[str, set[str]] = {}
    for unit, lease_id in session.execute(shown):
        found.setdefault(unit, set()).add(lease_id)
    return found


def _choice(code: str) -> Choice:
    if code not in CHOICES:
        known = "\n".join(f"  {choice.code} : {choice.label}" for choice in CHOICES.values())
        raise DecisionRefused(f"« {code} » n'est pas un code de décision. Codes admis :\n{known}")
    return CHOICES[code]


def _complete(choice: Choice, reason: str | None, paused_until: date | None, today: date) -> None:
    faults = [*_reason_faults(choice, reason), *_date_faults(choice, paused_until, today)]
    if faults:
        raise DecisionRefused(f"« {choice.label} » : " + "\n".join(faults))


def _reason_faults(choice: Choice, reason: str | None) -> list[str]:
    if (reason in choice.reasons) if choice.reasons else reason is None:
        return []
    if not choice.reasons:
        return [f"aucun motif n'est attendu, « {reason} » a été donné. Retirez-le."]
    known = ", ".join(f"{code} ({label})" for code, label in choice.reasons.items())
    seen = f"« {reason} » n'est pas un motif admis" if reason else "un motif est attendu"
    return [f"{seen}. Choisissez parmi : {known}."]


def _date_faults(choice: Choice, paused_until: date | None, today: date) -> list[str]:
    if not choice.asks_date:
        return [] if paused_until is None else [f"aucune date n'est attendue, {paused_until:%d/%m/%Y} a été donnée. Retirez-la."]
    if paused_until is not None and today < paused_until <= today + LONGEST_WAIT:
        return []
    seen = "une date est attendue" if paused_until is None else f"la date {paused_until:%d/%m/%Y} ne convient pas"
    return [f"{seen}. Donnez un jour après le {today:%d/%m/%Y} et au plus tard le {today + LONGEST_WAIT:%d/%m/%Y}."]


def _open(session: Session, key: ListKey, lease_id: str) -> None:
    if not register.is_listed(session, key.landlord_id, key.week, key.management_unit, lease_id):
        raise DecisionRefused(
            f"{key} : le bail {lease_id} ne figure sur aucune liste figée de cette unité et de cette semaine. "
            "Vérifiez-les avec « riskmodel weekly show »."
        )
    mine = select(Review).filter_by(landlord_id=key.landlord_id, week=key.week, management_unit=key.management_unit)
    review = session.scalar(mine)
    if review is not None and review.approved_at is not None:
        raise DecisionRefused(
            f"{key} : la liste a été approuvée le {paris_day(review.approved_at):%d/%m/%Y}, ses décisions ne changent plus. "
            "Rouvrez-la pour en changer une."
        )


def _again(key: ListKey, known: Decision, wanted: tuple[str, str | None, date | None]) -> Decided:
    if (known.code, known.reason, known.paused_until) != wanted:
        raise DecisionRefused(
            f"{key}, bail {known.lease_id} : déjà décidé le {known.decided_on:%d/%m/%Y} par {known.decided_by} "
            f"({CHOICES[known.code].label}). Pour en changer, annulez d'abord cette décision."
        )
    return _decided(known)


def _standing(session: Session, key: ListKey, lease_id: str) -> Decision | None:
    return session.scalar(select(Decision).where(*_of(key), Decision.lease_id == lease_id, Decision.undone_at.is_(None)))


def _of(key: ListKey) -> tuple[ColumnElement[bool], ...]:
    return (
        Decision.landlord_id == key.landlord_id,
        Decision.week == key.week,
        Decision.management_unit == key.management_unit,
    )


def _same_list() -> ColumnElement[bool]:
    return and_(
        WeeklyList.landlord_id == Decision.landlord_id,
        WeeklyList.week == Decision.week,
        WeeklyList.management_unit == Decision.management_unit,
    )


def _known_before(on: date) -> tuple[ColumnElement[bool], ...]:
    return Decision.decided_on < on, or_(Decision.undone_at.is_(None), Decision.undone_at >= midnight(on))


def _decided(row: Decision | Row[Any]) -> Decided:
    choice = CHOICES[row.code]
    return Decided(
        lease_id=row.lease_id, week=row.week, management_unit=row.management_unit, code=row.code, label=choice.label,
        reason=row.reason, reason_label=choice.reasons.get(row.reason) if row.reason else None, paused_until=row.paused_until,
        decided_on=row.decided_on, decided_at=row.decided_at, decided_by=row.decided_by,
        undone_at=row.undone_at, undone_by=row.undone_by,
    )  # fmt: skip
