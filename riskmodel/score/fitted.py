"""What only a fitted table says, and what can be wrong in it: its probabilities, on what it was fitted, what was measured."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import isfinite
from typing import Any

from riskmodel.score.points import HORIZONS, Link


def links(content: dict[str, Any]) -> dict[int, Link]:
    """Links by horizon in days; empty when the table has none."""
    return {int(horizon): Link(float(link["a"]), float(link["b"])) for horizon, link in content.get("links", {}).items()}


def fitted_faults(content: dict[str, Any]) -> list[str]:
    """Faults of the optional blocks of a file whose other blocks have the right shape."""
    shape = list(_link_shapes(content["links"])) if "links" in content else []
    crossing = list(_crossings(links(content), content["total"])) if "links" in content and not shape else []
    if "links" in content and not content.get("training"):
        crossing.append("en-tête : des liens sans bloc [training]. Dites sur quoi la table a été ajustée.")
    return [*shape, *crossing, *_plain_blocks(content)]


def _link_shapes(found: dict[str, Any]) -> Iterator[str]:
    expected = [str(horizon) for horizon in HORIZONS]
    if found.keys() != set(expected):
        yield f"links : horizons {', '.join(sorted(found))}, attendu {', '.join(expected)} (jours)."
    for horizon, link in found.items():
        if not isinstance(link, dict) or link.keys() != {"a", "b"} or not all(_is_figure(value) for value in link.values()):
            yield f"links, « {horizon} » : lu {link!r}, attendu deux nombres, a et b."
        elif link["b"] <= 0:
            yield f"links, « {horizon} » : b vaut {link['b']}, attendu au-dessus de 0 (plus de points, plus de risque)."


def _crossings(found: dict[int, Link], total: int) -> Iterator[str]:
    """Compared as log-odds: the logistic keeps the order, and does not round two large probabilities to one."""
    for near, far in pairwise(sorted(found)):
        crossed = [score for score in range(total + 1) if found[near].log_odds(score) > found[far].log_odds(score)]
        if crossed:
            yield (
                f"links : à {crossed[0]} points, la probabilité à {near} jours dépasse celle à {far} jours "
                f"({len(crossed)} scores en tout). Réajustez les liens sous contrainte."
            )


def _plain_blocks(content: dict[str, Any]) -> Iterator[str]:
    for block in ("training", "metrics", "candidates"):
        if block in content:
            yield from _not_plain(block, content[block])
    for rank, candidate in enumerate(content.get("candidates", []), start=1):
        if not isinstance(candidate, dict):
            yield f"candidates, {rank} : lu {candidate!r}, attendu un bloc [[candidates]]."


def _not_plain(place: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _not_plain(f"{place}, « {key} »", inner)
    elif isinstance(value, list):
        for rank, inner in enumerate(value, start=1):
            yield from _not_plain(f"{place}, {rank}", inner)
    elif not isinstance(value, str | bool | date) and not _is_figure(value):
        yield f"{place} : lu {value!r}, attendu un texte, un nombre fini, une date, true ou false."


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
