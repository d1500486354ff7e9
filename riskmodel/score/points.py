"""What a points table is: per input, rows with a lower bound and integer points. Low enough to be checked with a pencil."""

from dataclasses import dataclass
from typing import Literal

Sign = Literal["up", "down"]


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
class PublishedTable:
    """One published table. `minimum` is the score from which a household may be listed; `digest` is the SHA-256 of the
    content, comments and layout left out."""

    name: Literal["derive", "decrochage"]
    version: str
    title: str
    outcome: str
    cohort: str
    approval: str
    minimum: int
    inputs: tuple[Input, ...]
    digest: str

    @property
    def total(self) -> int:
        """The highest score a household can have."""
        return sum(entry.most for entry in self.inputs)

    def identity(self) -> dict[str, str]:
        """Name, title, version and hash, as printed on every list that the table scored."""
        return {"name": self.name, "title": self.title, "version": self.version, "hash": self.digest}
