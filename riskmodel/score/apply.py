"""Points of many households at once."""

import numpy as np
import pandas as pd

from riskmodel.score.points import Input, PublishedTable


def apply(table: PublishedTable, features: pd.DataFrame) -> pd.DataFrame:
    """`lease_id`, `score` and one `points_<input>` a column, in the order of `features`; the score is the sum of the points."""
    points = {f"points_{entry.feature}": _points(entry, features[entry.feature]) for entry in table.inputs}
    score = np.sum(list(points.values()), axis=0, dtype=np.int64)
    return pd.DataFrame({"lease_id": features["lease_id"].to_numpy(), "score": score, **points})


def _points(entry: Input, column: pd.Series) -> np.ndarray:
    values = column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    bounds = [row.low for row in entry.rows if row.low is not None]
    points = np.array([row.points for row in entry.rows], dtype=np.int64)[np.searchsorted(bounds, values, side="right")]
    return np.where(np.isnan(values), entry.unknown.points, points)
