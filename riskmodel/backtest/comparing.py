"""Models beside the rules and beside each other: means over days, differences and their intervals, one line a pair."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from riskmodel.backtest.figures import CUTS, STRATA
from riskmodel.backtest.intervals import by_day, of_days
from riskmodel.backtest.labels import FITTED, MODELS
from riskmodel.backtest.proof import best_rule

CHALLENGED = {
    "points": ("hgb", "hgb_monotone"),
    "points_menages": ("hgb_menages", "hgb_monotone_menages"),
}
"""What transparency is compared with: the boosted trees judged by the same split."""


def comparisons(figures: pd.DataFrame, listed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every model of one score's `figures` against the best simple rule at capacity, the fitted yardsticks and its challengers.

    Columns: `score`, `model`, `against`, `is_best_rule`, `stratum`, `cut`, `days`, mean `precision` and `precision_against` on
    the days both have, `difference`, `low`, `high`, `average_precision` and `average_precision_against`. With `listed`, intervals
    at capacity over all strata count households too.
    """
    asked = pairs(figures)
    lines = [line for stratum in STRATA for cut in CUTS for line in _lines(figures, asked, stratum, cut, listed)]
    return pd.DataFrame(lines).sort_values(["model", "against"], kind="stable", ignore_index=True)


def pairs(figures: pd.DataFrame) -> list[tuple[str, str]]:
    """Who is compared with whom, in a fixed order."""
    there = set(figures["model"])
    models = [model for model in MODELS if model in there]
    rule = best_rule(figures)
    found = [(model, against) for model in models for against in (rule, *FITTED, *CHALLENGED.get(model, ()))]
    return [(model, against) for model, against in found if against in there]


def _lines(
    figures: pd.DataFrame, asked: list[tuple[str, str]], stratum: str, cut: str, listed: pd.DataFrame | None
) -> Iterator[dict[str, Any]]:
    score, horizon, rule = str(figures["score"].iloc[0]), int(figures["horizon"].iloc[0]), best_rule(figures)
    wide, average = (by_day(figures, column, cut, stratum) for column in ("precision", "average_precision"))
    rows = listed if (stratum, cut) == ("tous", "capacite") else None
    for model, against in asked:
        both = wide[[model, against]].dropna()
        days = both[model] - both[against]
        found = of_days(days, horizon, None if rows is None else (rows, model, against))
        head = {"score": score, "model": model, "against": against, "is_best_rule": against == rule}
        yield head | {
            "stratum": stratum,
            "cut": cut,
            "days": found.n_days,
            "precision": both[model].mean(),
            "precision_against": both[against].mean(),
            "difference": found.mean,
            "low": found.low,
            "high": found.high,
            "average_precision": average.loc[both.index, model].mean(),
            "average_precision_against": average.loc[both.index, against].mean(),
        }
