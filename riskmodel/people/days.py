"""Days as people live them: an act counts for the day it is in France when somebody records it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def day_of(instant: datetime) -> date:
    """The day it is in France at an aware instant."""
    return instant.astimezone(PARIS).date()


def start_of(day: date) -> datetime:
    """The instant at which a day begins in France."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)
