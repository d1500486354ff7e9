"""Which rows fill a unit's list: its capacity, fixed before, shared between the two scores.

Seven places in ten go to drift and three to loss of contact; places one side cannot fill go to the other. At least a tenth of the
places are kept for households that lose contact without owing anything, when there are any: no balance would ever show them.
"""

from dataclasses import dataclass
from math import ceil

import pandas as pd

from riskmodel.weekly.cohort import is_without_debt
from riskmodel.weekly.edition import Edition

DRIFT_SHARE = 0.7
WITHOUT_DEBT_SHARE = 0.1


@dataclass(frozen=True)
class Selection:
    """Households chosen for the two scored tabs, in order, and those left beyond the capacity."""

    drift: pd.DataFrame
    contact: pd.DataFrame
    drift_left: pd.DataFrame
    contact_left: pd.DataFrame


def select(unit: pd.DataFrame, capacity: int, edition: Edition) -> Selection:
    """Fill `capacity` places from the households of a unit that stand on a scored tab."""
    drift, contact = (
        ranked(unit[unit["tab"] == "derive"], "derive", edition),
        ranked(unit[unit["tab"] == "decrochage"], "decrochage", edition),
    )
    for_drift, for_contact = _places(len(drift), len(contact), capacity)
    chosen = _with_reserve(contact, for_contact, ceil(WITHOUT_DEBT_SHARE * capacity))
    return Selection(drift[:for_drift], contact[chosen], drift[for_drift:], contact[~chosen])


def ranked(rows: pd.DataFrame, score: str, edition: Edition) -> pd.DataFrame:
    """By score, then the longest time without an exchange (never comes first), then by lot."""
    silence = rows["days_since_two_way"].astype("Float64").fillna(float("inf"))
    lots = pd.Series([edition.lot(lease) for lease in rows["lease_id"]], index=rows.index, dtype="object")
    keyed = rows.assign(_silence=silence, _lot=lots)
    return keyed.sort_values([score, "_silence", "_lot"], ascending=[False, False, True]).drop(columns=["_silence", "_lot"])


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
