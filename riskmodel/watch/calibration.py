"""Observed events against those the score announced, with exact intervals, the whole and by group."""

from collections.abc import Sequence
from datetime import date
from math import isnan
from typing import Any

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
    (attribute « bande »), and by group. `rows` as `rows.standing` makes them; empty when no probability is announced.

    Households that were helped have no outcome and count on neither side. Groups are judged together, as in `fairness`.
    """
    days = apart(list(rows["as_of"].unique()), horizon)
    known = rows[rows["as_of"].isin(days) & rows["outcome"].notna() & rows["probability"].notna()]
    if known.empty:
        return pd.DataFrame(columns=COLUMNS)
    joined = known.merge(groups, on=["as_of", "lease_id"], how="left").assign(**{ALL: ALL})
    present = [name for name in ATTRIBUTES if name in groups]
    joined[present] = joined[present].fillna(UNKNOWN)
    joined[BAND] = (joined["score"].astype(int) // 10 * 10).map("{:03d}".format)
    found = pd.concat([_counts(joined, attribute) for attribute in (ALL, BAND, *present)], ignore_index=True)
    bounds = [poisson(line.observed, line.expected, limits.confidence) for line in lines(found)]
    found[["ratio", "low", "high"]] = pd.DataFrame(bounds, index=found.index)
    judged = int((found["attribute"].isin(present) & (found["expected"] >= limits.fewest_expected)).sum())
    return found.assign(reading=[_reading(line, limits, judged) for line in lines(found)])[COLUMNS]


def _counts(joined: pd.DataFrame, attribute: str) -> pd.DataFrame:
    by = joined.groupby(attribute)
    counted = {"rows": by.size(), "observed": by["outcome"].sum().astype(int), "expected": by["probability"].sum().astype(float)}
    found = pd.DataFrame(counted).loc[sorted(by.groups, key=lambda group: order_of(attribute, str(group)))]
    return found.rename_axis("group").reset_index().assign(attribute=attribute)


def _reading(line: Any, limits: Limits, judged: int) -> str:
    if isnan(line.ratio) or line.expected < limits.fewest_expected:
        return FEW
    is_whole = line.attribute == ALL
    least, most = limits.calibration if is_whole else limits.group_calibration
    if least <= line.ratio <= most:
        return WITHIN
    level = 1 - (1 - limits.confidence) / (1 if is_whole else max(judged, 1))
    return OUTSIDE if excludes_one(*poisson(line.observed, line.expected, level)[1:]) else UNSURE
