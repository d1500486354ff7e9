"""Figures as a French reader expects them, from the unit the dictionary gives."""

from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Any

import pandas as pd

from riskmodel.features.dictionary import FEATURES

_NARROW = "\u202f"
_UNITS = {feature.name: feature.unit for feature in FEATURES}


def euros(cents: int) -> str:
    """`-123456` gives « −1 234,56 € », with no-break spaces; whole euros lose their decimals."""
    whole, rest = divmod(abs(int(cents)), 100)
    decimals = f",{rest:02d}" if rest else ""
    return f"{'−' if cents < 0 else ''}{whole:,}".replace(",", _NARROW) + f"{decimals}\u00a0€"


def terms(value: float) -> str:
    """`1.9` gives « 1,9 terme net », `2.25` « 2,25 termes nets »: in French the plural begins at two."""
    figure = f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{figure}\u00a0{'termes nets' if abs(value) >= 2 else 'terme net'}"


def day(value: date) -> str:
    """« 03/11/2026 »."""
    return f"{value:%d/%m/%Y}"


def counted(number: int, one: str, many: str) -> str:
    """« 1 terme jugé », « 2 termes jugés »: the plural begins at two."""
    return f"{int(number)}\u00a0{many if number >= 2 else one}"


def placeholders(text: str) -> list[str]:
    """Names of the features that a sentence asks for."""
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def fill(text: str, row: Mapping[str, Any]) -> str:
    """A sentence with the household's own figures in it."""
    return text.format(**{name: _shown(name, row[name]) for name in placeholders(text)})


def _shown(name: str, value: Any) -> str:
    if pd.isna(value):
        return "inconnu"
    if isinstance(value, date):
        return day(value)
    unit = _UNITS[name]
    if unit == "centimes":
        return euros(value)
    return terms(value) if unit == "termes nets" else f"{int(value):,}".replace(",", _NARROW)
