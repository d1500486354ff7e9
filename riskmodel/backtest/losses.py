"""Regret: what an order, or a way of choosing one, lost on each day against the best of that day."""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd

from riskmodel.backtest.intervals import precisions
from riskmodel.backtest.questions import CLOSING_DAYS

NEAR = 0.02
"""An order within two points of the best of the day is as good as the best, for a team."""


def regret(figures: pd.DataFrame, cut: str = "capacite", *, stratum: str = "tous") -> pd.DataFrame:
    """By model: `mean` and `worst` loss in precision against the best of each day, share of days `near` it, and `days`."""
    wide = precisions(figures, cut, stratum=stratum)
    lost = wide.rsub(wide.max(axis=1), axis=0)
    near = (lost <= NEAR + 1e-9).where(lost.notna())
    found = pd.DataFrame({"mean": lost.mean(), "worst": lost.max(), "near": near.mean(), "days": lost.count()})
    return found.rename_axis("model").sort_values(["mean", "worst"], kind="stable").reset_index()


def of_choosing(figures: pd.DataFrame, among: Sequence[str], cut: str = "capacite") -> pd.DataFrame:
    """What « serve whoever was best so far » would have lost: by day, the order chosen on days whose window was closed by then
    (highest mean precision), its precision, and the best of `among` that day. Days without such a past are left out."""
    wide = precisions(figures, cut).reindex(columns=list(among))
    closes = pd.DatetimeIndex(wide.index) + timedelta(days=int(figures["horizon"].iloc[0]) + CLOSING_DAYS)
    lines = []
    for day, (_, today) in zip(pd.DatetimeIndex(wide.index), wide.iterrows(), strict=True):
        past = wide[closes <= day].mean().where(today.notna()).dropna()
        if len(past):
            chosen = str(past.idxmax())
            lines.append(
                {"as_of": day, "chosen": chosen, "precision": today[chosen], "best": today.idxmax(), "of_best": today.max()}
            )
    found = pd.DataFrame(lines, columns=["as_of", "chosen", "precision", "best", "of_best"])
    return found.assign(regret=found["of_best"] - found["precision"])
