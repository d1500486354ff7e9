"""Models beside the rules and beside each other: means over days, differences and their intervals, one line a pair."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from riskmodel.backtest.figures import CUTS, STRATA
from riskmodel.backtest.intervals import paired, precisions
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
    lines = [line for pair in pairs(figures) for line in _lines(figures, *pair, listed)]
    return pd.DataFrame(lines)


def pairs(figures: pd.DataFrame) -> list[tuple[str, str]]:
    """Who is compared with whom, in a fixed order."""
    there = set(figures["model"])
    models = [model for model in MODELS if model in there]
    rule = best_rule(figures)
    found = [(model, against) for model in models for against in (rule, *FITTED, *CHALLENGED.get(model, ()))]
    return [(model, against) for model, against in found if against in there]


def _lines(figures: pd.DataFrame, model: str, against: str, listed: pd.DataFrame | None) -> Iterator[dict[str, Any]]:
    head = {"score": figures["score"].iloc[0], "model": model, "against": against, "is_best_rule": against == best_rule(figures)}
    for stratum in STRATA:
        for cut in CUTS:
            rows = listed if (stratum, cut) == ("tous", "capacite") else None
            found = paired(figures, model, against, cut, stratum=stratum, listed=rows)
            both = precisions(figures, cut, stratum=stratum).reindex(columns=[model, against]).dropna()
            average = _average_precisions(figures, stratum).loc[both.index]
            yield head | {
                "stratum": stratum,
                "cut": cut,
                "days": found.n_days,
                "precision": both[model].mean(),
                "precision_against": both[against].mean(),
                "difference": found.mean,
                "low": found.low,
                "high": found.high,
                "average_precision": average[model].mean(),
                "average_precision_against": average[against].mean(),
            }


def _average_precisions(figures: pd.DataFrame, stratum: str) -> pd.DataFrame:
    kept = figures[(figures["cut"] == CUTS[0]) & (figures["stratum"] == stratum)]
    return kept.pivot(index="as_of", columns="model", values="average_precision").astype("float64")
