"""What may be fitted, and the dozen ways of fitting it: the published inputs and the candidate tables they give."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "inputs.toml"
WAYS = {"metier": "bornes du métier", "arbre": "bornes trouvées par l'arbre"}
PENALTIES = {"souple": 1.0, "serre": 3.0}
"""Pull towards 0, in units of what chance alone can do: one keeps most steps, three those that clearly count."""
REFERENCE = "complet-metier-souple"
"""The candidate that stands for the table wherever no choice among candidates may have been made."""


@dataclass(frozen=True)
class Entry:
    """One published input: the feature it reads, its cuts with their reason, the numbers a tree may cut at, and its sentences.

    `is_action`: the landlord's own acts alone can raise it, so that it is measured and never proposed unasked.
    """

    feature: str
    label: str
    topic: str
    sign: str
    cuts: tuple[float, ...]
    grid: tuple[float, ...]
    reason: str
    since: date
    text: str
    unknown_points: int
    unknown_text: str
    is_action: bool


@dataclass(frozen=True)
class Candidate:
    """One way of making a table: which inputs, where their cuts come from, how strongly steps are pulled to 0."""

    name: str
    entries: tuple[Entry, ...]
    way: str
    penalty: float

    @property
    def is_eligible(self) -> bool:
        """Whether the selection rule may pick it: no input that the landlord's own acts can raise."""
        return not any(entry.is_action for entry in self.entries)


def entries(score: str) -> tuple[Entry, ...]:
    """Every published input of a score, `derive` or `decrochage`, in the order of the catalogue."""
    return tuple(_entry(written) for written in _read()[score]["input"])


def candidates(score: str) -> tuple[Candidate, ...]:
    """The candidates of a score: each set of inputs, both kinds of cuts, both penalties."""
    known = {entry.feature: entry for entry in entries(score)}
    actions = [name for name, entry in known.items() if entry.is_action]
    sets = {**_read()[score]["sets"]}
    if actions:
        sets["avec-actions"] = [*sets["complet"], *actions]
    return tuple(
        Candidate(f"{name}-{way}-{strength}", tuple(known[feature] for feature in chosen), way, penalty)
        for name, chosen in sets.items()
        for way in WAYS
        for strength, penalty in PENALTIES.items()
    )


def reference(score: str) -> Candidate:
    """The candidate declared in advance, for measures that must not depend on any choice."""
    return next(candidate for candidate in candidates(score) if candidate.name == REFERENCE)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def _entry(written: dict[str, Any]) -> Entry:
    plain = {key: written[key] for key in ("feature", "label", "topic", "sign", "reason", "since", "text")}
    return Entry(
        **plain,
        cuts=tuple(float(bound) for bound in written["cuts"]),
        grid=tuple(float(bound) for bound in written["grid"]),
        unknown_points=written["unknown"]["points"],
        unknown_text=written["unknown"]["text"],
        is_action=written.get("action", False),
    )
