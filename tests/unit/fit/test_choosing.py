"""The rule that picks, on tables small enough to apply by hand; the threshold of a list."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from riskmodel.fit.choosing import pick, regret, threshold

DAYS = [date(2026, 1, 4) + timedelta(weeks=4 * rank) for rank in range(6)]
WINDOW = pd.Timedelta(days=105)


def judged(rows: dict[str, int], **precision: list[float]) -> pd.DataFrame:
    found = [
        (name, day, value, rows[name]) for name, values in precision.items() for day, value in zip(DAYS, values, strict=False)
    ]
    return pd.DataFrame(found, columns=["candidate", "as_of", "precision", "rows"])


def test_the_fewest_rows_win_among_those_near_the_best_on_most_days() -> None:
    tried = judged({"long": 20, "court": 8, "tiny": 3}, long=[0.30, 0.30, 0.30], court=[0.28, 0.28, 0.20], tiny=[0.28, 0.1, 0.1])
    assert pick(tried) == "court"


def test_near_is_a_fiftieth_included() -> None:
    assert pick(judged({"long": 20, "court": 8}, long=[0.30], court=[0.28])) == "court"
    assert pick(judged({"long": 20, "court": 8}, long=[0.30], court=[0.279])) == "long"


def test_half_of_the_days_is_not_most_of_them() -> None:
    tried = judged({"long": 20, "court": 8}, long=[0.3, 0.3, 0.3, 0.3], court=[0.3, 0.3, 0.1, 0.1])
    assert pick(tried) == "long"


def test_when_nobody_is_near_on_most_days_the_most_often_near_stand() -> None:
    tried = judged({"a": 5, "b": 9, "c": 2}, a=[0.5, 0.1, 0.1, 0.1], b=[0.1, 0.5, 0.5, 0.1], c=[0.1, 0.1, 0.1, 0.5])
    assert pick(tried) == "b"


def test_equal_rows_go_to_the_oftener_near_then_the_better_then_the_alphabet() -> None:
    rows = {"a": 5, "b": 5}
    assert pick(judged(rows, a=[0.3, 0.3, 0.1], b=[0.3, 0.3, 0.3])) == "b"
    assert pick(judged(rows, a=[0.29, 0.3], b=[0.3, 0.3])) == "b"
    assert pick(judged(rows, a=[0.3, 0.3], b=[0.3, 0.3])) == "a"


def test_regret_knows_only_days_whose_window_had_ended() -> None:
    tried = judged({"a": 5, "b": 9}, a=[0.1, 0.1, 0.1, 0.4, 0.4, 0.4], b=[0.3, 0.3, 0.3, 0.3, 0.3, 0.3])
    lost = regret(tried, WINDOW)
    assert list(lost["as_of"]) == DAYS[4:]
    assert list(lost["picked"]) == ["b", "b"]
    assert list(lost["regret"]) == pytest.approx([0.1, 0.1])


def test_without_a_day_that_follows_a_closed_one_there_is_no_regret_to_measure() -> None:
    assert regret(judged({"a": 1}, a=[0.2, 0.3]), WINDOW).empty


SCORES = np.array([0, 10, 20, 30, 40, 50, 60, 70, 80, 90] * 4)
ON = np.repeat([0, 1, 2, 3], 10)
RISING = np.linspace(0.0, 0.5, 101)


def test_twice_the_places_reach_the_threshold_on_an_average_day() -> None:
    assert threshold(SCORES, ON, RISING, 0.05, 2) == 60
    assert threshold(SCORES, ON, RISING, 0.05, 1) == 80


def test_nobody_below_the_mean_risk_is_listed_whatever_the_places() -> None:
    assert threshold(SCORES, ON, RISING, 0.3, 4) == 60


def test_the_threshold_stays_between_one_and_the_total() -> None:
    assert threshold(SCORES, ON, RISING, 0.0, 50) == 1
    assert threshold(SCORES, ON, np.full(101, 0.1), 0.9, 50) == 100
