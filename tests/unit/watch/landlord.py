"""Drawn rows of matured days, a group frame beside them, and the little else that the figures of a month need."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.score import PublishedTable, published

FIRST = date(2025, 7, 20)
DAYS = tuple(FIRST + timedelta(days=28 * back) for back in range(6))


def rows(
    households: int = 400,
    *,
    seen: tuple[float, float] = (0.6, 0.6),
    events: float = 0.15,
    days: tuple[date, ...] = DAYS,
    seed: int = 2,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows and groups: even households are « inside », odd ones « outside »; of those in difficulty, the shares `seen` (inside,
    outside) were listed."""
    draw = np.random.default_rng(seed)
    found, groups = [], []
    for day in days:
        occurred = draw.random(households) < events
        chance = np.where(occurred, np.where(np.arange(households) % 2 == 0, *seen), 0.05)
        found.append(_day(day, occurred, draw.random(households) < chance, draw))
        groups.append(_groups(day, households))
    return pd.concat(found, ignore_index=True), pd.concat(groups, ignore_index=True)


def _day(day: date, occurred: np.ndarray, listed: np.ndarray, draw: np.random.Generator) -> pd.DataFrame:
    households = len(occurred)
    event = pd.Series(occurred.astype(int), dtype="Int8")
    columns: dict[str, Any] = {
        "as_of": day,
        "lease_id": [f"B{rank:04}" for rank in range(households)],
        "household_id": [f"M{rank:04}" for rank in range(households)],
        "score": draw.integers(0, 101, households),
        "probability": pd.array([0.15] * households, dtype="Float64"),
        "listed": listed,
        "repeated": draw.random(households) < 0.3,
        "event": event,
        "outcome": event,
        "lead_days": pd.array(np.where(occurred, 30, 0), dtype="Int64"),
        "attempts": draw.integers(0, 2, households),
        "answers": 0,
        "helped": pd.array([None] * households, dtype="boolean"),
        "weight": 1.0,
    }
    return pd.DataFrame(columns)


def _groups(day: date, households: int) -> pd.DataFrame:
    inside = np.arange(households) % 2 == 0
    return pd.DataFrame(
        {
            "as_of": day,
            "lease_id": [f"B{rank:04}" for rank in range(households)],
            "priority_area": np.where(inside, "inside", "outside"),
            "management_unit": np.where(np.arange(households) // 2 % 2 == 0, "UG01", "UG02"),
        }
    )


def table() -> PublishedTable:
    """The hand-set table of the drift."""
    return published("derive")


def inputs(households: int = 300, *, debt: float = 0.4, seed: int = 2) -> pd.DataFrame:
    """Households asked on one day: every input of the drift's table, and a score."""
    draw = np.random.default_rng(seed)
    values = {entry.feature: pd.array(draw.integers(0, 3, households), dtype="Int64") for entry in table().inputs}
    values["overdue_terms"] = pd.array(np.round(draw.random(households) * debt, 2), dtype="Float64")
    names = [f"M{rank:04}" for rank in range(households)]
    return pd.DataFrame(values | {"score": draw.integers(0, 101, households), "household_id": names})
