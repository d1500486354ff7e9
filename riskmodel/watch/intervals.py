"""Shares, ratios and counts with their intervals. The same household comes back from one day to the next: it is counted once as
evidence, whatever the number of its rows (linearised variance over households, Wilson's form, closed formulas, no draw).
"""

from dataclasses import astuple, dataclass
from math import inf, nan, sqrt

import numpy as np
import pandas as pd
from scipy import stats


@dataclass(frozen=True)
class Share:
    """`numerator` over `denominator` rows (weighted), from `households` distinct ones. Bounds are NaN when nothing is known."""

    numerator: float
    denominator: float
    households: int
    value: float
    sample: float

    def bounds(self, level: float) -> tuple[float, float]:
        """Wilson's interval at `level`, on the number of independent observations the rows are worth (`sample`)."""
        return wilson(self.value, self.sample, level)


@dataclass(frozen=True)
class Evidence:
    """Sums over households of what a share is made of: numerator, denominator, squares of the rows' denominators, and squares and
    products of the households' own sums. Evidence of disjoint groups adds up."""

    numerator: float = 0.0
    denominator: float = 0.0
    rows_squared: float = 0.0
    aa: float = 0.0
    ab: float = 0.0
    bb: float = 0.0
    households: float = 0.0

    def __sub__(self, part: "Evidence") -> "Evidence":
        """What remains without a part of it."""
        return Evidence(*(mine - theirs for mine, theirs in zip(astuple(self), astuple(part), strict=True)))

    def share(self) -> Share:
        """The share, and how many independent observations its rows are worth."""
        a, b, households = self.numerator, self.denominator, int(self.households)
        if households == 0 or b <= 0:
            return Share(0.0, 0.0, 0, nan, 0.0)
        value = a / b
        spread = self.aa - 2 * value * self.ab + value**2 * self.bb
        variance = spread / b**2 * households / max(households - 1, 1)
        independent = b**2 / self.rows_squared
        sample = min(value * (1 - value) / variance, independent) if variance > 1e-15 else min(households, independent)
        return Share(a, b, households, value, sample)


@dataclass(frozen=True)
class Crossing:
    """Rows crossed by group and household, found once for all metrics: the pair of each row, and the group of each pair."""

    names: tuple[str, ...]
    pair_of_row: np.ndarray
    group_of_pair: np.ndarray

    def evidence(self, numerator: pd.Series, denominator: pd.Series) -> dict[str, Evidence]:
        """Evidence of each group that has a row in the denominator."""
        a, b = (column.to_numpy(dtype=float) for column in (numerator, denominator))
        own = [np.bincount(self.pair_of_row, weights=column) for column in (a, b, b**2)]
        seen = own[1] > 0
        summed = [*own, own[0] ** 2, own[0] * own[1], own[1] ** 2, seen.astype(float)]
        by_group = [np.bincount(self.group_of_pair[seen], weights=column[seen], minlength=len(self.names)) for column in summed]
        return {
            name: Evidence(*(float(column[rank]) for column in by_group))
            for rank, name in enumerate(self.names)
            if by_group[-1][rank]
        }


def crossing(groups: pd.Series, households: pd.Series) -> Crossing:
    """The crossing of rows by group and household."""
    group, names = pd.factorize(groups)
    who, known = pd.factorize(households)
    pairs, pair_of_row = np.unique(group * max(len(known), 1) + who, return_inverse=True)
    return Crossing(tuple(str(name) for name in names), pair_of_row, pairs // max(len(known), 1))


def wilson(value: float, sample: float, level: float) -> tuple[float, float]:
    """Wilson's score interval of a share seen on `sample` independent observations."""
    if not sample > 0:
        return nan, nan
    z = float(stats.norm.ppf((1 + level) / 2))
    middle = (value + z * z / (2 * sample)) / (1 + z * z / sample)
    half = z / (1 + z * z / sample) * sqrt(value * (1 - value) / sample + z * z / (4 * sample * sample))
    return max(0.0, middle - half), min(1.0, middle + half)


def ratio(group: Share, rest: Share, level: float) -> tuple[float, float, float]:
    """A group's share over that of the rest, with its interval made from both shares' own (Donner and Zou's MOVER), which holds
    when one of them is zero. All NaN when either is unknown or the rest's is zero."""
    if not (group.sample > 0 and rest.sample > 0 and rest.value > 0):
        return nan, nan, nan
    p, q = group.value, rest.value
    (low, high), (rest_low, rest_high) = group.bounds(level), rest.bounds(level)
    return p / q, _bound(p, q, low, rest_high, -1), _bound(p, q, high, rest_low, +1)


def _bound(p: float, q: float, own: float, other: float, side: int) -> float:
    below = other * (2 * q - other)
    if below <= 0 and side > 0:
        return inf
    root = sqrt(max((p * q) ** 2 - own * (2 * p - own) * below, 0.0))
    if abs(below) < 1e-12:
        return own * (2 * p - own) / (2 * p * q) if p > 0 else 0.0
    return max(0.0, (p * q + side * root) / below)


def poisson(observed: int, expected: float, level: float) -> tuple[float, float, float]:
    """Observed over expected events with its exact (Garwood) interval."""
    if not expected > 0:
        return nan, nan, nan
    tail = (1 - level) / 2
    low = float(stats.chi2.ppf(tail, 2 * observed)) / 2 if observed else 0.0
    high = float(stats.chi2.ppf(1 - tail, 2 * observed + 2)) / 2
    return observed / expected, low / expected, high / expected


def median(values: pd.Series, level: float) -> tuple[float, float, float]:
    """Median with the interval given by order statistics (binomial ranks); NaN bounds below six values."""
    known = np.sort(values.dropna().to_numpy(dtype=float))
    n = len(known)
    if n == 0:
        return nan, nan, nan
    rank = int(stats.binom.ppf((1 - level) / 2, n, 0.5))
    low, high = (known[rank - 1], known[n - rank]) if rank >= 1 else (nan, nan)
    return float(np.median(known)), float(low), float(high)


def excludes_one(low: float, high: float) -> bool:
    """Whether an interval is clear of 1."""
    return low > 1 or high < 1
