"""Sundays of the past, and how long each is watched."""

from datetime import date, timedelta

import pytest

from riskmodel.outcomes import sundays
from riskmodel.outcomes.calendar import closing_day

LAST = date(2026, 11, 14)


def test_sundays_are_counted_back_from_the_last_one_oldest_first() -> None:
    assert sundays(LAST, 3) == [date(2026, 9, 13), date(2026, 10, 11), date(2026, 11, 8)]
    assert sundays(LAST, 2, every_weeks=1) == [date(2026, 11, 1), date(2026, 11, 8)]


@pytest.mark.parametrize("days", range(7))
def test_the_last_sunday_may_be_the_day_of_the_delivery_itself(days: int) -> None:
    assert sundays(date(2026, 11, 8) + timedelta(days=days), 1) == [date(2026, 11, 8)]


def test_every_fourth_sunday_walks_through_the_days_of_the_month() -> None:
    assert len({day.day for day in sundays(LAST, 24)}) >= 15


def test_a_day_is_watched_a_half_year_and_a_fortnight_or_until_the_last_delivery() -> None:
    assert closing_day(date(2026, 1, 4), LAST) == date(2026, 7, 18)
    assert closing_day(date(2026, 6, 7), LAST) == LAST
