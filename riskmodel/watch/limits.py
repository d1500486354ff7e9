"""The declared limits, read from their dated file."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True)
class Rule:
    """A stop rule: `months` running out of bounds before it stops; `limit` and `fewest` where the rule has figures of its own."""

    name: str
    title: str
    months: int
    reason: str
    limit: float | None = None
    fewest: int = 0


@dataclass(frozen=True)
class Limits:
    """Every figure a month is judged by. Ratios are a group's figure over that of all other households; a gap between groups of
    an attribute in `asked_only` asks a question and never stops."""

    dated: date
    order: tuple[str, ...]
    low: float
    high: float
    fewest: int
    small_cell: int
    confidence: float
    reason: str
    asked_only: tuple[str, ...]
    asked_only_reason: str
    calibration: tuple[float, float]
    group_calibration: tuple[float, float]
    fewest_expected: int
    question: float
    moved: float
    unknown: float
    answer_days: int
    rules: dict[str, Rule]


def limits(path: Path = FILE) -> Limits:
    """The limits in force."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    fair, level, stable = said["equite"], said["calibrage"], said["stabilite"]
    return Limits(
        dated=said["date"],
        order=tuple(fair["ordre"]),
        low=fair["bas"],
        high=fair["haut"],
        fewest=fair["moins_de"],
        small_cell=fair["petite_case"],
        confidence=fair["confiance"],
        reason=fair["raison"],
        asked_only=tuple(fair["question_seulement"]),
        asked_only_reason=fair["raison_question"],
        calibration=(level["bas"], level["haut"]),
        group_calibration=(level["groupe_bas"], level["groupe_haut"]),
        fewest_expected=level["attendus_min"],
        question=stable["question"],
        moved=stable["arret"],
        unknown=stable["inconnu"],
        answer_days=said["reponse"]["jours"],
        rules={entry["nom"]: _rule(entry) for entry in said["arret"]},
    )


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(entry["nom"], entry["titre"], entry["mois"], entry["raison"], entry.get("limite"), entry.get("effectif_min", 0))
