"""A panel drawn at random, with the columns that fitting reads: invented households whose risk follows a known rule."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from riskmodel.fit.catalogue import entries

LAST_DELIVERY = date(2026, 5, 31)
FIRST = date(2025, 3, 2)


def panel(households: int = 400, days: int = 16, seed: int = 20261122, base: float = -4.0) -> pd.DataFrame:
    """`households` on `days` Sundays four weeks apart; two events out of three come from debt, or from failed attempts."""
    draw = np.random.default_rng(seed)
    size = households * days
    rows = pd.DataFrame({name: draw.integers(0, 3, size) for name in _features()})
    rows["overdue_terms"] = draw.integers(10, 190, size) / 100
    rows["oldest_unpaid_days"] = draw.integers(0, 130, size)
    rows["silence_days"] = draw.integers(0, 500, size) * (rows["failed_attempts_180d"] > 1)
    rows["failed_attempts_180d"] = draw.integers(0, 5, size)
    for name in ("has_benefit_break", "is_clause_missed"):
        rows[name] = draw.random(size) < 0.1
    as_of = np.repeat([FIRST + timedelta(weeks=4 * rank) for rank in range(days)], households)
    rows.insert(0, "as_of", as_of)
    rows["lease_id"] = np.tile([f"B{rank:04}" for rank in range(households)], days)
    rows["household_id"] = np.tile([f"M{rank // 2:04}" for rank in range(households)], days)
    rows = rows.assign(in_drift=True, in_contact=True, known_until=LAST_DELIVERY)
    risk = {
        "derive": 1.6 * (rows["overdue_terms"] >= 0.9) + 1.2 * (rows["unpaid_terms_6"] >= 2),
        "decrochage": 1.5 * (rows["failed_attempts_180d"] >= 3) + 1.0 * (rows["obligations_unmet"] >= 2),
    }
    for score, logit in risk.items():
        rows = rows.assign(**_outcome(draw, score, as_of, base + logit.to_numpy()))
    return rows.convert_dtypes()


def _features() -> list[str]:
    return sorted({entry.feature for score in ("derive", "decrochage") for entry in entries(score)})


def _outcome(draw: np.random.Generator, score: str, as_of: np.ndarray, logit: np.ndarray) -> dict[str, list[object]]:
    rate = 1 / (1 + np.exp(-logit))
    wait = draw.exponential(90 / np.maximum(-np.log1p(-rate), 1e-9)).astype(int) + 1
    on = [day + timedelta(days=int(days)) if days <= 180 else None for day, days in zip(as_of, wait, strict=True)]
    none = [None] * len(as_of)
    return {f"{score}_on": on, f"{score}_end": none, f"{score}_end_on": none}
