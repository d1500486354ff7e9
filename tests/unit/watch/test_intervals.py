"""Intervals against hand figures, and against what they promise: to hold the truth about as often as they say."""

from math import inf, isnan

import numpy as np
import pandas as pd
import pytest

from riskmodel.watch.intervals import Evidence, crossing, excludes_one, median, poisson, ratio, wilson


def rows_of(numerator: list[int], denominator: list[int], households: list[str], by: str = "a") -> pd.DataFrame:
    return pd.DataFrame({"n": numerator, "d": denominator, "household_id": households, "by": by})


def evidence(rows: pd.DataFrame) -> dict[str, Evidence]:
    return crossing(rows["by"], rows["household_id"]).evidence(rows["n"], rows["d"])


def test_wilson_gives_the_textbook_interval() -> None:
    assert wilson(0.1, 100, 0.95) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert wilson(0.0, 10, 0.95) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert all(isnan(bound) for bound in wilson(0.5, 0, 0.95))


def test_ten_different_households_are_worth_ten_and_one_seen_ten_times_is_worth_one() -> None:
    many = rows_of([1, 0] * 5, [1] * 10, [f"M{i}" for i in range(10)])
    one = rows_of([1] * 10, [1] * 10, ["M1"] * 10)
    assert evidence(many)["a"].share().sample == pytest.approx(9, abs=1.01)
    assert evidence(one)["a"].share().sample == 1


def test_nothing_seen_is_unknown_and_not_zero() -> None:
    rows = rows_of([0, 0], [0, 0], ["M1", "M2"])
    assert evidence(rows) == {}
    assert isnan(Evidence().share().value)


def test_poisson_gives_the_exact_interval() -> None:
    assert poisson(10, 10.0, 0.95) == pytest.approx((1.0, 0.4795, 1.8390), abs=1e-4)
    assert poisson(0, 5.0, 0.95)[:2] == (0.0, 0.0)
    assert isnan(poisson(3, 0.0, 0.95)[0])


def test_a_ratio_of_a_group_where_nobody_was_seen_has_an_upper_bound_only() -> None:
    rows = pd.concat(
        [
            rows_of([0] * 40, [1] * 40, [f"A{i}" for i in range(40)]),
            rows_of([1, 0] * 200, [1] * 400, [f"B{i}" for i in range(400)], by="b"),
        ]
    )
    lines = evidence(rows)
    value, low, high = ratio(lines["a"].share(), lines["b"].share(), 0.95)
    assert (value, low) == (0.0, 0.0)
    assert 0 < high < 0.3
    assert excludes_one(low, high)


def test_a_ratio_to_a_rest_that_may_be_nothing_has_no_upper_bound() -> None:
    rows = pd.concat(
        [
            rows_of([1] * 5 + [0] * 35, [1] * 40, [f"A{i}" for i in range(40)]),
            rows_of([0] * 40, [1] * 40, [f"B{i}" for i in range(40)], by="b"),
        ]
    )
    lines = evidence(rows)
    assert all(isnan(bound) for bound in ratio(lines["a"].share(), lines["b"].share(), 0.95))
    assert ratio(lines["b"].share(), lines["a"].share(), 0.95)[2] < inf


def test_the_interval_of_a_median_is_made_of_its_own_values() -> None:
    assert median(pd.Series(range(1, 12), dtype="Int64"), 0.95) == (6.0, 2.0, 10.0)
    value, low, high = median(pd.Series([3, 5], dtype="Int64"), 0.95)
    assert value == 4.0
    assert isnan(low)
    assert isnan(high)


def test_intervals_of_households_that_come_back_hold_the_truth_as_often_as_they_say() -> None:
    """Six rows a household, alike four times in five: counting rows would hold it two times in three."""
    draw, held, held_ratio = np.random.default_rng(3), 0, 0
    for _ in range(150):
        own = draw.random(240) < np.repeat([0.3, 0.3], 120)
        seen = np.where(draw.random((240, 6)) < 0.8, own[:, None], draw.random((240, 6)) < 0.3)
        rows = rows_of(seen.ravel().astype(int).tolist(), [1] * 1440, np.repeat(np.arange(240), 6).astype(str).tolist())
        rows["by"] = np.repeat(["a", "b"], 720)
        lines = evidence(rows)
        low, high = evidence(rows.assign(by="all"))["all"].share().bounds(0.95)
        held += low <= 0.3 <= high
        _, low, high = ratio(lines["a"].share(), lines["b"].share(), 0.95)
        held_ratio += low <= 1 <= high
    assert 0.90 <= held / 150 <= 0.99
    assert 0.90 <= held_ratio / 150 <= 0.99
