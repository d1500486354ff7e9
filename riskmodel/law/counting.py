"""Days counted as the law counts them: months from a day to its namesake, weeks, working days of France, yearly days."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from importlib import import_module

from riskmodel.law.findings import Dated


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later (earlier when negative), the last day of a shorter month."""
    rank = day.year * 12 + day.month - 1 + months
    year, month = rank // 12, rank % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Public holidays of the whole of France, Easter's included; neither Alsace-Moselle's nor overseas."""
    known = import_module("holidays")  # a second to load, for the few leases that have a hearing
    return frozenset(known.country_holidays("FR", years=year))


def is_working(day: date) -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a public holiday (jour ouvré)."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The so many-th working day after a day (before it when negative); the day itself is not counted."""
    step, left = timedelta(days=1 if count > 0 else -1), abs(count)
    while left:
        day += step
        left -= is_working(day)
    return day


def next_yearly(month_day: str, on: date) -> date:
    """The first day written `MM-DD` that is not before a day."""
    this_year = date.fromisoformat(f"{on.year}-{month_day}")
    return this_year if this_year >= on else date.fromisoformat(f"{on.year + 1}-{month_day}")


def counted(rule: Dated, from_on: date) -> date | None:
    """The day a rule leads to from its event; None when its value is unknown, or is no delay."""
    value, sign = rule.value, -1 if rule.is_before else 1
    if isinstance(value, str):
        return next_yearly(value, from_on) if rule.unit == "month_day" else None
    if value is None:
        return None
    if rule.unit == "months":
        return months_after(from_on, sign * value)
    if rule.unit == "working_days":
        return working_days_after(from_on, sign * value)
    days = {"days": 1, "weeks": 7}.get(rule.unit)
    return None if days is None else from_on + sign * timedelta(days=days * value)
