"""The panel made small: every distinct set of values once, and who had it, when, with what outcome.

A hundred thousand households over two years say the same few thousand things again and again; a fit needs only how often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from riskmodel import outcomes
from riskmodel.fit.catalogue import Entry
from riskmodel.fit.cuts import levels
from riskmodel.fit.gathering import Counted, distinct
from riskmodel.outcomes import Score
from riskmodel.outcomes.labels import COHORTS

HORIZONS = (30, 90, 180)
SETTLED_DAYS = 15
"""Days after the horizon before a window is closed: a drift must have lasted so long to be one."""
FOLDS = 5
EVENT, NO_EVENT, NOT_KNOWN = 1, 0, -1


@dataclass(frozen=True)
class History:
    """Rows of the score's cohort, whether or not what happened next is known.

    `raw` holds the distinct rows of features as they were, `values` those distinct once every value is brought down to the
    number of its grid that it reaches (NaN where unknown); `raw_of` and `value_of` say which of them each row is. `outcome`
    gives, for each horizon, 1 event, 0 none, −1 not known. `day` indexes `days`; `fold` splits households in five.
    """

    entries: tuple[Entry, ...]
    raw: np.ndarray
    values: np.ndarray
    raw_of: np.ndarray
    value_of: np.ndarray
    day: np.ndarray
    days: tuple[date, ...]
    fold: np.ndarray
    lease: np.ndarray
    outcome: dict[int, np.ndarray]

    def closed(self, horizon: int) -> list[int]:
        """Days whose window of `horizon` days was watched to its end for somebody: until then events alone would be known."""
        return [int(day) for day in np.unique(self.day[self.outcome[horizon] == NO_EVENT])]

    def rows(self, horizon: int, among: Sequence[int]) -> np.ndarray:
        """A mask of the rows of the days `among` whose outcome is known."""
        return (self.outcome[horizon] != NOT_KNOWN) & np.isin(self.day, among)

    def known_by(self, horizon: int, test_day: date) -> list[int]:
        """Closed days whose whole window had ended by `test_day`: no window crosses a test date."""
        ends = timedelta(days=horizon + SETTLED_DAYS)
        return [day for day in self.closed(horizon) if self.days[day] + ends <= test_day]

    def counted(self, horizon: int, mask: np.ndarray, where: np.ndarray, size: int) -> Counted:
        """Events and non-events of the rows in `mask`, added up by `where` (a number below `size` for each row)."""
        happened = self.outcome[horizon][mask] == EVENT
        place = where[mask]
        return Counted(
            np.bincount(place[happened], minlength=size).astype(float),
            np.bincount(place[~happened], minlength=size).astype(float),
        )


def history(panel: pd.DataFrame, score: Score, entries: Sequence[Entry], treated: pd.DataFrame | None = None) -> History:
    """The panel of `outcomes.panel` as a History of the given inputs; households helped within a window teach nothing for it."""
    outcome = {h: _known(outcomes.labels(panel, score, h, treated)) for h in HORIZONS}
    asked = np.flatnonzero(panel[COHORTS[score]].astype("boolean").fillna(False).to_numpy(dtype=bool))
    kept = panel.take(asked)
    days, day = np.unique(pd.to_datetime(kept["as_of"]).to_numpy(dtype="datetime64[D]"), return_inverse=True)
    raw, raw_of = distinct(np.column_stack([_numbers(kept[entry.feature]) for entry in entries]))
    values, value_of_raw = distinct(np.column_stack([_on_grid(raw[:, j], entry.grid) for j, entry in enumerate(entries)]))
    return History(
        entries=tuple(entries),
        raw=raw,
        values=values,
        raw_of=raw_of,
        value_of=value_of_raw[raw_of],
        day=day,
        days=tuple(days.astype(object)),
        fold=_folds(kept),
        lease=kept["lease_id"].to_numpy(dtype=object),
        outcome={h: found[asked] for h, found in outcome.items()},
    )


def _known(labels: pd.Series) -> np.ndarray:
    return labels.astype("Int8").to_numpy(dtype=np.int8, na_value=NOT_KNOWN)


def _numbers(column: pd.Series) -> np.ndarray:
    return column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)


def _on_grid(values: np.ndarray, grid: Sequence[float]) -> np.ndarray:
    bounds = np.asarray(grid)
    steps = np.concatenate([[bounds[0] - 1], bounds])
    level = levels(values, bounds)
    return np.where(level < 0, np.nan, steps[level])


def _folds(rows: pd.DataFrame) -> np.ndarray:
    """The fifth of households each row belongs to, read from the household's identifier and nothing else."""
    household = rows["household_id"].fillna(rows["lease_id"]).to_numpy(dtype=object)
    return (pd.util.hash_array(household) % FOLDS).astype(np.int8)
