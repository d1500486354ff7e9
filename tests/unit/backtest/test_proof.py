"""Who serves: the score while it is at least as good as the best simple rule, and the sentence that says so."""

import numpy as np
import pandas as pd

from riskmodel.backtest import best_rule, verdict
from riskmodel.backtest.figures import CUTS
from tests.unit.backtest.test_intervals import figures


def everywhere(precisions: dict[str, list[float]]) -> pd.DataFrame:
    """The same figures at every cut."""
    return pd.concat([figures(precisions).assign(cut=cut) for cut in CUTS], ignore_index=True)


def test_the_best_rule_is_neither_chance_nor_a_fit() -> None:
    frame = figures({"random": [0.9] * 3, "logistic": [0.8] * 3, "tree": [0.8] * 3, "balance": [0.2] * 3, "unpaid_6": [0.3] * 3})
    assert best_rule(frame) == "unpaid_6"


def test_equal_rules_are_named_in_a_fixed_order() -> None:
    frame = figures({"unpaid_6": [0.1, 0.3], "balance": [0.2, 0.2]})
    assert best_rule(frame) == best_rule(frame[::-1]) == "balance"


def test_the_score_serves_when_it_is_as_good_as_the_best_rule() -> None:
    found = verdict(everywhere({"pose": [0.3] * 8, "balance": [0.3] * 8}), "pose")
    assert (found.serves, found.rule, found.days) == ("score", "balance", 8)
    assert found.sentence.endswith("Le score sert.")
    assert verdict(everywhere({"pose": [0.3] * 8, "balance": [0.1 + 0.2] * 8}), "pose").serves == "score"
    assert set(found.shares) == {"1%", "2%", "5%", "10%"}


def test_the_rule_serves_as_soon_as_it_is_better_and_the_sentence_says_by_how_much() -> None:
    found = verdict(everywhere({"pose": [0.25, 0.30] * 4, "balance": [0.30] * 8}), "pose")
    assert found.serves == found.rule == "balance"
    assert "27,5 % des ménages" in found.sentence.replace("\u00a0", " ")
    assert "30,0 % avec la meilleure règle simple (solde exigible)" in found.sentence.replace("\u00a0", " ")
    assert "−2,5 points, intervalle à 95 % de −" in found.sentence.replace("\u00a0", " ")
    assert found.sentence.endswith("La règle sert.")


def test_a_difference_that_may_be_chance_is_said_to_be_so() -> None:
    doubtful = verdict(everywhere({"pose": [0.1, 0.4, 0.2, 0.5, 0.3, 0.4], "balance": [0.3] * 6}), "pose").sentence
    sure = verdict(everywhere({"pose": [0.6] * 6, "balance": [0.3] * 6}), "pose").sentence
    assert "n'est pas établi" in doubtful
    assert "n'est pas établi" not in sure


def test_without_a_matured_day_the_score_serves_and_nothing_is_said_to_be_proven() -> None:
    found = verdict(everywhere({"pose": [np.nan] * 3, "balance": [0.3] * 3}), "pose")
    assert (found.serves, found.days) == ("score", 0)
    assert "rien n'est prouvé" in found.sentence
