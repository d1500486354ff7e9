"""Many rows that say the same thing, counted once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Counted:
    """Rows with how many times each was seen with an event and without: what a fit needs of any number of households."""

    events: np.ndarray
    others: np.ndarray

    @property
    def all(self) -> np.ndarray:
        """Times each row was seen."""
        return self.events + self.others

    def added(self, where: np.ndarray, size: int) -> "Counted":
        """The counts added up by `where`, a number below `size` for each row."""
        return Counted(
            np.bincount(where, weights=self.events, minlength=size), np.bincount(where, weights=self.others, minlength=size)
        )


def distinct(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct rows of a matrix, in rising order so that the order given does not matter, and for each row which of them it is.

    An unknown value is a value like another.
    """
    key = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        codes, seen = pd.factorize(column, sort=True, use_na_sentinel=False)
        key = pd.factorize(key * (len(seen) + 1) + codes, sort=True)[0]
    size = int(key.max(initial=-1)) + 1
    first = np.empty(size, dtype=np.int64)
    first[key[::-1]] = np.arange(len(rows))[::-1]
    return rows[first], key
