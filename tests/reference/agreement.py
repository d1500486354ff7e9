"""Two readings of the same accounts, value by value."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from riskmodel.features.dictionary import FEATURES

CASTS: dict[str, Callable[[Any], Any]] = {
    "BIGINT": int,
    "DOUBLE": float,
    "BOOLEAN": bool,
    "VARCHAR": str,
    "DATE": lambda day: date(day.year, day.month, day.day),
}


def plain(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Features by lease, as plain Python values, None where unknown. The frame has the dictionary's columns, in order."""
    assert list(frame.columns) == [feature.name for feature in FEATURES], list(frame.columns)
    columns = {
        feature.name: [None if pd.isna(value) else CASTS[feature.type](value) for value in frame[feature.name].astype(object)]
        for feature in FEATURES
    }
    rows = zip(*columns.values(), strict=True)
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def differences(computed: pd.DataFrame, expected: pd.DataFrame) -> list[str]:
    """One line a disagreement: lease, feature, both values. Empty when the two readings are the same."""
    left, right = plain(computed), plain(expected)
    assert len(left) == len(computed), "the same lease twice"
    found = [f"{lease_id} : in one reading only" for lease_id in sorted(left.keys() ^ right.keys())]
    for lease_id in sorted(left.keys() & right.keys()):
        found += [
            f"{lease_id} {name}: SQL {value!r}, reference {right[lease_id][name]!r}"
            for name, value in left[lease_id].items()
            if value != right[lease_id][name]
        ]
    return found
