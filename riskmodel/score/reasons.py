"""Why a household has its score: one sentence an input that added points, nothing else."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from riskmodel.score.french import fill
from riskmodel.score.points import Bin, Input, PublishedTable, Unknown


def reasons(table: PublishedTable, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The inputs that added points to one household, most points first, in the shape of `weekly.frozen.Reason`.

    `row` holds features by name. The points add up to the score that `apply` gives.
    """
    found = [(entry, _matching(entry, row[entry.feature])) for entry in table.inputs]
    counted = sorted((pair for pair in found if pair[1].points), key=lambda pair: -pair[1].points)
    return [
        {"score": table.name, "input": entry.feature, "points": match.points, "text": fill(match.text, row)}
        for entry, match in counted
    ]


def _matching(entry: Input, value: Any) -> Bin | Unknown:
    if pd.isna(value):
        return entry.unknown
    return next(row for row in reversed(entry.rows) if row.low is None or float(value) >= row.low)
