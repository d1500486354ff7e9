"""Which list, and which day: what every act of a review is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class ListKey:
    """The frozen list of one management unit for one ISO week, « 2026-S45 »."""

    landlord_id: str
    week: str
    management_unit: str

    def __str__(self) -> str:
        return f"{self.landlord_id}, {self.management_unit}, {self.week}"


def paris_day(now: datetime) -> date:
    """The day in France at an instant."""
    return now.astimezone(PARIS).date()


def midnight(on: date) -> datetime:
    """The instant at which a day begins in France."""
    return datetime.combine(on, time.min, PARIS)


def week_of(on: date) -> str:
    """The ISO week of a day, « 2026-S45 »."""
    year, week, _ = on.isocalendar()
    return f"{year}-S{week:02d}"


def monday_of(week: str) -> date:
    """The Monday of « 2026-S45 »; raises ValueError for anything else."""
    year, _, number = week.partition("-S")
    return date.fromisocalendar(int(year), int(number), 1)


def weeks_before(week: str, number: int) -> tuple[str, ...]:
    """The `number` weeks before a week, the nearest first."""
    monday = monday_of(week)
    return tuple(week_of(monday - timedelta(weeks=back)) for back in range(1, number + 1))
