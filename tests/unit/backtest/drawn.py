"""Panels made by hand: calm households but for what a test says, and what became of them."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from riskmodel.features.dictionary import FEATURES

DAY = date(2026, 3, 1)
DTYPES = {"BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean", "DATE": "object", "VARCHAR": "string"}
ZERO = {"BIGINT": 0, "DOUBLE": 0.0, "BOOLEAN": False}
CALM: dict[str, Any] = {"as_of": DAY, "judged_terms": 12, "paid_share_3": 100, "net_term_cents": 40_000, "stratum": "precoce"}
COHORTS = {"in_drift": True, "in_contact": True, "drift_asked": True}
WHAT_CAME = {f"{score}_{what}": None for score in ("derive", "decrochage") for what in ("on", "end", "end_on")}
WATCHED = timedelta(days=195)


def panel(*households: dict[str, Any]) -> pd.DataFrame:
    """One row a household, `B1`, `B2`… of households `M1`, `M2`… in order; figures not given are zero, dates unknown."""
    rows = [
        {"lease_id": f"B{n}", "household_id": f"M{n}", **CALM, **COHORTS, **WHAT_CAME, "known_until": None, **household}
        for n, household in enumerate(households, start=1)
    ]
    features = {f.name: pd.Series([row.get(f.name, ZERO.get(f.type)) for row in rows], dtype=DTYPES[f.type]) for f in FEATURES}
    cohorts = {name: pd.Series([row[name] for row in rows], dtype="boolean") for name in COHORTS}
    rest = {name: pd.Series([row[name] for row in rows], dtype="object") for name in ("stratum", *WHAT_CAME)}
    rest["known_until"] = pd.Series([row["known_until"] or row["as_of"] + WATCHED for row in rows], dtype="object")
    return pd.DataFrame({"as_of": [row["as_of"] for row in rows], **features, **cohorts, **rest})


def drifts(after: int = 40, **more: Any) -> dict[str, Any]:
    """A household that drifts `after` days after its day."""
    return {"derive_on": more.get("as_of", DAY) + timedelta(days=after), **more}


def cut_short(after: int = 10, code: str = "left_clear", **more: Any) -> dict[str, Any]:
    """A household whose watch ends `after` days, before anything happened."""
    return {"derive_end": code, "derive_end_on": more.get("as_of", DAY) + timedelta(days=after), **more}


def sundays(count: int, first: date = date(2025, 1, 5)) -> list[date]:
    """Every fourth Sunday from `first`."""
    return [first + timedelta(weeks=4 * n) for n in range(count)]


def values(panel: pd.DataFrame, model: str, by: list[float]) -> pd.DataFrame:
    """A model's values in the long form, row by row of `panel`."""
    return panel[["as_of", "lease_id"]].assign(model=model, value=by)
