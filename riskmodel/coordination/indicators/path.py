"""How far each household that lists flagged has come since: read, decided, referred, helped, and how the help ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riskmodel.casework.choices import CHOICES
from riskmodel.casework.decisions import WORKED
from riskmodel.coordination.following import Followed, followed
from riskmodel.coordination.indicators.words import FAVOURABLE, STAGES
from riskmodel.people.days import start_of
from riskmodel.referrals.moves import Schemes
from riskmodel.register.models import Decision, ListRow, Reading, Referral, Review, WeeklyList

_RANK = {stage: rank for rank, stage in enumerate(STAGES)}
_Row = tuple[str, str, str]
"""A week, a unit and a lease."""


@dataclass(frozen=True)
class Reached:
    """One household, by the unit of the newest list that flagged it, and the furthest stage it came to."""

    management_unit: str
    stage: str

    def has(self, stage: str) -> bool:
        """Whether it came as far as this stage."""
        return _RANK[self.stage] >= _RANK[stage]


@dataclass(frozen=True)
class _Flagged:
    unit: str
    first_on: date
    rows: frozenset[_Row]


def reached(session: Session, landlord_id: str, schemes: Schemes, first: date, last: date, known_on: date) -> list[Reached]:
    """Households on lists of these days, both included, each once, with what was known at the end of `known_on`.

    Raises SchemeRefused for referrals whose scheme is not described any more.
    """
    flagged = _flagged(session, landlord_id, first, last)
    end = start_of(known_on + timedelta(days=1))
    read, decided = _read(session, landlord_id, end), _decided(session, landlord_id, known_on)
    referred = _referred(session, landlord_id, schemes, known_on)
    found = []
    for lease_id, one in sorted(flagged.items()):
        stages = ["flagged", *_worked(one, read, decided), *_followed(one, referred.get(lease_id, []))]
        found.append(Reached(one.unit, max(stages, key=_RANK.__getitem__)))
    return found


def _flagged(session: Session, landlord_id: str, first: date, last: date) -> dict[str, _Flagged]:
    shown = (
        select(ListRow.lease_id, WeeklyList.management_unit, WeeklyList.week, WeeklyList.as_of)
        .join(WeeklyList, WeeklyList.id == ListRow.list_id)
        .where(WeeklyList.landlord_id == landlord_id, ListRow.tab.in_(WORKED), WeeklyList.as_of.between(first, last))
        .distinct()
    )
    found: dict[str, _Flagged] = {}
    for lease_id, unit, week, as_of in session.execute(shown.order_by(WeeklyList.as_of, ListRow.lease_id)):
        before = found.get(lease_id)
        rows = (before.rows if before else frozenset()) | {(week, unit, lease_id)}
        found[lease_id] = _Flagged(unit, before.first_on if before else as_of, rows)
    return found


def _read(session: Session, landlord_id: str, end: datetime) -> set[_Row]:
    rows = (
        select(Review.week, Review.management_unit, Reading.lease_id)
        .join(Reading, Reading.review_id == Review.id)
        .where(Review.landlord_id == landlord_id, Reading.opened_at < end)
    )
    return {(week, unit, lease_id) for week, unit, lease_id in session.execute(rows)}


def _decided(session: Session, landlord_id: str, known_on: date) -> dict[_Row, str]:
    end = start_of(known_on + timedelta(days=1))
    known = select(Decision).where(
        Decision.landlord_id == landlord_id,
        or_(Decision.decided_at < end, Decision.decided_at.is_(None) & (Decision.decided_on <= known_on)),
        or_(Decision.undone_at.is_(None), Decision.undone_at >= end),
    )
    rows = session.scalars(known.order_by(Decision.id))
    return {(row.week, row.management_unit, row.lease_id): row.code for row in rows}


def _referred(session: Session, landlord_id: str, schemes: Schemes, known_on: date) -> dict[str, list[Followed]]:
    leases = dict(session.execute(select(Referral.id, Referral.lease_id).filter_by(landlord_id=landlord_id)).all())
    found: dict[str, list[Followed]] = {}
    for one in followed(session, landlord_id, schemes, known_on, known_on):
        found.setdefault(leases[one.referral_id], []).append(one)
    return found


def _worked(one: _Flagged, read: set[_Row], decided: dict[_Row, str]) -> Iterator[str]:
    if one.rows & read:
        yield "read"
    for row in one.rows & decided.keys():
        yield "helped" if CHOICES[decided[row]].opens else "decided"


def _followed(one: _Flagged, referrals: list[Followed]) -> Iterator[str]:
    """Referrals from before the household was first flagged owe nothing to the lists."""
    for referral in referrals:
        if referral.proposed_on >= one.first_on:
            yield _stage(referral)


def _stage(one: Followed) -> str:
    ended = one.told.last("end")
    if ended is not None and one.told.state in ("aftercare", "closed") and ended.details["end"] in FAVOURABLE:
        return "ended_well"
    if one.told.since("accepted") is None:
        return "referred"
    has_begun = not one.scheme.uses_place or (one.measure is not None and one.measure.starts_on is not None)
    return "begun" if has_begun else "accepted"
