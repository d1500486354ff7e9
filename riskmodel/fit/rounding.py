"""From real sums of steps to integer points that add up: the largest possible total is exactly the one announced."""

import numpy as np

Integers = np.ndarray
NOTHING = 1e-6


def points(sums: list[np.ndarray], total: int) -> list[Integers]:
    """Integer points of each column's rows: the sums, scaled so that the columns' largest add up to `total`.

    Sums are rounded, not steps, so that a row stays within half a point of its real value; the largest of each column are
    rounded together (largest remainders, first column on ties) so that they add up exactly, and no row goes above its column's.
    Sums that are all nought (a millionth in all, on the logit scale) give points that are all 0.
    """
    tops = np.array([column.max() for column in sums])
    if tops.sum() <= NOTHING:
        return [np.zeros(len(column), dtype=np.int64) for column in sums]
    scale = total / tops.sum()
    whole = _shared(tops * scale, total)
    return [_rounded(column * scale, int(top)) for column, top in zip(sums, whole, strict=True)]


def _shared(real: np.ndarray, total: int) -> Integers:
    low = np.floor(real + 1e-9).astype(np.int64)
    spare = total - int(low.sum())
    first = np.argsort(-(real - low), kind="stable")[:spare]
    low[first] += 1
    return low


def _rounded(column: np.ndarray, top: int) -> Integers:
    rounded = np.minimum(np.floor(column + 0.5).astype(np.int64), top)
    rounded[column >= column.max()] = top
    return rounded


def merged(cuts: np.ndarray, rows: Integers) -> tuple[np.ndarray, Integers]:
    """Cuts and rows without the cuts on both sides of which the points are the same."""
    kept = np.flatnonzero(np.diff(rows))
    return cuts[kept], np.concatenate([rows[:1], rows[1:][kept]])
