"""The closed vocabulary that a scheme's conditions may read: a household's facts, and what only a reviewer can say."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from riskmodel.errors import SchemeRefused

FILE = Path(__file__).with_name("facts.toml")
Situation = Mapping[str, Any]
"""What is known of a household by fact; a fact that is absent, or None, is unknown."""


@dataclass(frozen=True)
class Fact:
    """One fact. `kind` is int (in `unit`), code (one of `codes`, from least to most when `is_ordered`) or bool; `is_declared`
    when a reviewer answers it on the day, never read from data nor kept for a score; `origin` says in French where it is read."""

    code: str
    label: str
    kind: Literal["int", "code", "bool"]
    origin: str
    is_declared: bool
    unit: Literal["hundredths", "cents", "count"] | None = None
    codes: Mapping[str, str] | None = None
    is_ordered: bool = False

    def admits(self, value: Any) -> bool:
        """Whether a value may be this fact's."""
        if self.kind == "code":
            return isinstance(value, str) and value in (self.codes or {})
        return type(value) is (bool if self.kind == "bool" else int)

    def rank(self, value: Any) -> int:
        """Where a value stands among those it may be compared with."""
        return list(self.codes).index(value) if self.codes else int(value)


def _read() -> dict[str, Fact]:
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: Fact(code, **entry) for code, entry in said.items()}


FACTS: Mapping[str, Fact] = _read()
"""Every fact by its code, in the order in which a person reads them."""


def check_situation(situation: Situation) -> None:
    """Raises SchemeRefused naming every fact that is unknown to the vocabulary or has a value it cannot have."""
    known = {code: value for code, value in situation.items() if value is not None}
    faults = [f"« {code} » : fait inconnu. Faits admis : {', '.join(FACTS)}." for code in situation if code not in FACTS]
    faults += [
        f"« {code} » : lu {value!r}, attendu {expected(FACTS[code])}. Laissez vide ce qui n'est pas connu."
        for code, value in known.items()
        if code in FACTS and not FACTS[code].admits(value)
    ]
    if faults:
        raise SchemeRefused("Situation illisible.\n" + "\n".join(f"- {fault}" for fault in faults))


def expected(fact: Fact) -> str:
    """What a fact's value may be, in French."""
    if fact.kind == "code":
        return "l'un de : " + ", ".join(f'"{code}"' for code in fact.codes or {})
    return "true ou false" if fact.kind == "bool" else "un nombre entier" + _UNITS[fact.unit]


_UNITS = {"hundredths": " de centièmes de terme net (200 pour deux termes)", "cents": " de centimes", "count": "", None: ""}
