"""The arithmetic of ties against every order written out."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from riskmodel.backtest.ties import UNKNOWN, Order

FRAMES = {
    "one tie across the cut": ([3, 2, 2, 2, 1], [1, 1, 0, 0, 1]),
    "all tied": ([1, 1, 1, 1, 1], [1, 0, 0, 1, 0]),
    "no tie": ([5, 4, 3, 2, 1], [0, 1, 0, 1, 1]),
    "unknown rows in the tie": ([2, 1, 1, 1, 1, 0], [1, 1, 0, UNKNOWN, UNKNOWN, 1]),
    "only unknown rows on top": ([2, 2, 1, 1, 1], [UNKNOWN, UNKNOWN, 1, 0, UNKNOWN]),
    "missing values last": ([np.nan, 2, np.nan, 1, np.nan], [1, 0, 0, 1, UNKNOWN]),
    "unknown and sure rows": ([4, 4, 3, 3, 3, 3], [UNKNOWN, 0, 1, 1, UNKNOWN, 0]),
}


def order(name: str) -> Order:
    values, labels = FRAMES[name]
    return Order(np.array(values, dtype=float), np.array(labels))


def all_lists(name: str, k: int) -> list[list[int]]:
    """Row numbers of the first k, in every order that the values allow."""
    values = np.where(np.isnan(FRAMES[name][0]), -np.inf, np.array(FRAMES[name][0], dtype=float))
    orders = [rows for rows in permutations(range(len(values))) if all(values[a] >= values[b] for a, b in pairwise(rows))]
    return [list(rows[:k]) for rows in orders]


def precisions(name: str, k: int) -> list[float]:
    labels = np.array(FRAMES[name][1])
    found = [
        (labels[rows] == 1).sum() / (labels[rows] != UNKNOWN).sum()
        for rows in all_lists(name, k)
        if (labels[rows] != UNKNOWN).any()
    ]
    return found or [float("nan")]


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("name", FRAMES)
def test_precision_is_that_of_all_tie_orders(name: str, k: int) -> None:
    found, expected = order(name).read(k), precisions(name, k)
    assert (found.mean, found.worst, found.best) == pytest.approx((np.mean(expected), min(expected), max(expected)), nan_ok=True)


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("name", FRAMES)
def test_hits_false_alarms_and_unknown_rows_are_those_of_the_mean_order(name: str, k: int) -> None:
    labels, lists, found = np.array(FRAMES[name][1]), all_lists(name, k), order(name).read(k)
    expected = [np.mean([(labels[rows] == label).sum() for rows in lists]) for label in (1, 0, UNKNOWN)]
    assert [found.hits, found.false_alarms, found.unknown] == pytest.approx(expected)
    assert found.listed == k


@pytest.mark.parametrize("name", FRAMES)
def test_each_rows_chance_is_its_share_of_all_orders(name: str) -> None:
    lists = all_lists(name, 3)
    expected = [np.mean([row in rows for rows in lists]) for row in range(len(FRAMES[name][0]))]
    assert order(name).chances(3).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("name", FRAMES)
def test_average_precision_is_the_mean_over_all_orders_of_labelled_rows(name: str) -> None:
    values, labels = np.array(FRAMES[name][0], dtype=float), np.array(FRAMES[name][1])
    labelled = labels != UNKNOWN
    expected = []
    for rows in all_lists(name, len(values)):
        kept = [row for row in rows if labelled[row]]
        expected.append(average_precision_score(labels[kept], -np.arange(len(kept))))
    assert order(name).average_precision() == pytest.approx(np.mean(expected))
    assert values.size == labels.size


def test_a_list_longer_than_the_stock_lists_everybody() -> None:
    found = order("all tied").read(50)
    assert (found.listed, found.worst, found.mean, found.best) == (5, 0.4, 0.4, 0.4)


def test_nobody_to_list_gives_no_precision() -> None:
    found = Order(np.array([]), np.array([], dtype=int)).read(10)
    assert found.listed == 0
    assert np.isnan(found.mean)


def test_without_an_event_there_is_no_average_precision() -> None:
    assert np.isnan(Order(np.array([2.0, 1.0]), np.array([0, 0])).average_precision())
