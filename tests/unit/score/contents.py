"""The content of a fitted table made by hand, as `fit` would write it."""

from datetime import date
from typing import Any

LINKS = {"30": {"a": -4.0, "b": 0.03}, "90": {"a": -3.0, "b": 0.04}, "180": {"a": -2.5, "b": 0.05}}


def fitted(**changes: Any) -> dict[str, Any]:
    """A drift table of two inputs with links, training, metrics and candidates."""
    head = {
        "name": "derive",
        "version": "essai",
        "title": "Essai",
        "outcome": "Une suite.",
        "cohort": "Des ménages.",
        "approval": "Proposée, non approuvée.",
        "minimum": 40,
        "total": 100,
    }
    rest = {
        "links": LINKS,
        "training": {"landlord_id": "essai", "days": [date(2026, 1, 4)], "rows": 900, "censored": {"left_clear": 3}},
        "metrics": {"precision_at_capacity": 0.31, "average_precision": 0.2},
        "candidates": [{"name": "tous", "rows": 12}, {"name": "sans « aide »", "rows": 9}],
        "input": [debt(), gap()],
    }
    return {**head, **rest, **changes}


def debt() -> dict[str, Any]:
    """Fractional cuts."""
    return {
        "feature": "overdue_terms",
        "label": "Dette courante",
        "topic": "Dette",
        "sign": "up",
        "effect_days": 0,
        "rows": [
            {"points": 0},
            {"from": 0.25, "points": 31, "text": "Dette de {overdue_cents}"},
            {"from": 1.4, "points": 80, "text": "Dette de {overdue_cents}, soit {overdue_terms}"},
        ],
        "unknown": {"points": 0, "text": "Dette inconnue"},
    }


def gap() -> dict[str, Any]:
    """A yes or no."""
    return {
        "feature": "has_benefit_break",
        "label": 'Aide "interrompue"',
        "topic": "Aide",
        "sign": "up",
        "effect_days": 155,
        "rows": [{"points": 0}, {"from": True, "points": 20, "text": "Aide interrompue\nou réduite"}],
        "unknown": {"points": 0, "text": "Droits inconnus"},
    }
