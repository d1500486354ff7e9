"""Where to cut a column when no law or trade says: a shallow monotone tree over human numbers, on training rows only."""

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from riskmodel.fit.gathering import Counted

LEAVES = 6
LEAF_SHARE = 0.02
LEVELS = 40
LEAST_GAIN = 1e-6
"""Of impurity: enough to tell a gain from the rounding of equal rates."""
SIGNS = {"up": 1, "down": -1, "free": 0}


def human_grid(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """At most about forty numbers at which a person would cut these values: quantiles, rounded to a tenth of the order of
    magnitude of their spread."""
    known = np.isfinite(values)
    seen, where = np.unique(values[known], return_inverse=True)
    if len(seen) < 2:
        return np.empty(0)
    reached = np.cumsum(np.bincount(where, weights=weights[known]))
    marks = np.searchsorted(reached, np.linspace(0, 1, LEVELS + 1)[1:-1] * reached[-1], side="left")
    quantiles = seen[np.minimum(marks, len(seen) - 1)]
    spread = quantiles[-1] - quantiles[0] or seen[-1] - seen[0]
    unit = 10.0 ** (np.floor(np.log10(spread)) - 1)
    grid = np.unique(np.round(np.round(quantiles / unit) * unit, 12))
    return grid[(grid > seen[0]) & (grid <= seen[-1])]


def levels(values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """How many of `bounds` each value reaches (a bound belongs to the row above it); −1 where the value is unknown."""
    return np.where(np.isnan(values), -1, np.searchsorted(bounds, values, side="right"))


def choose(level: np.ndarray, seen: Counted, grid: np.ndarray, sign: str, fewest: float) -> np.ndarray:
    """The bounds of `grid` that a monotone tree of at most six leaves keeps, each leaf with two rows in a hundred and at least
    `fewest` events and as many non-events; `level` is what `levels` gives on `grid`."""
    known = level >= 0
    size = len(grid) + 1
    events = np.bincount(level[known], weights=seen.events[known], minlength=size)
    others = np.bincount(level[known], weights=seen.others[known], minlength=size)
    edges = _tree_edges(events, others, SIGNS[sign])
    return grid[_with_enough(edges, events, others, fewest)]


def _tree_edges(events: np.ndarray, others: np.ndarray, monotone: int) -> np.ndarray:
    """Positions in the grid at which the tree cuts."""
    filled = np.flatnonzero(events + others)
    if len(filled) < 2 or not events.sum() or not others.sum():
        return np.empty(0, dtype=np.int64)
    rows = np.concatenate([filled, filled])[:, None].astype(float)
    target = np.repeat([1, 0], len(filled))
    weights = np.concatenate([events[filled], others[filled]])
    tree = DecisionTreeClassifier(
        max_leaf_nodes=LEAVES,
        min_weight_fraction_leaf=LEAF_SHARE,
        min_impurity_decrease=LEAST_GAIN,
        monotonic_cst=[monotone],
        random_state=0,
    ).fit(rows, target, sample_weight=weights)
    thresholds = np.sort(tree.tree_.threshold[tree.tree_.feature >= 0])
    return filled[np.searchsorted(filled, thresholds, side="right")] - 1


def _with_enough(edges: np.ndarray, events: np.ndarray, others: np.ndarray, fewest: float) -> np.ndarray:
    """Edges left once every bin short of events or of non-events has joined the neighbour whose rate is nearest."""
    while len(edges):
        starts = np.concatenate([[0], edges + 1])
        in_bin, out_bin = np.add.reduceat(events, starts), np.add.reduceat(others, starts)
        poorest = int(np.argmin(np.minimum(in_bin, out_bin)))
        if min(in_bin[poorest], out_bin[poorest]) >= fewest:
            break
        edges = np.delete(edges, _nearest(in_bin / np.maximum(in_bin + out_bin, 1e-12), poorest))
    return edges


def _nearest(rates: np.ndarray, bin_: int) -> int:
    """The edge between a bin and the neighbour whose rate is nearest."""
    if bin_ == 0:
        return 0
    if bin_ == len(rates) - 1:
        return bin_ - 1
    return bin_ - 1 if abs(rates[bin_] - rates[bin_ - 1]) <= abs(rates[bin_] - rates[bin_ + 1]) else bin_
