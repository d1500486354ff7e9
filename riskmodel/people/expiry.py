"""Rows of the register that have had their time: counted, then removed in one transaction with their proof."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from riskmodel.people.retention import Due, Rule
from riskmodel.register.models import (
    ApiToken,
    Attendance,
    Base,
    Case,
    CommissionCase,
    CommissionSession,
    Correction,
    Decision,
    DrawnRow,
    GateCheck,
    Household,
    HouseholdFile,
    Invitation,
    LegalDeadline,
    LegalNight,
    LegalSituation,
    ListRow,
    Measure,
    Notice,
    Objection,
    Opinion,
    Referral,
    Review,
    SharedOut,
    Signature,
    StatutoryRow,
    StepReport,
    Transition,
    WeeklyList,
    Worker,
)
from riskmodel.register.models import Session as OpenSession

Condition = ColumnElement[bool]
Stores = Iterator[tuple[type[Base], Condition, InstrumentedAttribute[str] | None]]
"""A table, which of its rows have had their time, and the column that says whose they are, where a removal may be suspended."""


def expire(session: Session, rule: Rule, landlord_id: str, before: date, held: Collection[str], *, is_dry: bool) -> list[Due]:
    """What a rule of the register removes, table by table; rows of the leases in `held` wait. A dry run removes nothing."""
    waiting = held if rule.may_wait else ()
    return [
        _expired(session, rule, before, *store, waiting, is_dry=is_dry)
        for store in STORES[rule.code](landlord_id, before, waiting)
    ]


def _expired(
    session: Session,
    rule: Rule,
    before: date,
    table: type[Base],
    is_old: Condition,
    whose: InstrumentedAttribute[str] | None,
    held: Collection[str],
    *,
    is_dry: bool,
) -> Due:
    waits = false() if whose is None else whose.in_(_among(session, is_old, whose, held))
    goes = and_(is_old, ~waits)
    removed, suspended = (_number(session, table, condition) for condition in (goes, and_(is_old, waits)))
    if removed and not is_dry:
        session.execute(delete(table).where(goes).execution_options(synchronize_session=False))
    return Due(rule.code, table.__tablename__, before, removed, suspended)


def _among(session: Session, is_old: Condition, whose: InstrumentedAttribute[str], held: Collection[str]) -> list[str]:
    """The held leases that have old rows: a statement names no others."""
    return sorted(set(held) & set(session.scalars(select(whose).where(is_old).distinct()))) if held else []


def _number(session: Session, table: type[Base], condition: Condition) -> int:
    return session.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _lists(landlord_id: str, before: date, held: Collection[str]) -> Stores:
    """Files and rows first; a list goes when none of its rows waits."""
    old = select(WeeklyList.id).where(WeeklyList.landlord_id == landlord_id, WeeklyList.as_of < before)
    year, week, _ = before.isocalendar()
    yield HouseholdFile, HouseholdFile.list_id.in_(old), HouseholdFile.lease_id
    yield ListRow, ListRow.list_id.in_(old), ListRow.lease_id
    stays = exists().where(ListRow.list_id == WeeklyList.id, ListRow.lease_id.in_(list(held)))
    yield WeeklyList, and_(WeeklyList.landlord_id == landlord_id, WeeklyList.as_of < before, ~stays), None
    drawn = and_(DrawnRow.landlord_id == landlord_id, DrawnRow.week < f"{year}-S{week:02d}")
    yield DrawnRow, drawn, DrawnRow.lease_id


def _reviews(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield Review, and_(Review.landlord_id == landlord_id, Review.opened_at < _instant(before)), None


def _decisions(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield Decision, and_(Decision.landlord_id == landlord_id, Decision.decided_on < before), Decision.lease_id


def _cases(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield Case, and_(Case.landlord_id == landlord_id, Case.closed_on < before), None


def _referrals(landlord_id: str, before: date, held: Collection[str]) -> Stores:
    """All that hangs on a referral first, then the referral itself."""
    is_old = and_(Referral.landlord_id == landlord_id, Referral.closed_on < before)
    old = select(Referral.id).where(is_old, Referral.lease_id.not_in(list(held)))
    measures = select(Measure.id).where(Measure.referral_id.in_(old))
    for paper in (Signature, StepReport):
        yield paper, paper.measure_id.in_(measures), None
    for part in (Measure, Notice, GateCheck, Transition):
        yield part, part.referral_id.in_(old), None
    yield Referral, is_old, Referral.lease_id


def _sittings(landlord_id: str, before: date, held: Collection[str]) -> Stores:
    """What was said of a case, then the case; a session goes when none of its cases waits."""
    old = select(CommissionSession.id).where(CommissionSession.landlord_id == landlord_id, CommissionSession.held_on < before)
    is_old = CommissionCase.session_id.in_(old)
    going = select(CommissionCase.id).where(is_old, CommissionCase.lease_id.not_in(list(held)))
    yield Opinion, Opinion.case_id.in_(going), None
    yield CommissionCase, is_old, CommissionCase.lease_id
    stays = exists().where(CommissionCase.session_id == CommissionSession.id, CommissionCase.lease_id.in_(list(held)))
    gone = select(CommissionSession.id).where(CommissionSession.id.in_(old), ~stays)
    yield Attendance, Attendance.session_id.in_(gone), None
    yield CommissionSession, CommissionSession.id.in_(gone), None


def _sharings(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield SharedOut, and_(SharedOut.landlord_id == landlord_id, SharedOut.made_at < _instant(before)), None


def _notices(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    """Those that were sent: one that waits is still to be told."""
    mine = select(Referral.id).where(Referral.landlord_id == landlord_id)
    yield Notice, and_(Notice.referral_id.in_(mine), Notice.sent_at < _instant(before)), None


def _workers(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    """Those who left and whom no measure names any more."""
    is_named = exists().where(Measure.worker_id == Worker.id)
    yield Worker, and_(Worker.landlord_id == landlord_id, Worker.to_on < before, ~is_named), None


def _requests(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    """What has ended long ago, and what concerns a lease of which the register knows nothing any more."""
    for table, ended in ((Objection, Objection.lifted_on), (Correction, Correction.settled_on)):
        is_gone = ~exists().where(Household.landlord_id == landlord_id, Household.lease_id == table.lease_id)
        forgotten = and_(is_gone, table.recorded_at < _instant(before))
        yield table, and_(table.landlord_id == landlord_id, or_(ended < before, forgotten)), None


def _households(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield Household, and_(Household.landlord_id == landlord_id, Household.as_of < before), Household.lease_id


def _law(landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    """A night's rows first, then the night."""
    old = LegalNight.landlord_id == landlord_id, LegalNight.as_of < before
    for table in (LegalSituation, LegalDeadline, StatutoryRow):
        yield table, table.night_id.in_(select(LegalNight.id).where(*old)), None
    yield LegalNight, and_(*old), None


def _sessions(_landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield OpenSession, OpenSession.expires_at < _instant(before), None


def _invitations(_landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield Invitation, Invitation.expires_at < _instant(before), None


def _tokens(_landlord_id: str, before: date, _held: Collection[str]) -> Stores:
    yield ApiToken, or_(ApiToken.expires_at < _instant(before), ApiToken.revoked_at < _instant(before)), None


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


STORES: dict[str, Callable[[str, date, Collection[str]], Stores]] = {
    "menages_listes": _lists,
    "revues": _reviews,
    "decisions": _decisions,
    "suites": _cases,
    "orientations": _referrals,
    "seances": _sittings,
    "repartitions": _sharings,
    "avis": _notices,
    "intervenants": _workers,
    "baux_quittes": _households,
    "demandes": _requests,
    "echeances": _law,
    "sessions": _sessions,
    "invitations": _invitations,
    "jetons": _tokens,
}
"""By rule; a rule of the register that is not here would remove nothing, and a test says so."""
