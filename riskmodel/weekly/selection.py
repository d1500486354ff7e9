"""Which rows fill a unit's list: its capacity, fixed before, shared between the two scores and a small draw.

Seven places in ten go to drift and three to loss of contact; places one side cannot fill go to the other. At least a tenth of the
places are kept for households that lose contact without owing anything, when there are any: no balance would ever show them.
"""

from dataclasses import dataclass, replace
from math import ceil

import pandas as pd

from riskmodel.weekly.cohort import is_without_debt
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.exploration import Draw, draw, mixed, places, seed, strata

DRIFT_SHARE = 0.7
WITHOUT_DEBT_SHARE = 0.1


@dataclass(frozen=True)
class Selection:
    """Households of the two scored tabs in the order shown, those left beyond the capacity, the unit with the tab of each
    household (drawn ones moved to theirs), and who was drawn: known to the register, shown nowhere."""

    drift: pd.DataFrame
    contact: pd.DataFrame
    drift_left: pd.DataFrame
    contact_left: pd.DataFrame
    unit: pd.DataFrame
    draws: tuple[Draw, ...]


def select(unit: pd.DataFrame, capacity: int, edition: Edition) -> Selection:
    """Fill `capacity` places from the households of a unit: the best of each scored tab, and the declared share drawn outside.

    Places that the draw cannot use go back to the best. A household drawn for a flag that is muted is drawn all the same, so that
    what it stands for is estimated, but it is not shown and its place stays empty: a row more would be one that could be drawn.
    """
    wanted = places(capacity)
    top = _best(unit, capacity - wanted, capacity, edition)
    taken = [*top.drift["lease_id"], *top.contact["lease_id"]]
    landlord_id, name = edition.landlord.landlord_id, str(unit["management_unit"].iloc[0])
    draws = draw(strata(unit, taken), wanted, landlord_id, edition.week, name)
    drawn = {one.lease_id for one in draws}
    best = _best(unit[~unit["lease_id"].isin(drawn)], capacity - len(drawn), capacity, edition)
    tabs = {one.lease_id: one.score for one in reversed(draws) if (one.lease_id, one.score) not in edition.muted}
    is_drawn = unit["lease_id"].isin(list(tabs))
    moved = unit.assign(
        tab=unit["lease_id"].map(tabs).astype("object").where(is_drawn, unit["tab"]), why=unit["why"].mask(is_drawn)
    )
    if not wanted:
        return replace(best, unit=moved)
    lot, among = seed(landlord_id, edition.week, name), moved[is_drawn]
    shown = {
        tab: mixed(rows, among[among["tab"] == tab], lot) for tab, rows in (("derive", best.drift), ("decrochage", best.contact))
    }
    return replace(best, drift=shown["derive"], contact=shown["decrochage"], unit=moved, draws=draws)


def _best(unit: pd.DataFrame, room: int, capacity: int, edition: Edition) -> Selection:
    """The first `room` households, with the reserve that the whole `capacity` gives to loss of contact without debt."""
    drift, contact = (ranked(unit[unit["tab"] == tab], tab, edition) for tab in ("derive", "decrochage"))
    for_drift, for_contact = _places(len(drift), len(contact), room)
    chosen = _with_reserve(contact, for_contact, ceil(WITHOUT_DEBT_SHARE * capacity))
    return Selection(drift[:for_drift], contact[chosen], drift[for_drift:], contact[~chosen], unit, ())


def ranked(rows: pd.DataFrame, score: str, edition: Edition) -> pd.DataFrame:
    """By score, then the longest time without an exchange (never comes first), then by lot; where a rule serves, by its value and
    then by lot, as it was measured."""
    lots = pd.Series([edition.lot(lease) for lease in rows["lease_id"]], index=rows.index, dtype="object")
    silence = rows["days_since_two_way"].astype("Float64").fillna(float("inf"))
    keys = [f"rule_{score}"] if edition.rule(score) else [score, "_silence"]
    ordered = rows.assign(_silence=silence, _lot=lots).sort_values([*keys, "_lot"], ascending=[False] * len(keys) + [True])
    return ordered.drop(columns=["_silence", "_lot"])


def _places(drift: int, contact: int, capacity: int) -> tuple[int, int]:
    """Places for each score; what one side leaves goes to the other."""
    own = round(DRIFT_SHARE * capacity)
    for_contact = min(contact, capacity - min(drift, own))
    return min(drift, capacity - for_contact), for_contact


def _with_reserve(contact: pd.DataFrame, places: int, reserve: int) -> pd.Series:
    """A mask on `contact`: the first households without debt up to the reserve, then the others in order."""
    free = is_without_debt(contact)
    reserved = free & (free.cumsum() <= min(reserve, places))
    others = ~reserved
    return reserved | (others & (others.cumsum() <= places - int(reserved.sum())))
