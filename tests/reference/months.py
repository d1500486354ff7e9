"""Months as texts « 2026-01 », and days moved by whole months."""

from calendar import monthrange
from datetime import date, timedelta


def month_of(day: date) -> str:
    """The month a day is in."""
    return f"{day.year:04d}-{day.month:02d}"


def shift(month: str, months: int) -> str:
    """The month so many months later (earlier when negative)."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def day_in(month: str, day: int) -> date:
    """A day of a month, or the month's last day when it is shorter."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, min(day, monthrange(year, number)[1]))


def months_later(day: date, months: int) -> date:
    """The same day so many months later; 31 January plus one month is the last day of February."""
    return day_in(shift(month_of(day), months), day.day)


def is_within(day: date, days: int, as_of: date) -> bool:
    """« Within N days of A » : A − N < day ≤ A."""
    return as_of - timedelta(days=days) < day <= as_of
