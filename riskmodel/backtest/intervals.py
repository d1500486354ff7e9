"""How sure a difference between two orders is: neighbouring days share their windows, and a household comes back day after day.

Days are drawn again in blocks of consecutive ones as long as a window, and households are drawn again whole. The two distances
add up as those of independent errors do, and so few blocks widen the first as Student's law asks.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil, sqrt

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from riskmodel.backtest.questions import CLOSING_DAYS
from riskmodel.backtest.ties import UNKNOWN, Floats

DRAWS = 2_000
SEED = 20_261_122
LEVEL = 0.95
TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


@dataclass(frozen=True)
class Paired:
    """Mean over `n_days` days of the difference in precision between two orders on the same rows, and its 95 % interval; NaN
    where there is nothing to compute it from (no interval under two days)."""

    mean: float
    low: float
    high: float
    n_days: int


def paired(
    figures: pd.DataFrame,
    model: str,
    against: str,
    cut: str = "capacite",
    *,
    stratum: str = "tous",
    listed: pd.DataFrame | None = None,
) -> Paired:
    """Precision of `model` less that of `against`, day by day at the same length, on the days both have.

    With `listed` (rows of the lists at capacity, so that cut only) the interval counts households too; without it, days alone.
    """
    days = differences(figures, model, against, cut, stratum=stratum)
    return of_days(days, int(figures["horizon"].iloc[0]), None if listed is None else (listed, model, against))


def of_days(days: pd.Series, horizon: int, households: tuple[pd.DataFrame, str, str] | None = None) -> Paired:
    """The mean of differences by day and its interval; `households` are the rows listed, the order and the one it is against."""
    mean = float(days.mean())
    if len(days) < 2:
        return Paired(mean, float("nan"), float("nan"), len(days))
    reach = _reach_of_days(days, block_length(days.index, horizon))
    if households is not None:
        reach = np.hypot(reach, _reach_of_households(*households, days.index))
    return Paired(mean, mean - float(reach[0]), mean + float(reach[1]), len(days))


def differences(figures: pd.DataFrame, model: str, against: str, cut: str = "capacite", *, stratum: str = "tous") -> pd.Series:
    """Precision of `model` less that of `against` by day, in order, where both are defined."""
    wide = precisions(figures, cut, stratum=stratum).reindex(columns=[model, against])
    return (wide[model] - wide[against]).dropna()


def precisions(figures: pd.DataFrame, cut: str = "capacite", *, stratum: str = "tous") -> pd.DataFrame:
    """Mean precision over the orders of the tie: one row a day, one column a model."""
    return by_day(figures, "precision", cut, stratum)


def by_day(figures: pd.DataFrame, column: str, cut: str, stratum: str) -> pd.DataFrame:
    """One column of the figures side by side: one row a day, one column a model."""
    kept = figures[(figures["cut"] == cut) & (figures["stratum"] == stratum)]
    return kept.pivot(index="as_of", columns="model", values=column).astype("float64").sort_index()


def block_length(days: pd.Index, horizon: int) -> int:
    """How many consecutive days share a window of `horizon` days and its closing; at most a third of them."""
    gap = int(pd.Series(pd.DatetimeIndex(days)).diff().dt.days.median())
    return max(1, min(ceil((horizon + CLOSING_DAYS) / gap), len(days) // 3))


def _reach_of_days(days: pd.Series, length: int) -> Floats:
    """Distance from the mean down to the lower bound and up to the upper one, blocks of `length` days drawn again.

    A bootstrap of n/length blocks is too narrow by the square root of 1 − length/n, and by Student's law against the normal one.
    """
    blocks = len(days) / length
    widened = t.ppf(TAILS[1], blocks - 1) / norm.ppf(TAILS[1]) / sqrt(1 - 1 / blocks)
    drawn = _day_weights(len(days), length) @ days.to_numpy() / len(days)
    return _reach(drawn - days.mean()) * widened


@cache
def _day_weights(days: int, length: int) -> Floats:
    """How often each day is drawn, by blocks that start anywhere and go round so that no day is favoured; one line a draw."""
    starts = np.random.default_rng(SEED).integers(0, days, size=(DRAWS, ceil(days / length)))
    taken = ((starts[:, :, None] + np.arange(length)) % days).reshape(DRAWS, -1)[:, :days]
    return np.array([np.bincount(draw, minlength=days) for draw in taken], dtype="float64")


def _reach_of_households(listed: pd.DataFrame, model: str, against: str, days: pd.Index) -> Floats:
    """The same distances when households are drawn again, the days staying as they are."""
    rows = listed[listed["as_of"].isin(days) & listed["model"].isin([model, against]) & (listed["label"] != UNKNOWN)]
    household, known = pd.factorize(rows["household_id"])
    table = np.hstack([_totals(rows, name, days, household, len(known)) for name in (model, against)])
    hits, labelled, hits_against, labelled_against = np.hsplit(_drawn_totals(table), 4)
    with np.errstate(invalid="ignore", divide="ignore"):
        difference = hits / labelled - hits_against / labelled_against
        means = np.nansum(difference, axis=1) / (~np.isnan(difference)).sum(axis=1)
    spread = means[1:] - means[0]
    return _reach(spread[~np.isnan(spread)])


def _totals(rows: pd.DataFrame, model: str, days: pd.Index, household: np.ndarray, households: int) -> Floats:
    """By household, its events then its labelled rows on the lists of `model`, one column a day."""
    chance = rows["chance"].where(rows["model"] == model, 0.0).to_numpy()
    day = days.get_indexer(pd.Index(rows["as_of"]))
    table = np.zeros((households, 2 * len(days)))
    np.add.at(table, (household, day), chance * (rows["label"] == 1).to_numpy())
    np.add.at(table, (household, len(days) + day), chance)
    return table


def _drawn_totals(table: Floats) -> Floats:
    """Sums over households: first each once, then as many as there are, drawn with replacement, one line a draw."""
    generator, households = np.random.default_rng(SEED), len(table)
    draws = [generator.integers(0, households, size=households) for _ in range(DRAWS)]
    return np.vstack([table.sum(axis=0), *(np.bincount(draw, minlength=households) @ table for draw in draws)])


def _reach(spread: Floats) -> Floats:
    low, high = np.quantile(spread, TAILS)
    return np.array([-low, high])
