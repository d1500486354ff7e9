"""Two yardsticks a statistician would fit in an hour: a four-variable logistic and a tree of depth three.

They are fitted again for each day, on the rows whose window was closed by then, and are never served: they tell what any fit
could have found in the same columns.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from riskmodel.backtest.questions import CLOSING_DAYS, HORIZON, asked, eligible
from riskmodel.backtest.ties import UNKNOWN

FOUR = {
    "derive": ("overdue_terms", "oldest_unpaid_days", "unpaid_terms_6", "debt_rise_3_terms"),
    "decrochage": ("failed_attempts_180d", "days_since_two_way", "mail_returned_365d", "obligations_unmet"),
}
MORE = {
    "derive": ("unpaid_terms_12", "paid_share_3", "days_since_payment", "rejects_120d", "plan_missed"),
    "decrochage": ("silence_days", "failed_channels_180d", "appointments_missed_180d", "surveys_unmet", "days_since_inbound"),
}
"""What the tree may split on beside the four."""

FEWEST = 30
"""Events, and rows without one, under which nothing is fitted."""


def predictions(
    panel: pd.DataFrame,
    score: str,
    test_days: Sequence[date],
    horizon: int = HORIZON,
    *,
    treated: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Probabilities of both yardsticks for the eligible rows of each test day: `as_of`, `lease_id`, `model`, `value`.

    For a day T only rows with `as_of + horizon + 15 <= T` train; with fewer than 30 events or non-events the day has no value.
    """
    rows = eligible(panel, score)
    labelled = rows.merge(asked(panel, score, horizon, treated)[["as_of", "lease_id", "label"]], on=["as_of", "lease_id"])
    labelled = labelled[labelled["label"] != UNKNOWN]
    found = [_of_day(rows, labelled, score, pd.Timestamp(day), horizon) for day in test_days]
    return pd.concat(found, ignore_index=True) if found else _long(rows[:0], "", np.empty(0))


def training_rows(rows: pd.DataFrame, day: pd.Timestamp, horizon: int) -> pd.DataFrame:
    """The rows whose window was closed by the end of `day`."""
    return rows[rows["as_of"] + timedelta(days=horizon + CLOSING_DAYS) <= day]


def _of_day(rows: pd.DataFrame, labelled: pd.DataFrame, score: str, day: pd.Timestamp, horizon: int) -> pd.DataFrame:
    past, today = training_rows(labelled, day, horizon), rows[rows["as_of"] == day]
    events = int((past["label"] == 1).sum())
    if min(events, len(past) - events) < FEWEST or today.empty:
        return _long(today[:0], "", np.empty(0))
    four, all_of_them = list(FOUR[score]), [*FOUR[score], *MORE[score]]
    logistic = make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler(), LogisticRegression(max_iter=1_000))
    tree = DecisionTreeClassifier(max_depth=3, min_samples_leaf=20, random_state=0)
    return pd.concat(
        [
            _long(today, name, _probability(model, past, today, columns))
            for name, model, columns in (("logistic", logistic, four), ("tree", tree, all_of_them))
        ]
    )


def _probability(model: Any, past: pd.DataFrame, today: pd.DataFrame, columns: list[str]) -> np.ndarray:
    model.fit(_numbers(past, columns), past["label"].to_numpy(dtype="int64"))
    probability: np.ndarray = model.predict_proba(_numbers(today, columns))[:, 1]
    return probability


def _numbers(rows: pd.DataFrame, columns: list[str]) -> np.ndarray:
    return rows[columns].astype("Float64").to_numpy(dtype="float64", na_value=np.nan)


def _long(rows: pd.DataFrame, model: str, value: np.ndarray) -> pd.DataFrame:
    return rows[["as_of", "lease_id"]].assign(model=model, value=value)
