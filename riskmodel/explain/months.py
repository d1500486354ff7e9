"""Months as the contract writes them (YYYY-MM), moved and spoken."""

from calendar import monthrange
from datetime import date

_NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def month_of(day: date) -> str:
    """« 2026-03 » for any day of March 2026."""
    return f"{day:%Y-%m}"


def shift(month: str, months: int) -> str:
    """The month so many months later (earlier when negative)."""
    rank = int(month[:4]) * 12 + int(month[5:]) - 1 + months
    return f"{rank // 12:04d}-{rank % 12 + 1:02d}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, the last day of a shorter month."""
    year, month = map(int, shift(month_of(day), months).split("-"))
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def of(month: str) -> str:
    """« de mars 2026 », « d'août 2026 »."""
    return f"d'{spoken(month)}" if spoken(month)[0] in "ao" else f"de {spoken(month)}"


def spoken(month: str) -> str:
    """« mars 2026 »."""
    return f"{_NAMES[int(month[5:]) - 1]} {month[:4]}"
