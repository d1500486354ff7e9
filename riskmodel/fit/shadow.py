"""The price of transparency: boosted trees on the same rows, columns and days as the table, in shadow, never on a list."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from riskmodel.fit.catalogue import Candidate
from riskmodel.fit.history import EVENT, FOLDS, History
from riskmodel.fit.measures import measures
from riskmodel.fit.training import Training, columns, fit_boosted, fit_table, link, probability, totals

MODELS = ("points", "hgb", "hgb_monotone")
SHADOW_DAYS = 3
"""Last test days on which the challenger is run: each costs twelve boosted fits."""


def predicted(history: History, candidate: Candidate, day: int, model: str, horizon: int, by_household: bool) -> np.ndarray:
    """Probability of the event within `horizon` for every row of `day`, from fits on the days closed by then.

    `by_household`: in five fits, each on the households of the other four fifths.
    """
    rows = np.flatnonzero(history.day == day)
    found = np.empty(len(rows))
    for fold in range(FOLDS) if by_household else (None,):
        own = np.full(len(rows), True) if fold is None else history.fold[rows] == fold
        answer = _by_points if model == "points" else partial(_by_boosting, is_monotone=model == "hgb_monotone")
        found[own] = answer(history, candidate, history.days[day], horizon, fold, rows[own])
    return found


def _by_points(
    history: History, candidate: Candidate, test_day: date, horizon: int, fold: int | None, rows: np.ndarray
) -> np.ndarray:
    """One table for 90 days whatever the horizon, and the horizon's own link: what is served."""
    table = fit_table(history, candidate, Training(history.known_by(90, test_day), 90, fold))
    scores = totals(history, candidate, table)
    return probability(
        link(history, scores, Training(history.known_by(horizon, test_day), horizon, fold), table.total), scores[rows]
    )


def _by_boosting(
    history: History, candidate: Candidate, test_day: date, horizon: int, fold: int | None, rows: np.ndarray, is_monotone: bool
) -> np.ndarray:
    training = Training(history.known_by(horizon, test_day), horizon, fold)
    values = history.raw[history.raw_of[rows]][:, columns(history, candidate)]
    return np.asarray(fit_boosted(history, candidate, training, is_monotone).predict_proba(values)[:, 1])


def compare(history: History, candidate: Candidate, tests: Sequence[int], places: int) -> pd.DataFrame:
    """Table and challengers on the last test days, by time and by time and household, in the mean of the days.

    One row a split and model: `split`, `model`, `precision`, `average_precision`, `auc`, `calibration_error`.
    """
    measured = pd.DataFrame(list(_measured(history, candidate, tests[-SHADOW_DAYS:], places)))
    return measured.groupby(["split", "model"], sort=False, as_index=False).mean()


def _measured(history: History, candidate: Candidate, tests: Sequence[int], places: int) -> Iterator[dict[str, object]]:
    for day in tests:
        rows = np.flatnonzero(history.day == day)
        known = history.outcome[90][rows] >= 0
        is_event = (history.outcome[90][rows[known]] == EVENT).astype(float)
        for split in ("temps", "temps_et_menage"):
            for model in MODELS:
                value = predicted(history, candidate, day, model, 90, split != "temps")[known]
                yield {"split": split, "model": model, **measures(value, is_event, places)}
