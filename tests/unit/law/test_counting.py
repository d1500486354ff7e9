"""Days as the law counts them: namesake days, working days across holidays, yearly days."""

from dataclasses import replace
from datetime import date

import pytest

from riskmodel.law import asked
from riskmodel.law.counting import counted, is_working, months_after, next_yearly, public_holidays, working_days_after
from riskmodel.law.deadlines import is_truce


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-08-31", -2, "2026-06-30"),
        ("2026-01-15", -2, "2025-11-15"),
        ("2026-11-05", 36, "2029-11-05"),
    ],
)
def test_months_go_to_the_namesake_day_or_the_last_of_a_shorter_month(day: str, months: int, expected: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_public_holidays_are_the_eleven_of_the_whole_of_france() -> None:
    days = {f"{day:%m-%d}" for day in public_holidays(2026)}
    assert days == {"01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"}


def test_easter_monday_moves_with_the_year() -> None:
    assert not is_working(date(2026, 4, 6))
    assert is_working(date(2027, 4, 6))
    assert not is_working(date(2027, 3, 29))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-05-12", -5, "2026-05-04"),  # le 8 mai et un week-end
        ("2026-12-28", -5, "2026-12-18"),  # Noël
        ("2026-04-30", 15, "2026-05-27"),  # 1er mai, 8 mai, Ascension et lundi de Pentecôte
        ("2027-01-04", -5, "2026-12-24"),  # Noël et le jour de l'an, deux vendredis
    ],
)
def test_working_days_leave_out_week_ends_and_public_holidays(day: str, count: int, expected: str) -> None:
    assert working_days_after(date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(("on", "expected"), [("2026-03-31", "2026-03-31"), ("2026-04-01", "2027-03-31")])
def test_a_yearly_day_is_today_or_ahead(on: str, expected: str) -> None:
    assert next_yearly("03-31", date.fromisoformat(on)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-10-31", False), ("2026-11-01", True), ("2026-12-31", True), ("2027-03-31", True), ("2027-04-01", False)],
)
def test_the_winter_truce_runs_from_its_first_day_to_its_last(on: str, expected: bool) -> None:
    assert is_truce(date.fromisoformat(on)) is expected


def test_a_value_that_is_no_delay_or_not_known_leads_to_no_day() -> None:
    day = date(2027, 2, 1)
    assert counted(asked("default_amount", day), day) is None
    assert counted(asked("caf_report_delay", day), day) is None
    assert counted(asked("debt_old", day), day) is None
    assert counted(replace(asked("debt_stay", day), unit="weeks", value=6), day) == date(2027, 3, 15)
