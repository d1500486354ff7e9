"""Names and numbers of a backtest as someone who runs a team reads them: out of a hundred households, with a comma."""

import tomllib
from functools import cache
from math import isnan
from typing import Any

from riskmodel import REPOSITORY
from riskmodel.backtest.intervals import Paired
from riskmodel.backtest.labels import label, points

UNKNOWN = "—"
UNSEEN = "_menages"
PLAIN = {
    "hgb": "calcul opaque, libre",
    "hgb_monotone": "calcul opaque, dirigé",
    "logistic": "repère calculé, quatre faits",
    "tree": "repère calculé, trois questions",
}
"""What the page calls models whose usual names are words of computing."""


@cache
def texts() -> dict[str, Any]:
    """The fixed texts, kept beside the templates where whoever knows the trade can correct them."""
    found = tomllib.loads((REPOSITORY / "reports" / "backtest" / "rapport.toml").read_text(encoding="utf-8"))
    return {name: _trimmed(value) for name, value in found.items()}


def named(model: str) -> str:
    """The name of a table, a rule or a challenger: « solde exigible », « table ajustée, ménages jamais vus »."""
    seen = model.removesuffix(UNSEEN)
    return PLAIN.get(seen, label(seen)) + (", ménages jamais vus" if seen != model else "")


def hundred(share: float) -> str:
    """A share out of a hundred: `0.436` gives « 43,6 »."""
    return UNKNOWN if isnan(share) else f"{100 * share:.1f}".replace(".", ",")


def tenths(value: float) -> str:
    """A count that is a mean: « 31,5 »."""
    return UNKNOWN if isnan(value) else f"{value:.1f}".replace(".", ",")


def thousandths(value: float) -> str:
    """« 0,017 »."""
    return UNKNOWN if isnan(value) else f"{value:.3f}".replace(".", ",")


def with_interval(found: Paired) -> str:
    """A share out of a hundred and, on a second line, between what it may be."""
    if isnan(found.mean):
        return UNKNOWN
    return hundred(found.mean) if isnan(found.low) else f"{hundred(found.mean)}\n{hundred(found.low)} à {hundred(found.high)}"


def gap(difference: float, low: float, high: float) -> str:
    """A difference and its interval, out of a hundred: « +2,1 (de −4,8 à +9,0) »."""
    if isnan(difference):
        return UNKNOWN
    return points(difference) + ("" if isnan(low) else f" (de {points(low)} à {points(high)})")


def gap_below(difference: float, low: float, high: float) -> str:
    """The same for a cell: the interval on a second line."""
    return gap(difference, low, high).replace(" (", "\n").rstrip(")")


def established(low: float, high: float) -> str:
    """Whether a difference can be told from none."""
    if isnan(low):
        return "trop peu de dimanches pour un intervalle"
    return "l'écart n'est pas établi" if low <= 0 <= high else "l'écart est établi"


def _trimmed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _trimmed(inner) for name, inner in value.items()}
    return value.strip() if isinstance(value, str) else value
