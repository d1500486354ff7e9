"""Which day a run is about, on both sides of midnight and of the changes of hour."""

from datetime import UTC, date, datetime

import pytest

from riskmodel.errors import SettingsError
from riskmodel.steps.calendar import PARIS, as_of_night, monday_of


@pytest.mark.parametrize(
    ("scheduled_for", "as_of"),
    [
        (datetime(2026, 11, 3, 2, tzinfo=PARIS), date(2026, 11, 2)),
        (datetime(2026, 11, 3, 1, tzinfo=UTC), date(2026, 11, 2)),  # the same instant
        (datetime(2026, 7, 1, 0, tzinfo=UTC), date(2026, 6, 30)),  # 02:00 in summer time
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 1)),  # already 2 July in France
        (datetime(2026, 3, 29, 3, tzinfo=PARIS), date(2026, 3, 28)),  # the night without 02:00
        (datetime(2026, 10, 25, 2, fold=1, tzinfo=PARIS), date(2026, 10, 24)),  # the night with two
        (datetime(2027, 1, 1, 2, tzinfo=PARIS), date(2026, 12, 31)),
    ],
)
def test_a_night_is_about_the_day_that_has_just_ended_in_france(scheduled_for: datetime, as_of: date) -> None:
    assert as_of_night(scheduled_for) == as_of


@pytest.mark.parametrize("day", range(2, 9))
def test_any_day_of_a_week_leads_to_its_monday(day: int) -> None:
    assert monday_of(datetime(2026, 11, day, 5, 30, tzinfo=PARIS)) == date(2026, 11, 2)


def test_a_monday_is_a_monday_in_france_and_not_elsewhere() -> None:
    assert monday_of(datetime(2026, 11, 8, 23, 30, tzinfo=UTC)) == date(2026, 11, 9)


@pytest.mark.parametrize("instant", [None, datetime(2026, 11, 3, 2)])
def test_a_run_without_its_date_is_refused_instead_of_guessed(instant: datetime | None) -> None:
    with pytest.raises(SettingsError, match="2026-11-03T02:00:00"):
        as_of_night(instant)
