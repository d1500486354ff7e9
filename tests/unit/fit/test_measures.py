"""Measures of an order and of a probability, against plain counting."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from riskmodel.fit.measures import calibration_error, order_measures, precision_at


@pytest.mark.parametrize("places", [1, 2, 3, 4, 5, 9])
def test_precision_is_the_mean_over_every_way_of_drawing_ties(places: int) -> None:
    value, is_event = np.array([3, 2, 2, 2, 1.0]), np.array([0, 1, 0, 1, 1.0])
    orders = [order for order in permutations(range(5)) if all(value[a] >= value[b] for a, b in pairwise(order))]
    expected = np.mean([is_event[list(order[:places])].mean() for order in orders])
    assert precision_at(value, is_event, places) == pytest.approx(expected)


def test_precision_of_nobody_is_not_a_number() -> None:
    assert np.isnan(precision_at(np.empty(0), np.empty(0), 5))


def test_calibration_compares_what_was_said_with_what_happened() -> None:
    said = np.repeat([0.1, 0.5], 500)
    happened = np.concatenate([np.arange(500) < 50, np.arange(500) < 350]).astype(float)
    assert calibration_error(said, happened) == pytest.approx(0.1)
    assert np.isnan(calibration_error(np.empty(0), np.empty(0)))


def test_equal_probabilities_stay_in_one_bin_whatever_the_order() -> None:
    happened = (np.arange(200) < 20).astype(float)
    assert calibration_error(np.full(200, 0.1), happened) == pytest.approx(0.0)


def test_a_day_with_one_outcome_has_no_area() -> None:
    found = order_measures(np.array([1.0, 2.0]), np.array([0.0, 0.0]), 1)
    assert found["precision"] == 0
    assert np.isnan(found["auc"])
    assert np.isnan(found["average_precision"])
