"""The facts that a household may say are wrong: a closed list, read from corrections.toml and checked against the dictionary."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from riskmodel.features.dictionary import FEATURES

FILE = Path(__file__).with_name("corrections.toml")
ASKS = {"day": "jour", "amount": "montant"}
"""What may be noted of the household's version."""


@dataclass(frozen=True)
class Fact:
    """One line of the list. `inputs` are the features that are unknown while the request is open, none when no score reads the
    fact; `said` is the household's version, as a letter to it begins « vous dites que … »."""

    code: str
    label: str
    said: str
    asks: tuple[str, ...]
    inputs: tuple[str, ...]
    check: str


@cache
def facts() -> dict[str, Fact]:
    """The list by code, in the order of the file; raises ValueError naming an input that the dictionary does not know."""
    known = {feature.name for feature in FEATURES}
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {code: _fact(code, **entry) for code, entry in written.items()}
    strangers = {f"{fact.code}.{name}" for fact in found.values() for name in fact.inputs if name not in known}
    if strangers:
        raise ValueError(f"{FILE.name}: not in the features' dictionary: {', '.join(sorted(strangers))}")
    return found


def _fact(code: str, label: str, said: str, asks: list[str], inputs: list[str], check: str) -> Fact:
    return Fact(code, label, said, tuple(asks), tuple(inputs), check)
