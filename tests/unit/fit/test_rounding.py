"""Integer points that add up."""

import numpy as np

from riskmodel.fit.rounding import merged, points


def test_sums_are_scaled_and_rounded_so_that_the_largest_add_up() -> None:
    found = points([np.array([0, 1.0]), np.array([0, 1.0]), np.array([0, 0.4, 1.0])], 100)
    assert [list(rows) for rows in found] == [[0, 34], [0, 33], [0, 13, 33]]


def test_a_row_is_within_half_a_point_of_its_real_value_or_a_point_at_the_top() -> None:
    sums = [np.array([0, 0.31, 0.77, 1.93]), np.array([0, 0.05, 2.11])]
    scale = 100 / (1.93 + 2.11)
    for rows, real in zip(points(sums, 100), sums, strict=True):
        assert np.abs(rows - real * scale)[:-1].max() <= 0.5
        assert abs(rows[-1] - real[-1] * scale) < 1


def test_nothing_fitted_is_no_point() -> None:
    assert [list(rows) for rows in points([np.zeros(3)], 100)] == [[0, 0, 0]]


def test_a_top_rounded_down_never_leaves_a_lower_row_above_it() -> None:
    found = points([np.array([0, 0.999, 1.0]), np.array([0, 1.0]), np.array([0, 1.0])], 100)
    assert all((np.diff(rows) >= 0).all() for rows in found)
    assert sum(int(rows.max()) for rows in found) == 100


def test_rows_with_the_same_points_become_one() -> None:
    cuts, rows = merged(np.array([1.0, 2.0, 3.0]), np.array([0, 0, 7, 7]))
    assert list(cuts) == [2.0]
    assert list(rows) == [0, 7]
