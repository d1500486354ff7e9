"""What a list of k rows is worth when its cut falls inside a tie: worst, mean and best order, by arithmetic and not by drawing.

Rows before the tied block are listed for sure; of the block, m places are filled at random. Labels are 1 (event), 0 (none) and
UNKNOWN (the window was cut short or somebody helped): an unknown row takes its place on the list, and counts neither above nor
below the line of a precision.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

UNKNOWN = -1

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Rows of equal value: how many events, non-events and unknown ones."""

    events: int
    others: int
    unknown: int

    @property
    def rows(self) -> int:
        """All of them."""
        return self.events + self.others + self.unknown


@dataclass(frozen=True)
class Reading:
    """A list of `listed` rows: precision in the worst, mean and best order of its tie, and
    the mean numbers of events, of false alarms and of unknown rows on it. Orders whose list holds no labelled row at all have no
    precision and do not count; NaN when all are so."""

    listed: int
    worst: float
    mean: float
    best: float
    hits: float
    false_alarms: float
    unknown: float


class Order:
    """Rows put in order by a value, the highest first; a missing value comes after all others."""

    def __init__(self, values: Floats, labels: Ints) -> None:
        """`values` and `labels` row by row; the order of the rows given does not matter."""
        ranked = np.where(np.isnan(values), -np.inf, values)
        _, self._block_of = np.unique(-ranked, return_inverse=True)
        counts = [
            np.bincount(self._block_of[labels == label], minlength=self._block_of.max(initial=-1) + 1) for label in (1, 0, -1)
        ]
        self._counts: Ints = np.stack(counts, axis=1)
        self._ends: Ints = self._counts.sum(axis=1).cumsum()

    def read(self, k: int) -> Reading:
        """The list of the first `k` rows, or of all of them when there are fewer."""
        before, block, places = self._cut(k)
        share = places / block.rows if block.rows else 0.0
        return Reading(
            listed=before.rows + places,
            worst=_ratio(*_fewest(before, block, places)),
            mean=_mean(before, block, places),
            best=_ratio(*_most(before, block, places)),
            hits=before.events + share * block.events,
            false_alarms=before.others + share * block.others,
            unknown=before.unknown + share * block.unknown,
        )

    def chances(self, k: int) -> Floats:
        """The probability of each row to be on the list of `k`, as given: 1, 0, or that of a place in the tied block."""
        places = np.clip(k - (self._ends - self._sizes), 0, self._sizes)
        return (places / self._sizes)[self._block_of]

    def average_precision(self) -> float:
        """Average precision over labelled rows, as expected over all orders of every tie; NaN without an event."""
        events, rows = self._counts[:, 0], self._counts[:, :2].sum(axis=1)
        if not events.sum():
            return float("nan")
        block = np.repeat(np.arange(len(rows)), rows)
        place = np.arange(1, len(block) + 1)
        inside = place - (rows.cumsum() - rows)[block]
        above = (events.cumsum() - events)[block] + 1 + (inside - 1) * (events[block] - 1) / np.maximum(rows[block] - 1, 1)
        return float((events[block] / rows[block] * above / place).sum() / events.sum())

    @property
    def _sizes(self) -> Ints:
        return np.diff(self._ends, prepend=0)

    def _cut(self, k: int) -> tuple[Block, Block, int]:
        """What is listed for sure, the block in which the cut falls, and its places."""
        if not len(self._ends):
            return Block(0, 0, 0), Block(0, 0, 0), 0
        at = min(int(np.searchsorted(self._ends, k)), len(self._ends) - 1)
        before, block = Block(*self._counts[:at].sum(axis=0).tolist()), Block(*self._counts[at].tolist())
        return before, block, min(k - before.rows, block.rows)


def _mean(before: Block, block: Block, places: int) -> float:
    """Mean of events / labelled rows: the number of labelled rows drawn is hypergeometric, and given it so is that of events."""
    labelled = block.events + block.others
    drawn = np.arange(max(0, places - block.unknown), min(places, labelled) + 1)
    weight = np.exp(_log_ways(labelled, drawn) + _log_ways(block.unknown, places - drawn) - _log_ways(block.rows, places))
    below = before.events + before.others + drawn
    above = before.events + (drawn * block.events / labelled if labelled else 0.0)
    possible = below > 0
    if not possible.any():
        return float("nan")
    weight = weight[possible] / weight[possible].sum()
    return float((weight * np.broadcast_to(above, below.shape)[possible] / below[possible]).sum())


def _log_ways(rows: int, drawn: Ints | int) -> Floats:
    """Logarithm of the number of ways to draw so many of `rows`."""
    return np.asarray(gammaln(rows + 1) - gammaln(np.add(drawn, 1)) - gammaln(rows - np.asarray(drawn) + 1))


def _fewest(before: Block, block: Block, places: int) -> tuple[int, int]:
    """Events and labelled rows when the block gives its non-events first, then its unknown rows, then its events."""
    others = min(places, block.others)
    events = max(0, places - block.others - block.unknown)
    if not before.events + before.others + others + events:
        events = min(1, places, block.events)
    return before.events + events, before.events + before.others + others + events


def _most(before: Block, block: Block, places: int) -> tuple[int, int]:
    """The same when it gives its events first, then its unknown rows, then its non-events."""
    events = min(places, block.events)
    others = max(0, places - block.events - block.unknown)
    if not before.events + before.others + others + events:
        others = min(1, places, block.others)
    return before.events + events, before.events + before.others + others + events


def _ratio(above: int, below: int) -> float:
    return above / below if below else float("nan")
