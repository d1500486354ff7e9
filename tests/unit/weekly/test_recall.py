"""Precision, base rate and recall of matured lists, or why they cannot be said."""

from typing import Any

import pandas as pd
import pytest

from riskmodel.weekly.recall import FEWEST_ROWS, NO_DRAW, NOTHING_TO_FIND, estimate, wilson


def rows(*groups: tuple[int, dict[str, Any]]) -> pd.DataFrame:
    """So many rows of each kind; a listed row without event unless said."""
    plain = {"is_drawn": False, "probability": 1.0, "event": 0, "is_helped": False}
    made = pd.DataFrame([{**plain, **said} for number, said in groups for _ in range(number)], columns=list(plain))
    return made.astype({"event": "Int64"})


DRAWN = {"is_drawn": True, "probability": 0.1}


def test_a_drawn_positive_counts_for_all_those_it_was_drawn_among() -> None:
    found = estimate(rows((30, {"event": 1}), (70, {}), (3, {**DRAWN, "event": 1}), (37, DRAWN)))
    assert (found.listed, found.hits, found.drawn, found.drawn_hits) == (100, 30, 40, 3)
    assert found.recall is not None
    assert found.base_rate is not None
    assert found.recall.value == pytest.approx(30 / (30 + 30))
    assert found.base_rate.value == pytest.approx((30 + 30) / (100 + 400))
    assert found.recall.low < 0.4 < found.recall.value < 0.7 < found.recall.high < 1


def test_no_drawn_positive_leaves_a_recall_that_may_be_less_than_one() -> None:
    found = estimate(rows((30, {"event": 1}), (40, DRAWN)))
    assert found.recall is not None
    assert (found.recall.value, found.recall.high) == (1.0, 1.0)
    assert found.recall.low < 0.6


def test_a_decision_to_help_counts_as_positive_whether_the_event_came_or_cannot_be_known() -> None:
    found = estimate(rows((10, {"event": None, "is_helped": True}), (10, {"event": 0, "is_helped": True}), (20, {})))
    assert (found.listed, found.hits) == (40, 20)


def test_an_outcome_that_cannot_be_said_of_a_household_nobody_helped_is_left_out() -> None:
    assert estimate(rows((10, {"event": None}), (35, {"event": 1}))).listed == 35


def test_too_few_rows_are_said_to_be_too_few() -> None:
    found = estimate(rows((FEWEST_ROWS - 1, {"event": 1}), (FEWEST_ROWS - 1, DRAWN)))
    assert (found.precision, found.recall, found.base_rate) == (None, None, None)
    assert found.refusal == "Rappel : trop peu pour le dire (29 lignes tirées au sort et échues, il en faut 30)."


def test_no_draw_refuses_recall_with_its_reason() -> None:
    assert estimate(rows((40, {"event": 1}))).refusal == NO_DRAW
    assert estimate(rows()).refusal == NO_DRAW


def test_where_nothing_happened_there_is_no_recall_to_speak_of() -> None:
    found = estimate(rows((40, {}), (40, DRAWN)))
    assert (found.recall, found.refusal) == (None, NOTHING_TO_FIND)
    assert found.base_rate is not None
    assert found.base_rate.value == 0


def test_households_all_drawn_leave_nothing_to_estimate() -> None:
    found = estimate(rows((30, {"event": 1}), (10, {"is_drawn": True, "event": 1}), (30, {"is_drawn": True})))
    assert found.recall is not None
    assert (found.recall.low, found.recall.value, found.recall.high) == (0.75, 0.75, 0.75)


def test_a_list_that_saw_none_of_what_happened_has_a_recall_of_zero_that_is_measured() -> None:
    found = estimate(rows((40, {}), (5, {**DRAWN, "event": 1}), (35, DRAWN)))
    assert found.recall is not None
    assert (found.recall.value, found.recall.high) == (0.0, 0.0)


def test_the_interval_of_a_share_stays_between_zero_and_one() -> None:
    assert wilson(0, 30).low == pytest.approx(0)
    assert wilson(30, 30).high == pytest.approx(1)
    assert wilson(34, 100).low < 0.34 < wilson(34, 100).high
