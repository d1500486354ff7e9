"""What a points table is: per input, rows with a lower bound and integer points. Low enough to be checked with a pencil."""

from dataclasses import dataclass, field
from math import exp
from typing import Any, Literal

Sign = Literal["up", "down"]
HORIZONS = (30, 90, 180)
"""Days within which a fitted table says how likely its outcome is."""


@dataclass(frozen=True)
class Bin:
    """Values from `low` (included) up to the next row's bound; `low` is None on the first row, which has no lower end."""

    low: float | None
    points: int
    text: str


@dataclass(frozen=True)
class Unknown:
    """What a household gets when the input is unknown: declared like any other row, never guessed."""

    points: int
    text: str


@dataclass(frozen=True)
class Input:
    """One feature of the dictionary and its rows, in order of their bounds. `effect_days` repeats the dictionary's."""

    feature: str
    label: str
    topic: str
    sign: Sign
    effect_days: int
    rows: tuple[Bin, ...]
    unknown: Unknown

    @property
    def most(self) -> int:
        """The most points this input can add."""
        return max(self.unknown.points, *(row.points for row in self.rows))


@dataclass(frozen=True)
class Link:
    """From a score to the probability of the outcome within a horizon: logistic of `a + b × score`, `b` above 0."""

    a: float
    b: float

    def log_odds(self, score: int) -> float:
        """The line whose logistic is the probability."""
        return self.a + self.b * score

    def probability(self, score: int) -> float:
        """Between 0 and 1, without overflow however sure the link is."""
        odds = exp(-abs(self.log_odds(score)))
        return (1.0 if self.log_odds(score) >= 0 else odds) / (1 + odds)


@dataclass(frozen=True)
class PublishedTable:
    """One published table. `minimum` is the score from which a household may be listed; `digest` is the SHA-256 of the
    content, comments and layout left out. `links` by horizon in days, `training` (on what it was fitted) and `metrics` (what was
    measured then, by name) are empty for a table set by hand, which gives no probability."""

    name: Literal["derive", "decrochage"]
    version: str
    title: str
    outcome: str
    cohort: str
    approval: str
    minimum: int
    inputs: tuple[Input, ...]
    digest: str
    links: dict[int, Link] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The highest score a household can have."""
        return sum(entry.most for entry in self.inputs)

    def identity(self) -> dict[str, str]:
        """Name, title, version and hash, as printed on every list that the table scored."""
        return {"name": self.name, "title": self.title, "version": self.version, "hash": self.digest}


def probability(table: PublishedTable, score: int, horizon: int) -> float | None:
    """How likely the outcome is within `horizon` days of a household with this score; None where the table has no such link."""
    link = table.links.get(horizon)
    return None if link is None else link.probability(score)
