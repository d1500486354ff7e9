"""What a partner is told of a household, as a French reader reads it: by a fiche, and by the documents made of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Told:
    """One thing told: the field that allows it, its label and its value in French."""

    field: str
    label: str
    text: str


@dataclass(frozen=True)
class Tried:
    """One attempt to reach a household: its day, by what means and with what result, in French."""

    on: date
    channel: str
    outcome: str
