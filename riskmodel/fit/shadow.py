"""The price of transparency: boosted trees on the same rows, columns and days as the table, in shadow, never on a list."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from riskmodel.fit.catalogue import Candidate
from riskmodel.fit.history import EVENT, FOLDS, NOT_KNOWN, History
from riskmodel.fit.measures import calibration_error, order_measures
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
    """Table and challengers on the last test days, by time and by time and household.

    One row a split and model: `split`, `model`, `precision`, `average_precision`, `auc` (means of the days), `calibration_error`
    (all the days' rows together: on one day chance would hide it).
    """
    days = tests[-SHADOW_DAYS:]
    return pd.DataFrame(
        [
            {"split": split, "model": model, **_measured(history, candidate, days, model, split != "temps", places)}
            for split in ("temps", "temps_et_menage")
            for model in MODELS
        ]
    )


def calibration(history: History, candidate: Candidate, tests: Sequence[int]) -> float:
    """Calibration error of the candidate's table over all test days together, on new days and new households."""
    parts = [_day(history, candidate, day, "points", True) for day in tests]
    return calibration_error(*(np.concatenate(found) for found in zip(*parts, strict=True)))


def _measured(
    history: History, candidate: Candidate, days: Sequence[int], model: str, by_household: bool, places: int
) -> dict[str, float]:
    parts = [_day(history, candidate, day, model, by_household) for day in days]
    means = pd.DataFrame([order_measures(value, is_event, places) for value, is_event in parts]).mean().to_dict()
    together = calibration_error(*(np.concatenate(found) for found in zip(*parts, strict=True)))
    return {str(name): float(value) for name, value in means.items()} | {"calibration_error": together}


def _day(history: History, candidate: Candidate, day: int, model: str, by_household: bool) -> tuple[np.ndarray, np.ndarray]:
    """What the model says of a day's rows whose outcome is known, and that outcome."""
    outcome = history.outcome[90][history.day == day]
    value = predicted(history, candidate, day, model, 90, by_household)
    return value[outcome != NOT_KNOWN], (outcome[outcome != NOT_KNOWN] == EVENT).astype(float)
