"""One fit: a candidate table, or its boosted challenger, on the days and households it may learn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier

from riskmodel.fit.catalogue import Candidate
from riskmodel.fit.cuts import SIGNS, choose, levels
from riskmodel.fit.estimator import PointsTable
from riskmodel.fit.gathering import Counted
from riskmodel.fit.history import FOLDS, HORIZONS, History
from riskmodel.fit.solving import lines

BIN_EVENTS = 30
FLATTEST_LINK = 1e-3
BOOSTING: dict[str, Any] = {
    "learning_rate": 0.08,
    "max_iter": 100,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
"""Declared once and never tuned on a landlord: moderate, so that the challenger is not weak by memory of a few rows."""

Link = tuple[float, float]


@dataclass(frozen=True)
class Training:
    """Days a fit may learn from, and the fifth of households it may not see (none when it may see all)."""

    days: Sequence[int]
    horizon: int = 90
    without_fold: int | None = None

    def mask(self, history: History) -> np.ndarray:
        """The rows that may be learned from."""
        rows = history.rows(self.horizon, self.days)
        return rows if self.without_fold is None else rows & (history.fold != self.without_fold)


def columns(history: History, candidate: Candidate) -> list[int]:
    """Places of a candidate's inputs among those of the history."""
    known = [entry.feature for entry in history.entries]
    return [known.index(entry.feature) for entry in candidate.entries]


def fit_table(history: History, candidate: Candidate, training: Training) -> PointsTable:
    """The candidate's points table on the rows of `training`."""
    seen = history.counted(training.horizon, training.mask(history), history.value_of, len(history.values))
    values = history.values[:, columns(history, candidate)]
    table = PointsTable(
        cuts=[_cuts(candidate, values[:, j], seen, j) for j in range(values.shape[1])],
        signs=[entry.sign for entry in candidate.entries],
        unknown=[entry.unknown_points for entry in candidate.entries],
        penalty=candidate.penalty,
    )
    return table.fit(*_weighted(values, seen))


def fit_boosted(history: History, candidate: Candidate, training: Training, is_monotone: bool) -> HistGradientBoostingClassifier:
    """Boosted trees on the same rows and columns as the candidate, values as they are; signs kept when `is_monotone`."""
    seen = history.counted(training.horizon, training.mask(history), history.raw_of, len(history.raw))
    signs = [SIGNS[entry.sign] for entry in candidate.entries] if is_monotone else None
    rows, target, weights = _weighted(history.raw[:, columns(history, candidate)], seen)
    return HistGradientBoostingClassifier(**BOOSTING, monotonic_cst=signs).fit(rows, target, sample_weight=weights)


def totals(history: History, candidate: Candidate, table: PointsTable) -> np.ndarray:
    """The score of each row of the history."""
    return np.asarray(table.total_of(history.values[:, columns(history, candidate)])[history.value_of])


def scores_out_of_fold(history: History, candidate: Candidate, days: Sequence[int], horizon: int = 90) -> np.ndarray:
    """The score each row gets from a table that never saw its household."""
    found = np.zeros(len(history.day), dtype=np.int64)
    for fold in range(FOLDS):
        table = fit_table(history, candidate, Training(days, horizon, fold))
        own = history.fold == fold
        found[own] = totals(history, candidate, table)[own]
    return found


def links(history: History, scores: np.ndarray, days: dict[int, Sequence[int]], total: int) -> dict[int, Link]:
    """For each horizon the line a + b × score of its log-odds, from the rows of its own `days`; the three never cross."""
    seen = [history.counted(h, history.rows(h, days[h]), scores, total + 1) for h in HORIZONS]
    steps = np.arange(total + 1, dtype=float)
    return dict(zip(HORIZONS, lines([steps] * len(HORIZONS), seen, total, FLATTEST_LINK), strict=True))


def link(history: History, scores: np.ndarray, training: Training, total: int) -> Link:
    """The line of one horizon alone, from the rows of `training`."""
    seen = history.counted(training.horizon, training.mask(history), scores, total + 1)
    return lines([np.arange(total + 1, dtype=float)], [seen], total, FLATTEST_LINK)[0]


def probability(line: Link, scores: np.ndarray) -> np.ndarray:
    """Probability of the event at each score."""
    return np.asarray(expit(line[0] + line[1] * scores))


def _cuts(candidate: Candidate, values: np.ndarray, seen: Counted, rank: int) -> np.ndarray:
    entry = candidate.entries[rank]
    if candidate.way == "metier":
        return np.asarray(entry.cuts)
    grid = np.asarray(entry.grid)
    return choose(levels(values, grid), seen, grid, entry.sign, BIN_EVENTS)


def _weighted(values: np.ndarray, seen: Counted) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each distinct row once with the event and once without, weighted by how often."""
    rows = np.vstack([values[seen.others > 0], values[seen.events > 0]])
    counts = np.concatenate([seen.others[seen.others > 0], seen.events[seen.events > 0]])
    return rows, np.repeat([0, 1], [int((seen.others > 0).sum()), int((seen.events > 0).sum())]), counts
