"""The words of indicators, from their file: packs, acts, stages, endings, definitions, published figures."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from riskmodel import REPOSITORY

TEXTS = REPOSITORY / "reports" / "indicateurs" / "indicateurs.toml"
_SAID = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
MONTH, YEAR = "mois", "annee"


@dataclass(frozen=True)
class Words:
    """What a pack of indicators is called and is for."""

    title: str
    purpose: str


@dataclass(frozen=True)
class Definition:
    """What a figure counts, and where that comes from."""

    label: str
    text: str
    source: str


@dataclass(frozen=True)
class Reference:
    """A published figure, in households out of a hundred."""

    label: str
    figure: str
    per_hundred: Decimal
    source: str


KINDS: Mapping[str, Words] = {code: Words(**said) for code, said in _SAID["packs"].items()}
"""The two packs: the newest month that is over, and the newest year that is."""
ACTS: Mapping[str, str] = _SAID["acts"]
"""Acts that are counted, in the order of the procedure."""
STAGES: Mapping[str, str] = _SAID["stages"]
"""How far a household that was flagged may come, each stage within the one before."""
FAVOURABLE = frozenset(_SAID["endings"]["favourable"])
"""Ends of the schemes that count as good for the household."""
OTHER_ENDS = frozenset(_SAID["endings"]["other"])
"""Ends that do not."""
DEFINITIONS = tuple(Definition(**said) for said in _SAID["definition"])
REFERENCES = tuple(Reference(**said | {"per_hundred": Decimal(said["per_hundred"])}) for said in _SAID["reference"])
