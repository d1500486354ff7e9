"""Observed events against those the score announced, with exact intervals, the whole and by group."""

from collections.abc import Sequence
from datetime import date
from math import isnan

import pandas as pd

from riskmodel.watch.attributes import ATTRIBUTES, UNKNOWN, order_of
from riskmodel.watch.fairness import ALL, FEW, OUTSIDE, UNSURE, WITHIN, lines
from riskmodel.watch.intervals import excludes_one, poisson
from riskmodel.watch.limits import Limits

COLUMNS = ["attribute", "group", "rows", "observed", "expected", "ratio", "low", "high", "reading"]
BAND = "bande"


def apart(days: Sequence[date], horizon: int) -> list[date]:
    """The most recent days, each at least `horizon` after the one before: no event is counted on two of them, so that counts
    behave as counts."""
    kept: list[date] = []
    for day in sorted(days, reverse=True):
        if not kept or (kept[-1] - day).days >= horizon:
            kept.append(day)
    return sorted(kept)


def calibration(rows: pd.DataFrame, groups: pd.DataFrame, limits: Limits, horizon: int) -> pd.DataFrame:
    """Observed over expected events among rows whose outcome is known, on days a horizon apart: the whole, by tens of the score
    (attribute « bande »), and by group. `rows` as for `fairness`, with `score` and `probability`; empty when no probability is
    announced. Households that were helped have no outcome and count on neither side."""
    days = apart(list(rows["as_of"].unique()), horizon)
    known = rows[rows["as_of"].isin(days) & rows["event"].notna() & rows["probability"].notna() & (rows["weight"] > 0)]
    if known.empty:
        return pd.DataFrame(columns=COLUMNS)
    joined = known.merge(groups, on=["as_of", "lease_id"], how="left").assign(**{ALL: ALL})
    present = [name for name in ATTRIBUTES if name in groups]
    joined[present] = joined[present].fillna(UNKNOWN)
    joined[BAND] = (joined["score"].astype(int) // 10 * 10).map("{:03d}".format)
    found = [_line(joined, attribute, limits) for attribute in (ALL, BAND, *present)]
    return pd.concat(found, ignore_index=True)


def _line(joined: pd.DataFrame, attribute: str, limits: Limits) -> pd.DataFrame:
    by = joined.groupby(attribute)
    found = pd.DataFrame(
        {"rows": by.size(), "observed": by["event"].sum().astype(int), "expected": by["probability"].sum().astype(float)}
    )
    level = 1 - (1 - limits.confidence) / max(int((found["expected"] >= limits.fewest_expected).sum()), 1)
    bounds = [poisson(line.observed, line.expected, limits.confidence) for line in lines(found)]
    found[["ratio", "low", "high"]] = pd.DataFrame(bounds, index=found.index)
    found["reading"] = [_reading(attribute, line.observed, line.expected, limits, level) for line in lines(found)]
    found = found.loc[sorted(found.index, key=lambda group: order_of(attribute, group))]
    return found.rename_axis("group").reset_index().assign(attribute=attribute)[COLUMNS]


def _reading(attribute: str, observed: int, expected: float, limits: Limits, level: float) -> str:
    value, low, high = poisson(observed, expected, level)
    if isnan(value) or expected < limits.fewest_expected:
        return FEW
    least, most = limits.calibration if attribute == ALL else limits.group_calibration
    if least <= value <= most:
        return WITHIN
    return OUTSIDE if excludes_one(low, high) else UNSURE
