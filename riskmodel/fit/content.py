"""A fitted table as the content of its file: rows with their sentences, links, and where they come from."""

from typing import Any

import numpy as np

from riskmodel.features.dictionary import FEATURES
from riskmodel.fit.catalogue import Candidate, Entry
from riskmodel.fit.estimator import PointsTable
from riskmodel.fit.training import Link
from riskmodel.score import published

DIGITS = 6
_KNOWN = {feature.name: feature for feature in FEATURES}


def head(score: str, version: str, minimum: int, total: int) -> dict[str, Any]:
    """What the table announces: the same question and cohort as the hand-set table of the score."""
    by_hand = published(score)
    return {
        "name": score,
        "version": version,
        "title": by_hand.title,
        "outcome": by_hand.outcome,
        "cohort": by_hand.cohort,
        "approval": "Table ajustée sur le passé du bailleur ; elle ne sert qu'une fois approuvée par une personne nommée.",
        "minimum": minimum,
        "total": total,
    }


def inputs(candidate: Candidate, table: PointsTable) -> list[dict[str, Any]]:
    """The inputs that can add points, in the order of the catalogue; those that ended at 0 everywhere are not printed."""
    fitted = zip(candidate.entries, table.cuts_, table.points_, table.unknown_, strict=True)
    return [_input(entry, cuts, points, int(unknown)) for entry, cuts, points, unknown in fitted if points.max() > 0]


def written_links(links: dict[int, Link]) -> dict[str, dict[str, float]]:
    """Links as they are printed, six figures after the point."""
    return {str(horizon): {"a": round(a, DIGITS), "b": round(b, DIGITS)} for horizon, (a, b) in links.items()}


def _input(entry: Entry, cuts: np.ndarray, points: np.ndarray, unknown: int) -> dict[str, Any]:
    bounds = [None, *(_bound(entry.feature, float(cut)) for cut in cuts)]
    return {
        "feature": entry.feature,
        "label": entry.label,
        "topic": entry.topic,
        "sign": entry.sign,
        "effect_days": _KNOWN[entry.feature].effect_days,
        "rows": [_row(bound, int(row), entry.text) for bound, row in zip(bounds, points, strict=True)],
        "unknown": {"points": unknown, "text": entry.unknown_text},
    }


def _row(bound: float | int | bool | None, points: int, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {} if bound is None else {"from": bound}
    return row | {"points": points} | ({"text": text} if points else {})


def _bound(feature: str, cut: float) -> float | int | bool:
    """A bound as a person writes it: yes, a whole number, or a figure with its decimals."""
    if _KNOWN[feature].type == "BOOLEAN":
        return True
    return int(cut) if cut.is_integer() else cut
