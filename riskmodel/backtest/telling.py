"""What a report tells around the figures: who was asked and could not be judged, how long before the event, where values stand.

Counts and quantiles only, no row of a household.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from riskmodel import outcomes
from riskmodel.backtest import questions

QUARTILES = (0.25, 0.5, 0.75)
DECILES = (0.1, 0.25, 0.5, 0.75, 0.9)
HIGH = 0.9
"""Whoever stands above nine tenths of all rows, all days together, stands high."""


def asked(panel: pd.DataFrame, score: str, horizon: int, treated: pd.DataFrame) -> dict[str, int]:
    """Rows, leases and households that the question was put to on the days of `panel`, and how many rows had an event
    (`events`), none (`non_events`), or no answer.

    For one score each reason for no answer is counted under its code (outcomes.CENSORED, and `helped`); « commun » has two
    questions to a row, so that its reasons are not added up.
    """
    rows = questions.eligible(panel, score)
    labelled = questions.asked(panel, score, horizon, treated)["label"].value_counts()
    found = {
        "rows": len(rows),
        "leases": rows["lease_id"].nunique(),
        "households": rows["household_id"].nunique(),
        "events": int(labelled.get(1, 0)),
        "non_events": int(labelled.get(0, 0)),
    }
    if score == "commun":
        return found
    watched = outcomes.counts(rows, questions.COHORTS[score][0], horizon)
    helped = watched["events"] + watched["non_events"] - found["events"] - found["non_events"]
    return found | {code: watched[code] for code in outcomes.CENSORED} | {"helped": helped}


def leads(given: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Days from the list to the event, over all days together: `hits` of each model, and the three quartiles (`low`, `median`,
    `high`), a household in a tie counting for its chance to be listed. The frames of `figures.orders` and `figures.listed`."""
    key = ["as_of", "model", "lease_id"]
    hits = listed[listed["label"] == 1].merge(given[[*key, "lead_days"]], on=key).dropna(subset="lead_days")
    lines = [
        {"model": model, "hits": rows["chance"].sum()} | _quartiles(rows) for model, rows in hits.groupby("model", sort=True)
    ]
    return pd.DataFrame(lines, columns=["model", "hits", "low", "median", "high"])


def spread(given: pd.DataFrame, models: Sequence[str]) -> pd.DataFrame:
    """Where the values of each of `models` stand day by day: five quantiles, and the share of the day's rows that stand
    high (`high_share`, about a tenth or less while nothing moves)."""
    kept = given[given["model"].isin(models) & given["value"].notna()]
    parts = [_by_day(rows).assign(model=model) for model, rows in kept.groupby("model", sort=True)]
    columns = ["model", "as_of", "n", *(f"p{round(100 * share)}" for share in DECILES), "high_share"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _quartiles(hits: pd.DataFrame) -> dict[str, Any]:
    """The first day by which a quarter, a half, three quarters of the weight has come."""
    in_order = hits.sort_values("lead_days")
    reached = in_order["chance"].cumsum().to_numpy() / in_order["chance"].sum()
    days = in_order["lead_days"].to_numpy()
    return {
        name: float(days[np.searchsorted(reached, share - 1e-9)])
        for name, share in zip(("low", "median", "high"), QUARTILES, strict=True)
    }


def _by_day(rows: pd.DataFrame) -> pd.DataFrame:
    values = rows["value"].astype("float64").groupby(rows["as_of"], sort=True)
    wide = pd.DataFrame({f"p{round(100 * share)}": values.quantile(share) for share in DECILES})
    ceiling = rows["value"].astype("float64").quantile(HIGH)
    return wide.assign(n=values.size(), high_share=values.apply(lambda day: (day > ceiling).mean())).reset_index()
