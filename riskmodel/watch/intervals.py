"""Shares, ratios and counts with their intervals. The same household comes back from one day to the next: it is counted once as
evidence, whatever the number of its rows (linearised variance over households, Wilson's form, closed formulas, no draw).
"""

from dataclasses import dataclass
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


def sums(rows: pd.DataFrame, numerator: pd.Series, denominator: pd.Series, by: str) -> pd.DataFrame:
    """Sums over households, a line a value of `by`: what `share` needs. Two sets of sums add up."""
    kept = pd.DataFrame({"by": rows[by], "who": rows["household_id"], "a": numerator, "b": denominator})
    kept = kept.astype({"a": "float64", "b": "float64"})[denominator.astype("float64") > 0]
    kept["rows_squared"] = kept["b"] ** 2
    each = kept.groupby(["by", "who"], observed=True).sum()
    each = each.assign(aa=each["a"] ** 2, ab=each["a"] * each["b"], bb=each["b"] ** 2, households=1)
    return each.groupby(level="by", observed=True).sum()


def share(found: pd.Series) -> Share:
    """A share from one line of `sums`, or from a sum of lines."""
    a, b, households = float(found["a"]), float(found["b"]), int(found["households"])
    if households == 0 or b <= 0:
        return Share(0.0, 0.0, 0, nan, 0.0)
    value = a / b
    spread = float(found["aa"]) - 2 * value * float(found["ab"]) + value**2 * float(found["bb"])
    variance = spread / b**2 * households / max(households - 1, 1)
    independent = b**2 / float(found["rows_squared"])
    sample = min(value * (1 - value) / variance, independent) if variance > 1e-15 else min(households, independent)
    return Share(a, b, households, value, sample)


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
