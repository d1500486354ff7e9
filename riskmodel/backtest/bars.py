"""The bars of the house, written before the figures: met or not, and by what figure."""

from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from riskmodel.backtest import calibration
from riskmodel.backtest.evidence import OPAQUE, UNSEEN, Question
from riskmodel.backtest.wording import UNKNOWN, gap, named, thousandths
from riskmodel.documents.page import Table

LARGEST_ERROR = 0.03
"""Mean distance between announced and observed, ten bands."""

LEAST_PRECISION, LEAST_AVERAGE_PRECISION = 0.97, 0.95
"""Shares of the better boosted challenger's, households never seen."""


@dataclass(frozen=True)
class Bar:
    """What is asked, what was found as a text, and whether it holds (None when it cannot be measured)."""

    asked: str
    found: str
    is_met: bool | None


def bars(question: Question) -> list[Bar]:
    """Every bar that can be asked of a question: for one list of both, only the best rule's."""
    of_rule = [_rule(question, model) for model in question.models]
    return of_rule if question.score == "commun" else [*of_rule, *_fitted(question)]


def table(question: Question) -> Table:
    """The bars as a table."""
    said = {True: "tenu", False: "non tenu", None: "ne se mesure pas"}
    rows = tuple((bar.asked, bar.found, said[bar.is_met]) for bar in bars(question))
    return Table("Seuils écrits avant les chiffres", ("Seuil", "Chiffre", "Résultat"), "lll", rows)


def _rule(question: Question, model: str) -> Bar:
    found = question.verdict(model)
    asked = f"{named(model).capitalize()} : au moins autant que la meilleure règle, à la capacité"
    met = None if isnan(found.difference) else bool(found.difference >= 0)
    return Bar(asked, gap(found.difference, found.low, found.high), met)


def _fitted(question: Question) -> list[Bar]:
    errors = calibration.error(question.calibration)
    asked = f"erreur d'annonce de {thousandths(LARGEST_ERROR)} au plus, dix tranches"
    found = [_error(errors, model, asked) for model in ("points", "points" + UNSEEN)]
    against = [line for name in OPAQUE if (line := question.against("points" + UNSEEN, name + UNSEEN)) is not None]
    return [
        *found,
        _share(against, "precision", LEAST_PRECISION, "Sur 100 signalés, à la capacité"),
        _share(against, "average_precision", LEAST_AVERAGE_PRECISION, "Précision moyenne"),
    ]


def _error(errors: pd.Series, model: str, asked: str) -> Bar:
    name = f"{named(model).capitalize()} : {asked}"
    return Bar(name, thousandths(errors[model]), bool(errors[model] <= LARGEST_ERROR)) if model in errors else _unknown(name)


def _share(against: list[Any], column: str, least: float, what: str) -> Bar:
    """The table's share of the challenger that does better, of those that answer for households never seen."""
    asked = f"{what} : au moins {round(100 * least)} % du meilleur calcul opaque, ménages jamais vus"
    if not against:
        return _unknown(asked)
    own, best = max(((getattr(line, column), getattr(line, f"{column}_against")) for line in against), key=lambda pair: pair[1])
    if not best > 0:
        return _unknown(asked)
    share = own / best
    return Bar(asked, f"{100 * share:.1f} %".replace(".", ","), share >= least)


def _unknown(asked: str) -> Bar:
    return Bar(asked, UNKNOWN, None)
