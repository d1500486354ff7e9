"""What reviews took and gave, unit by unit and week by week: rows read, seconds a row, how often flags were judged wrong."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from riskmodel.casework.choices import DISMISSALS
from riskmodel.casework.decisions import MUTABLE, WORKED
from riskmodel.register.models import Decision, DrawnRow, ListRow, Reading, Review, WeeklyList
from riskmodel.weekly.frozen import SILENT_FACT

Place = tuple[str, str]
"""A week and a management unit."""


@dataclass(frozen=True)
class Figure:
    """One unit's review of one week. Rows are leases of the tabs that need reading, read once
    opened or decided on; `silent` counts those that escalate and about
    which nobody has decided yet; `median_seconds` is that of the rows read; `override_rate` the share of decided flags judged
    « rien à faire » or « données fausses », None before the approval or when no flag was decided."""

    week: str
    management_unit: str
    rows: int
    read: int
    decided: int
    silent: int
    median_seconds: int | None
    override_rate: float | None
    opened_at: datetime | None
    approved_at: datetime | None


@dataclass(frozen=True)
class Escalated:
    """A row shown for `weeks` weeks running, this one included, about which nobody has decided: the head sees it first."""

    management_unit: str
    lease_id: str
    tab: str
    position: int
    weeks: int


def escalated(session: Session, landlord_id: str, week: str) -> list[Escalated]:
    """Rows of a week's lists that escalate: the two weeks before showed them without a decision, and there is none since. The
    longest silence first."""
    silence = ListRow.facts[("facts", SILENT_FACT)].as_integer()
    decided = select(Decision.id).where(
        Decision.landlord_id == landlord_id,
        Decision.week == week,
        Decision.management_unit == WeeklyList.management_unit,
        Decision.lease_id == ListRow.lease_id,
        Decision.undone_at.is_(None),
    )
    shown = (
        select(WeeklyList.management_unit, ListRow.lease_id, ListRow.tab, ListRow.position, silence)
        .join(ListRow, ListRow.list_id == WeeklyList.id)
        .where(WeeklyList.landlord_id == landlord_id, WeeklyList.week == week, ListRow.tab.in_(WORKED))
        .where(silence.is_not(None), ~decided.exists())
        .order_by(silence.desc(), WeeklyList.management_unit, ListRow.id)
    )
    return [Escalated(*found) for found in session.execute(shown)]


def figures(session: Session, landlord_id: str, weeks: Sequence[str]) -> list[Figure]:
    """What the reviews of these weeks took and gave, newest week first, then by unit; a unit without a list has no line."""
    found = select(Review).where(Review.landlord_id == landlord_id, Review.week.in_(weeks))
    reviews = {(review.week, review.management_unit): review for review in session.scalars(found)}
    spent, judged = _seconds(session, landlord_id, weeks), overrides(session, landlord_id, weeks)
    decided = _decided(session, landlord_id, weeks)
    silent = Counter((week, row.management_unit) for week in weeks for row in escalated(session, landlord_id, week))
    return [
        _figure(place, rows, decided[place], silent[place], spent[place], judged[place], reviews.get(place))
        for place, rows in _rows(session, landlord_id, weeks)
    ]


def overrides(session: Session, landlord_id: str, weeks: Sequence[str], unit: str | None = None) -> dict[Place, list[bool]]:
    """For each decided flag, whether it was judged wrong. Rows drawn by chance are no flags, and are left out."""
    drawn = select(DrawnRow.id).where(
        DrawnRow.landlord_id == landlord_id,
        DrawnRow.week == Decision.week,
        DrawnRow.management_unit == Decision.management_unit,
        DrawnRow.lease_id == Decision.lease_id,
    )
    mine = select(Decision.week, Decision.management_unit, Decision.code).where(
        Decision.landlord_id == landlord_id, Decision.week.in_(weeks), Decision.undone_at.is_(None), ~drawn.exists()
    )
    mine = mine.where(_on_tabs(Decision, Decision.lease_id, MUTABLE).exists())
    judged: dict[Place, list[bool]] = defaultdict(list)
    for week, unit_name, code in session.execute(mine if unit is None else mine.where(Decision.management_unit == unit)):
        judged[week, unit_name].append(code in DISMISSALS)
    return judged


def rate(judged: Sequence[bool]) -> float | None:
    """The share of flags judged wrong; None of none."""
    return sum(judged) / len(judged) if judged else None


def middle(seconds: Sequence[int]) -> int | None:
    """The median of the rows on which time was spent; None of none."""
    spent = [number for number in seconds if number]
    return round(median(spent)) if spent else None


def _figure(
    place: Place, rows: int, decided: set[str], silent: int, spent: dict[str, int], judged: list[bool], review: Review | None
) -> Figure:
    week, unit = place
    approved_at = review.approved_at if review else None
    return Figure(
        week=week,
        management_unit=unit,
        rows=rows,
        read=len(decided | spent.keys()),
        decided=len(decided),
        silent=silent,
        median_seconds=middle(list(spent.values())),
        override_rate=rate(judged) if approved_at else None,
        opened_at=review.opened_at if review else None,
        approved_at=approved_at,
    )


def _rows(session: Session, landlord_id: str, weeks: Sequence[str]) -> list[tuple[Place, int]]:
    """Rows to read of each list, an empty list included."""
    number = func.count(ListRow.lease_id.distinct())
    worked = and_(ListRow.list_id == WeeklyList.id, ListRow.tab.in_(WORKED))
    shown = (
        select(WeeklyList.week, WeeklyList.management_unit, number)
        .outerjoin(ListRow, worked)
        .where(WeeklyList.landlord_id == landlord_id, WeeklyList.week.in_(weeks))
        .group_by(WeeklyList.week, WeeklyList.management_unit)
        .order_by(WeeklyList.week.desc(), WeeklyList.management_unit)
    )
    return [((week, unit), rows) for week, unit, rows in session.execute(shown)]


def _decided(session: Session, landlord_id: str, weeks: Sequence[str]) -> dict[Place, set[str]]:
    """Rows that somebody decided on."""
    mine = (
        select(Decision.week, Decision.management_unit, Decision.lease_id)
        .where(Decision.landlord_id == landlord_id, Decision.week.in_(weeks), Decision.undone_at.is_(None))
        .where(_on_tabs(Decision, Decision.lease_id, WORKED).exists())
    )
    decided: dict[Place, set[str]] = defaultdict(set)
    for week, unit, lease_id in session.execute(mine):
        decided[week, unit].add(lease_id)
    return decided


def _seconds(session: Session, landlord_id: str, weeks: Sequence[str]) -> dict[Place, dict[str, int]]:
    """Seconds spent on each row that somebody opened, all readers together."""
    read = (
        select(Review.week, Review.management_unit, Reading.lease_id, func.sum(Reading.seconds))
        .join(Reading, Reading.review_id == Review.id)
        .where(Review.landlord_id == landlord_id, Review.week.in_(weeks))
        .where(_on_tabs(Review, Reading.lease_id, WORKED).exists())
        .group_by(Review.week, Review.management_unit, Reading.lease_id)
    )
    spent: dict[Place, dict[str, int]] = defaultdict(dict)
    for week, unit, lease_id, seconds in session.execute(read):
        spent[week, unit][lease_id] = seconds
    return spent


def _on_tabs(about: type[Decision] | type[Review], lease_id: InstrumentedAttribute[str], tabs: Sequence[str]) -> Select[int]:
    """Rows by which the list that `about` is about shows a lease on one of these tabs."""
    same = (
        WeeklyList.landlord_id == about.landlord_id,
        WeeklyList.week == about.week,
        WeeklyList.management_unit == about.management_unit,
    )
    listed = select(ListRow.id).join(WeeklyList, ListRow.list_id == WeeklyList.id)
    return listed.where(*same, ListRow.lease_id == lease_id, ListRow.tab.in_(tabs))
