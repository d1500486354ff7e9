"""Whether announced probabilities come true: predicted against observed, in ten bands of as many rows."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.stats import beta

from riskmodel.backtest.intervals import LEVEL
from riskmodel.backtest.ties import UNKNOWN

BANDS = 10


def bands(given: pd.DataFrame, models: Collection[str], *, probabilities: Collection[str]) -> pd.DataFrame:
    """For each of `models`, its values in at most ten bands of about as many labelled rows, all days together.

    `given` is the frame of `figures.orders`. Equal values stay in one band. `predicted` is the mean value of the band for models
    whose value is a probability, else missing; `observed` the share of events, with its exact 95 % interval (Clopper-Pearson).
    """
    kept = given[given["model"].isin(models) & (given["label"] != UNKNOWN) & given["value"].notna()]
    found = [_of_model(rows, str(model), model in probabilities) for model, rows in kept.groupby("model", sort=True)]
    return pd.concat(found, ignore_index=True) if found else _of_model(kept, "", False)


def error(banded: pd.DataFrame) -> pd.Series:
    """Expected calibration error by model: mean distance between predicted and observed, weighted by rows."""
    known = banded.dropna(subset=["predicted"])
    weighted = (known["predicted"] - known["observed"]).abs() * known["n"]
    return weighted.groupby(known["model"]).sum() / known.groupby("model")["n"].sum()


def _of_model(rows: pd.DataFrame, model: str, is_probability: bool) -> pd.DataFrame:
    value = rows["value"].astype("float64")
    banded = rows.assign(value=value, band=_band(value)).groupby("band", sort=True)
    n, events = banded.size(), banded["label"].sum()
    tail = (1 - LEVEL) / 2
    return pd.DataFrame(
        {
            "model": model,
            "band": np.arange(1, len(n) + 1),
            "from_value": banded["value"].min().to_numpy(),
            "to_value": banded["value"].max().to_numpy(),
            "predicted": banded["value"].mean().to_numpy() if is_probability else np.full(len(n), np.nan),
            "observed": (events / n).to_numpy(),
            "observed_low": np.nan_to_num(beta.ppf(tail, events, n - events + 1), nan=0.0),
            "observed_high": np.nan_to_num(beta.ppf(1 - tail, events + 1, n - events), nan=1.0),
            "n": n.to_numpy(),
            "events": events.to_numpy(),
        }
    )


def _band(value: pd.Series) -> np.ndarray:
    """The band by the middle rank of equal values, so that they are never parted."""
    return np.ceil(value.rank(method="average").to_numpy() / max(len(value), 1) * BANDS)
