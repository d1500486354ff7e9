"""Whatever the stock: orders are read the same way, bounds hold, and no window that trains crosses a test day."""

from datetime import timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from riskmodel.backtest import fitted
from riskmodel.backtest.ties import UNKNOWN, Order

ROWS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([0, 0, 1, UNKNOWN])), min_size=1, max_size=40)


def order(rows: list[tuple[int, int]]) -> Order:
    return Order(np.array([value for value, _ in rows], dtype=float), np.array([label for _, label in rows]))


@given(ROWS, st.integers(1, 45), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_changes_nothing(rows: list[tuple[int, int]], k: int, chance: object) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    there, back = order(rows), order(shuffled)
    assert repr(there.read(k)) == repr(back.read(k))
    assert repr(there.average_precision()) == repr(back.average_precision())


@given(ROWS, st.integers(1, 45))
def test_the_mean_lies_between_the_worst_and_the_best(rows: list[tuple[int, int]], k: int) -> None:
    found = order(rows).read(k)
    assert found.listed == min(k, len(rows))
    assert found.hits + found.false_alarms + found.unknown == np.float64(found.listed).round(9) or np.isclose(
        found.hits + found.false_alarms + found.unknown, found.listed
    )
    if not np.isnan(found.mean):
        assert found.worst - 1e-9 <= found.mean <= found.best + 1e-9


@given(ROWS, st.integers(1, 45))
def test_chances_fill_the_list_exactly(rows: list[tuple[int, int]], k: int) -> None:
    chances = order(rows).chances(k)
    assert np.isclose(chances.sum(), min(k, len(rows)))
    assert ((chances >= 0) & (chances <= 1)).all()


@given(ROWS)
def test_only_the_ranking_of_values_matters(rows: list[tuple[int, int]]) -> None:
    stretched = [(value**3 - 7, label) for value, label in rows]
    assert repr(order(rows).read(5)) == repr(order(stretched).read(5))


@given(st.lists(st.sampled_from([0, 1]), min_size=2, max_size=30).filter(any))
def test_without_a_tie_average_precision_is_the_customary_one(labels: list[int]) -> None:
    values = -np.arange(len(labels), dtype=float)
    assert np.isclose(Order(values, np.array(labels)).average_precision(), average_precision_score(labels, values))


@settings(max_examples=50)
@given(
    st.lists(
        st.dates(min_value=pd.Timestamp("2023-01-01").date(), max_value=pd.Timestamp("2026-12-31").date()),
        min_size=1,
        max_size=30,
    ),
    st.dates(min_value=pd.Timestamp("2023-06-01").date(), max_value=pd.Timestamp("2026-12-31").date()),
    st.sampled_from([30, 90, 180]),
)
def test_no_day_that_trains_has_a_window_open_on_the_test_day(days: list[object], test_day: object, horizon: int) -> None:
    rows = pd.DataFrame({"as_of": pd.to_datetime(days)})
    trained = fitted.training_rows(rows, pd.Timestamp(test_day), horizon)["as_of"]
    left_out = rows.loc[~rows.index.isin(trained.index), "as_of"]
    assert (trained + timedelta(days=horizon + 15) <= pd.Timestamp(test_day)).all()
    assert (left_out + timedelta(days=horizon + 15) > pd.Timestamp(test_day)).all()
