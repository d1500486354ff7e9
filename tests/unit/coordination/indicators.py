"""Invented figures of two units over thirteen months, whose sums are easy to tell."""

from datetime import date, timedelta

from riskmodel.coordination.indicators.figures import Figures, last_day, span
from riskmodel.coordination.indicators.ledger import Act, Default, Hearing, Stock
from riskmodel.coordination.indicators.path import Reached
from riskmodel.coordination.indicators.words import STAGES

ON = date(2026, 10, 31)
UNITS = ("UG01", "UG02")


def invented(kind: str, on: date = ON) -> Figures:
    """One hundred households a unit, twenty of them late, of whom five by three months and one by twelve."""
    days = span(kind, on)
    months = (days.before, *days.months)
    stock = Stock(100, 20, 5, 1, 2, 1_234_567_89, 2_000_000_00)
    return Figures(
        kind=kind,
        span=days,
        stocks={month: dict.fromkeys(UNITS, stock) for month in months},
        read_on={month: last_day(month) for month in months},
        acts=[Act(unit, month, "payment_order", rank) for unit in UNITS for rank, month in enumerate(months)],
        defaults=[_default(unit, days.last, rank) for unit in UNITS for rank in range(1, 500, 10)],
        hearings=[Hearing("UG01", days.last, is_spoken=True, is_met=rank == 0) for rank in range(4)],
        reached=[Reached("UG01", stage) for stage in STAGES] + [Reached("UG02", "flagged")],
        names={"UG01": "Agence du Port"},
    )


def _default(unit: str, last: date, days: int) -> Default:
    """So many days before the last one, followed by an exchange after forty days; by a referral for none."""
    on = last - timedelta(days=days)
    return Default(unit, on, on + timedelta(days=40), None)
