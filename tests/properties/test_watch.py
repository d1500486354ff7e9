"""Whatever the households: figures add up, do not depend on who is called what, and never print a small cell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.watch import fairness, limits
from riskmodel.watch.fairness import published
from riskmodel.watch.intervals import crossing, ratio
from tests.unit.watch import landlord

LIMITS = limits()
DRAWN = st.tuples(st.integers(20, 120), st.floats(0, 1), st.floats(0, 1), st.floats(0.02, 0.5), st.integers(0, 10_000))
TWO_DAYS = landlord.DAYS[:2]


def drawn(case: tuple[int, float, float, float, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    households, inside, outside, events, seed = case
    return landlord.rows(households, seen=(inside, outside), events=events, days=TWO_DAYS, seed=seed)


@given(DRAWN)
def test_groups_of_an_attribute_add_up_to_the_whole(case: tuple[int, float, float, float, int]) -> None:
    found = fairness(*drawn(case), LIMITS).query("metric != 'lead_days'")
    whole = found[found["attribute"] == "tous"].set_index("metric")[["numerator", "denominator"]]
    for attribute in ("priority_area", "management_unit"):
        parts = found[found["attribute"] == attribute].groupby("metric")[["numerator", "denominator"]].sum()
        pd.testing.assert_frame_equal(parts.loc[whole.index], whole, check_index_type=False)


@given(DRAWN)
def test_bounds_hold_their_figure_and_stay_shares(case: tuple[int, float, float, float, int]) -> None:
    found = fairness(*drawn(case), LIMITS)
    known = found[found["value"].notna() & (found["metric"] != "lead_days")]
    assert (known["low"] <= known["value"] + 1e-9).all()
    assert (known["value"] <= known["high"] + 1e-9).all()
    assert known[["low", "value", "high"]].stack().between(0, 1).all()
    compared = known[known["ratio"].notna()]
    assert (compared["ratio_low"] <= compared["ratio"] + 1e-9).all()
    assert (compared["ratio"] <= compared["ratio_high"] + 1e-9).all()
    assert (compared["sure_low"] <= compared["ratio_low"] + 1e-9).all()


@given(DRAWN, st.integers(0, 100))
def test_neither_the_order_of_rows_nor_identifiers_change_a_figure(
    case: tuple[int, float, float, float, int], mixed: int
) -> None:
    rows, groups = drawn(case)
    renamed = rows.assign(household_id=rows["household_id"].map(lambda name: f"X{name[::-1]}")).sample(frac=1, random_state=mixed)
    pd.testing.assert_frame_equal(fairness(renamed, groups, LIMITS), fairness(rows, groups, LIMITS))


@given(DRAWN)
def test_no_printed_cell_is_small_nor_alone_in_being_hidden(case: tuple[int, float, float, float, int]) -> None:
    shown = published(fairness(*drawn(case), LIMITS), LIMITS)
    printed = shown[~shown["is_hidden"] & (shown["households"] > 0)]
    assert (printed["households"] >= LIMITS.small_cell).all()
    blank = ["value", "numerator", "denominator", "low", "high", "ratio"]
    assert shown.loc[shown["is_hidden"], blank].isna().all(axis=None)
    for _, cells in shown.groupby(["attribute", "metric"]):
        assert cells["is_hidden"].sum() != 1 or (cells["households"] == 0).all()


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 40), st.integers(1, 40))
@settings(max_examples=60)
def test_the_ratio_of_two_groups_is_the_inverse_of_its_inverse(seen: int, more: int, rest_seen: int, rest_more: int) -> None:
    rows = pd.DataFrame(
        {
            "household_id": [f"M{rank}" for rank in range(seen + more + rest_seen + rest_more)],
            "by": ["a"] * (seen + more) + ["b"] * (rest_seen + rest_more),
            "n": np.repeat([1, 0, 1, 0], [seen, more, rest_seen, rest_more]),
        }
    )
    known = crossing(rows["by"], rows["household_id"]).evidence(rows["n"], pd.Series(1, rows.index))
    a, b = known["a"].share(), known["b"].share()
    value, low, high = ratio(a, b, 0.95)
    other, other_low, other_high = ratio(b, a, 0.95)
    assert value == pytest.approx(1 / other)
    assert low == pytest.approx(1 / other_high)
    assert high == pytest.approx(1 / other_low)
