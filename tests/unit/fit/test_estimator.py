"""The table an estimator fits: what a person can check with a pencil."""

import numpy as np
import pytest
from scipy.special import expit

from riskmodel.fit import PointsTable

DRAW = np.random.default_rng(7)
SIZE = 3000


def columns() -> np.ndarray:
    return np.column_stack([DRAW.integers(0, 5, SIZE), DRAW.random(SIZE).round(2), DRAW.integers(0, 3, SIZE)]).astype(float)


X = columns()
Y = (DRAW.random(SIZE) < expit(-2.5 + 1.2 * (X[:, 0] >= 2) + 0.8 * (X[:, 0] >= 4) + 1.5 * (X[:, 1] >= 0.7))).astype(int)


@pytest.fixture(scope="module")
def table() -> PointsTable:
    return PointsTable(cuts=[[1, 2, 3, 4], "tree", [1, 2]], signs="up").fit(X, Y)


def test_the_largest_points_of_the_columns_add_up_to_a_hundred(table: PointsTable) -> None:
    assert sum(int(rows.max()) for rows in table.points_) == 100
    assert table.total_of(X).max() <= 100


def test_the_score_is_the_sum_of_whole_points(table: PointsTable) -> None:
    points = table.points(X)
    assert points.dtype.kind == "i"
    assert list(table.total_of(X)) == list(points.sum(axis=1))


def test_more_of_a_column_that_goes_up_never_takes_points_away(table: PointsTable) -> None:
    assert all((np.diff(rows) > 0).all() and rows[0] == 0 for rows in table.points_)


def test_steps_are_found_where_the_risk_was_put(table: PointsTable) -> None:
    assert {2.0, 4.0} <= set(table.cuts_[0])
    assert np.abs(table.cuts_[1] - 0.7).min() <= 0.011
    assert table.points_[2].max() <= 5


def test_a_bound_belongs_to_the_row_above_it(table: PointsTable) -> None:
    first, second = table.points([[1.99, 0.0, 0.0], [2.0, 0.0, 0.0]])[:, 0]
    assert first < second


def test_an_unknown_value_gets_its_declared_points_and_no_more_than_the_worst_row() -> None:
    table = PointsTable(cuts=[[2], [0.7], [1]], signs="up", unknown=[5, 0, 90]).fit(X, Y)
    unknown = table.points(np.full((1, 3), np.nan))[0]
    assert list(unknown) == [5, 0, table.points_[2].max()]


def test_unknown_values_declared_at_no_point_leave_the_rest_as_it_is() -> None:
    missing = X.copy()
    missing[::10, 2] = np.nan
    table = PointsTable(cuts=[[2, 4], [0.7], [1, 2]], signs="up").fit(missing, Y)
    assert table.points(missing[::10])[:, 2].max() == 0


def test_down_is_up_read_from_the_other_end() -> None:
    up = PointsTable(cuts=[[2, 4], [0.7], [1]], signs="up").fit(X, Y)
    down = PointsTable(cuts=[[-3.999, -1.999], [-0.699], [-0.999]], signs="down").fit(-X, Y)
    assert (up.total_of(X) == down.total_of(-X)).all()
    assert down.points_[0][-1] == 0


def test_a_free_column_may_fall_then_rise_and_its_lowest_row_is_nought() -> None:
    values = DRAW.integers(0, 3, SIZE)[:, None].astype(float)
    target = (DRAW.random(SIZE) < np.array([0.4, 0.1, 0.6])[values[:, 0].astype(int)]).astype(int)
    low, middle, high = PointsTable(cuts=[[1, 2]]).fit(values, target).points_[0]
    assert middle == 0 < low < high == 100


def test_the_order_of_rows_and_their_repetition_change_nothing() -> None:
    order = DRAW.permutation(SIZE)
    kept = PointsTable(signs="up").fit(X, Y)
    mixed = PointsTable(signs="up").fit(X[order], Y[order])
    weighted = PointsTable(signs="up").fit(X, Y, sample_weight=np.full(SIZE, 2))
    doubled = PointsTable(signs="up").fit(np.vstack([X, X]), np.concatenate([Y, Y]))
    assert (kept.total_of(X) == mixed.total_of(X)).all()
    assert (weighted.total_of(X) == doubled.total_of(X)).all()
    assert kept.link_ == pytest.approx(mixed.link_)


def test_a_stronger_penalty_leaves_fewer_rows() -> None:
    counts = [
        sum(
            len(cuts) for cuts in PointsTable(cuts=[[1, 2, 3, 4], [0.2, 0.5, 0.7], [1, 2]], signs="up", penalty=p).fit(X, Y).cuts_
        )
        for p in (0.1, 20.0)
    ]
    assert counts[1] < counts[0]


def test_columns_that_say_nothing_give_no_point_and_the_mean_rate() -> None:
    noise = DRAW.random((SIZE, 2)).round(1)
    table = PointsTable(cuts=[[0.5], [0.5]], signs="down", penalty=50).fit(noise, Y)
    assert table.total_of(noise).max() == 0
    assert table.predict_proba(noise)[:, 1] == pytest.approx(np.full(SIZE, Y.mean()), abs=1e-3)


def test_the_probability_is_one_line_of_the_score(table: PointsTable) -> None:
    a, b = table.link_
    assert b > 0
    assert table.predict_proba(X)[:, 1] == pytest.approx(expit(a + b * table.total_of(X)))
    assert table.predict_proba(X)[:, 1].mean() == pytest.approx(Y.mean(), abs=1e-3)


def test_one_class_or_three_are_refused() -> None:
    with pytest.raises(ValueError, match="one class"):
        PointsTable().fit(X, np.zeros(SIZE))
    with pytest.raises(ValueError, match="Only binary"):
        PointsTable().fit(X, X[:, 2])
