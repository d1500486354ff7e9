"""The closed vocabulary of a fiche: what may be frozen with a referral, and what a convention may let a partner see."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from riskmodel.contracts.contacts import CHANNELS, OUTCOMES
from riskmodel.schemes import FACTS

_SAID = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Field:
    """One field. `kind` is where it comes from: a fact or a day frozen with the referral, attempts, answers, the unit, the gate,
    or the identity, which is read when a page is shown and never kept; `needed`: a partner cannot act without it."""

    code: str
    label: str
    kind: Literal["identity", "unit", "gate", "day", "fact", "attempts", "declared"]
    needed: bool = False
    only_tenants: bool = False


FIELDS: Mapping[str, Field] = {code: Field(code, **said) for code, said in _SAID.items()}
"""Every field by its code, in the order in which a fiche tells them."""
FROZEN = tuple(code for code, field in FIELDS.items() if field.kind in ("fact", "day", "attempts"))
"""What the facts of a referral may hold."""


def faults(facts: Mapping[str, Any], declared: Mapping[str, Any]) -> Iterator[str]:
    """Everything in a referral's facts and answers that is outside the vocabulary: no score, no points, no text has a place."""
    for code, value in facts.items():
        if code not in FROZEN:
            yield f"« {code} » ne peut pas accompagner une orientation ; faits admis : {', '.join(FROZEN)}."
        elif value is not None and not _fits(FIELDS[code], value):
            yield f"{FIELDS[code].label} : lu {value!r}, attendu {_EXPECTED[FIELDS[code].kind]}."
    for code, value in declared.items():
        if code not in FACTS or not FACTS[code].is_declared:
            yield f"« {code} » n'est pas une question que l'on pose au ménage."
        elif value is not None and not FACTS[code].admits(value):
            yield f"{FACTS[code].label} : lu {value!r}, attendu une réponse de la liste."


_EXPECTED = {
    "fact": "une valeur du vocabulaire des dispositifs",
    "day": "un jour AAAA-MM-JJ",
    "attempts": "une liste de jours, de canaux et de résultats en codes",
}


def _fits(field: Field, value: Any) -> bool:
    if field.kind == "fact":
        return FACTS[field.code].admits(value)
    if field.kind == "day":
        return is_day(value)
    return isinstance(value, list) and all(_is_attempt(entry) for entry in value)


def is_day(value: Any) -> bool:
    """Whether a value is a day written YYYY-MM-DD."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_attempt(entry: Any) -> bool:
    is_whole = isinstance(entry, dict) and entry.keys() == {"on", "channel", "outcome"}
    return is_whole and is_day(entry["on"]) and entry["channel"] in CHANNELS and entry["outcome"] in OUTCOMES
