"""Days of training and backtests, and how long an outcome is watched."""

from datetime import date, timedelta

CONFIRMED_DAYS = 15
"""A debt that is gone within fifteen days is no event, nor is an obligation answered by then."""

WATCHED_DAYS = 180 + CONFIRMED_DAYS
"""From the day of the question to the day on which the longest horizon closes."""


def sundays(last: date, count: int, every_weeks: int = 4) -> list[date]:
    """`count` Sundays, one every `every_weeks` weeks, counted back from the last Sunday up to `last`; oldest first.

    Every fourth Sunday walks through the days of the month, so that no date of billing is seen more often than another.
    """
    newest = last - timedelta(days=(last.weekday() + 1) % 7)
    return [newest - timedelta(weeks=every_weeks * back) for back in reversed(range(count))]


def closing_day(as_of: date, last_delivery: date) -> date:
    """W: the last day that counts for the outcomes of `as_of`."""
    return min(as_of + timedelta(days=WATCHED_DAYS), last_delivery)
