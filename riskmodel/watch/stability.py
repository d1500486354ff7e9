"""What moves: the households a table reads, the list from one day to the next, and how often people decide otherwise."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

from riskmodel.score import PublishedTable
from riskmodel.score.points import Input
from riskmodel.watch.intervals import wilson

SCORE = "score"
BANDS = np.arange(10, 100, 10)
"""Lower bounds of the bands of a score, the lowest left out: tens, which a reader finds on any list."""


@dataclass(frozen=True)
class Stability:
    """`shifts`: a line an input and the score, with PSI, what chance alone would give on average (`chance`) and one
    time in twenty (`chance_high`), and the share unknown before and now.
    `overlap`: share of each day's list that the day before held. `overrides`: a line a unit, decisions against the flag."""

    shifts: pd.DataFrame
    overlap: pd.DataFrame
    overrides: pd.DataFrame


def stability(
    table: PublishedTable,
    reference: pd.DataFrame,
    current: pd.DataFrame,
    listed: pd.DataFrame,
    decisions: pd.DataFrame,
    level: float,
) -> Stability:
    """`reference` and `current` hold the table's inputs, `score` and `household_id` of those asked on the days compared;
    `listed` is `as_of`, `lease_id` of the listed; `decisions` is `management_unit`, `is_against` of the decided rows."""
    return Stability(shifts(table, reference, current), overlap(listed), overrides(decisions, level))


def shifts(table: PublishedTable, reference: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Population stability of every input in the table's own rows, « unknown » being one of them, and of the score in tens."""
    households = reference["household_id"].nunique(), current["household_id"].nunique()
    before, now = (np.digitize(frame[SCORE].astype(int), BANDS) for frame in (reference, current))
    lines = [_line(SCORE, f"Score « {table.title} »", before, now, len(BANDS) + 1, households)]
    for entry in table.inputs:
        before, now = (binned(entry, frame[entry.feature]) for frame in (reference, current))
        unknown = {"unknown_before": _share(before == len(entry.rows)), "unknown_now": _share(now == len(entry.rows))}
        lines.append(_line(entry.feature, entry.label, before, now, len(entry.rows) + 1, households) | unknown)
    return pd.DataFrame(lines)


def binned(entry: Input, column: pd.Series) -> np.ndarray:
    """The rank of the row each value falls in; one past the last for unknown."""
    values = column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    bounds = [row.low for row in entry.rows if row.low is not None]
    return np.where(np.isnan(values), len(entry.rows), np.searchsorted(bounds, values, side="right"))


def _line(
    name: str, label: str, before: np.ndarray, now: np.ndarray, bins: int, households: tuple[int, int]
) -> dict[str, object]:
    counts = [np.bincount(ranks, minlength=bins) for ranks in (before, now)]
    used = int(((counts[0] + counts[1]) > 0).sum())
    by_chance = chance(used, *households)
    return {
        "input": name,
        "label": label,
        "psi": psi(*counts),
        "chance": by_chance,
        "chance_high": rarely(by_chance, used),
        "unknown_before": 0.0,
        "unknown_now": 0.0,
    }


def psi(before: np.ndarray, now: np.ndarray) -> float:
    """Population stability index of two counts by bin; half a row is added to each."""
    used = (before + now) > 0
    if not (before.sum() and now.sum()):
        return float("nan")
    p, q = ((counts[used] + 0.5) / (counts[used] + 0.5).sum() for counts in (before, now))
    return float(((q - p) * np.log(q / p)).sum())


def chance(bins: int, before: int, now: int) -> float:
    """What sampling alone gives on average: (bins − 1)(1/n + 1/m)."""
    return (bins - 1) * (1 / before + 1 / now) if before and now else float("nan")


def rarely(by_chance: float, bins: int) -> float:
    """What chance alone exceeds one time in twenty: a PSI of equal populations is spread like a chi-squared."""
    free = max(bins - 1, 1)
    return by_chance * float(stats.chi2.ppf(0.95, free)) / free


def overlap(listed: pd.DataFrame) -> pd.DataFrame:
    """A line a day but the first: `listed` households and the share of them that the day before listed too."""
    by_day = {day: set(rows["lease_id"]) for day, rows in listed.groupby("as_of", sort=True)}
    lines = [(day, len(by_day[day]), len(by_day[day] & by_day[last]) / len(by_day[day])) for last, day in pairwise(by_day)]
    return pd.DataFrame(lines, columns=["as_of", "listed", "kept"])


def overrides(decisions: pd.DataFrame, level: float) -> pd.DataFrame:
    """A line a unit, and « tous » first: `decided` rows, share decided against the flag, its interval."""
    units = [(str(unit), rows) for unit, rows in decisions.groupby("management_unit", sort=True)]
    return pd.DataFrame([_override(unit, rows, level) for unit, rows in [("tous", decisions), *units]])


def _override(unit: str, rows: pd.DataFrame, level: float) -> dict[str, object]:
    value = float(rows["is_against"].mean()) if len(rows) else float("nan")
    low, high = wilson(value, len(rows), level)
    return {"management_unit": unit, "decided": len(rows), "against": value, "low": low, "high": high}


def _share(mask: np.ndarray) -> float:
    return float(mask.mean()) if len(mask) else float("nan")
