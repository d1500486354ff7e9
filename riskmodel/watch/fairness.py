"""Figures by group, with intervals, against limits written before. Rows of matured days come in, joined to groups in memory; only
counts and shares come out, never a lease.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import isnan, nan
from typing import Any

import pandas as pd

from riskmodel.watch.attributes import ATTRIBUTES, UNKNOWN, order_of
from riskmodel.watch.intervals import Crossing, Evidence, crossing, excludes_one, median, ratio
from riskmodel.watch.limits import Limits
from riskmodel.watch.metrics import LEAD, METRICS, Metric, marked

ALL = "tous"
FEW, REFUSED, WITHIN, UNSURE, OUTSIDE, PLAIN = "few", "refused", "within", "unsure", "outside", ""
READINGS = {
    FEW: "trop peu pour dire",
    REFUSED: "refusé : ni tout le monde ni un tirage n'a été suivi",
    WITHIN: "dans les limites",
    UNSURE: "hors limites, peut être un hasard",
    OUTSIDE: "hors limites",
    PLAIN: "",
}


@dataclass(frozen=True)
class Figure:
    """One metric of one group. `ratio` is to all other households; `sure_low` and `sure_high` bound it at the confidence held
    for all judged groups together; `reading` is a key of READINGS."""

    attribute: str
    group: str
    metric: str
    numerator: float
    denominator: float
    households: int
    value: float
    low: float
    high: float
    ratio: float = nan
    ratio_low: float = nan
    ratio_high: float = nan
    sure_low: float = nan
    sure_high: float = nan
    reading: str = PLAIN


def fairness(rows: pd.DataFrame, groups: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Every metric of every group, a line each, the whole first (attribute and group « tous »).

    `rows`: one row a day and household asked, with `as_of`, `lease_id`, `household_id`, `listed`, `repeated` (listed on the day
    before too), `event` (1, 0, or missing when not to be used), `lead_days`, `attempts`, `answers`, `helped` (missing when nobody
    decided) and `weight` (1 where everyone's outcome is known, the inverse of the chance of being drawn, 0 outside a draw).
    `groups`: `as_of`, `lease_id` and one column an attribute. The join lives in this function only.
    """
    joined = marked(rows).merge(groups, on=["as_of", "lease_id"], how="left", validate="one_to_one")
    joined = joined.assign(**{ALL: ALL})
    present = [name for name in ATTRIBUTES if name in groups]
    joined[present] = joined[present].fillna(UNKNOWN)
    crossed = {name: crossing(joined[name], joined["household_id"]) for name in (ALL, *present)}
    found = [figure for metric in METRICS.values() for figure in _metric(joined, metric, crossed, limits)]
    found += [figure for attribute in crossed for figure in _leads(joined, attribute, limits)]
    return pd.DataFrame([asdict(figure) for figure in found])


def _metric(joined: pd.DataFrame, metric: Metric, crossed: dict[str, Crossing], limits: Limits) -> list[Figure]:
    """A metric for every group. Groups are judged together: the more of them, the surer each has to be."""
    weight = joined["weight"] if metric.is_weighted else 1.0
    numerator, denominator = joined[metric.numerator] * weight, joined[metric.denominator] * weight
    known = {name: crossed[name].evidence(numerator, denominator) for name in crossed}
    total = known[ALL].get(ALL, Evidence())
    is_refused = metric.is_weighted and not (joined["weight"] > 0).any()
    judged = sum(_is_enough(own, total, limits) for name in crossed if name != ALL for own in known[name].values())
    level = 1 - (1 - limits.confidence) / max(judged, 1)
    return [
        _figure(name, group, metric, known[name].get(group, Evidence()), total, limits, level, is_refused)
        for name in crossed
        for group in ordered(joined, name)
    ]


def lines(frame: pd.DataFrame) -> Iterable[Any]:
    """A frame's lines, their columns as attributes."""
    return frame.itertuples(index=False)


def ordered(frame: pd.DataFrame, attribute: str) -> list[str]:
    """The groups of an attribute that are there, in the order people expect."""
    return sorted(frame[attribute].unique(), key=lambda group: order_of(attribute, group))


def _figure(
    attribute: str,
    group: str,
    metric: Metric,
    known: Evidence,
    total: Evidence,
    limits: Limits,
    level: float,
    is_refused: bool,
) -> Figure:
    own = known.share()
    head = (attribute, group, metric.name, own.numerator, own.denominator, own.households, own.value)
    low, high = own.bounds(limits.confidence)
    if is_refused:
        return Figure(*head, low, high, reading=REFUSED)
    if attribute == ALL:
        return Figure(*head, low, high, reading=PLAIN if own.households >= limits.fewest else FEW)
    rest = (total - known).share()
    compared, sure = ratio(own, rest, limits.confidence), ratio(own, rest, level)
    reading = _reading(compared[0], sure[1:], limits) if metric.name in limits.order else PLAIN
    is_enough = _is_enough(known, total, limits)
    return Figure(*head, low, high, *compared, *sure[1:], reading=reading if is_enough else FEW)


def _is_enough(own: Evidence, total: Evidence, limits: Limits) -> bool:
    """Enough distinct households in the group and outside it."""
    return own.households >= limits.fewest and total.households - own.households >= limits.fewest


def _reading(value: float, sure: tuple[float, float], limits: Limits) -> str:
    if isnan(value):
        return FEW
    if limits.low <= value <= limits.high:
        return WITHIN
    return OUTSIDE if excludes_one(*sure) else UNSURE


def _leads(joined: pd.DataFrame, attribute: str, limits: Limits) -> list[Figure]:
    """Days of notice, the earliest of each household that was listed in time."""
    caught = joined[joined["caught"] > 0].sort_values("as_of").drop_duplicates("household_id")
    found = []
    for group in ordered(joined, attribute):
        days = caught.loc[caught[attribute] == group, "lead_days"].astype("Float64")
        figures = median(days, limits.confidence)
        reading = PLAIN if len(days) >= limits.fewest else FEW
        found.append(Figure(attribute, group, LEAD, float(len(days)), float(len(days)), len(days), *figures, reading=reading))
    return found


def published(figures: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """The figures as they may be printed: cells of fewer than `small_cell` households blanked, and in an attribute where a single
    one is, the next smallest too, so that it cannot be found by subtraction."""
    hidden = figures["households"].between(1, limits.small_cell - 1)
    for _, cells in figures.groupby(["attribute", "metric"]):
        seen = cells[~hidden[cells.index] & (cells["households"] > 0)]
        if hidden[cells.index].sum() == 1 and len(seen):
            hidden |= hidden.index == seen["households"].idxmin()
    blank = ["numerator", "denominator", "value", "low", "high", "ratio", "ratio_low", "ratio_high", "sure_low", "sure_high"]
    shown = figures.assign(is_hidden=hidden).copy()
    shown.loc[hidden, blank] = nan
    shown.loc[hidden, "households"] = 0
    shown.loc[hidden, "reading"] = FEW
    return shown
