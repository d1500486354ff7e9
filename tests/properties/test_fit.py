"""Whatever the past, a fitted table can be checked by hand: whole points that add up, rise, and lines that never cross."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from riskmodel.fit import PointsTable
from riskmodel.fit.gathering import Counted, distinct
from riskmodel.fit.measures import precision_at
from riskmodel.fit.rounding import NOTHING, merged, points
from riskmodel.fit.solving import lines

sums = st.lists(
    st.lists(st.floats(0, 5), min_size=1, max_size=5).map(lambda steps: np.concatenate([[0.0], np.cumsum(steps)])),
    min_size=1,
    max_size=12,
)
seeds = st.integers(0, 2**32 - 1)


@given(columns=sums, total=st.sampled_from([20, 60, 100]))
def test_rounded_points_add_up_rise_and_stay_near_their_sums(columns: list[np.ndarray], total: int) -> None:
    real = sum(column.max() for column in columns)
    found = points(columns, total)
    assert sum(int(rows.max()) for rows in found) == (total if real > NOTHING else 0)
    for rows, column in zip(found, columns, strict=True):
        assert rows[0] == 0
        assert (np.diff(rows) >= 0).all()
        assert real <= NOTHING or np.abs(rows - column * total / real).max() < 1 + 1e-6


@given(rows=st.lists(st.integers(0, 50), min_size=1, max_size=8).map(sorted))
def test_merging_rows_changes_no_ones_points(rows: list[int]) -> None:
    cuts, printed = np.arange(1.0, len(rows)), np.array(rows)
    fewer, kept = merged(cuts, printed)
    values = np.arange(0.5, len(rows) + 0.5)
    assert (kept[np.searchsorted(fewer, values, side="right")] == printed[np.searchsorted(cuts, values, side="right")]).all()


@given(seed=seeds, penalty=st.sampled_from([0.0, 1.0, 3.0]), signs=st.sampled_from(["up", "down", "free"]))
def test_a_table_fitted_on_anything_keeps_its_promises(seed: int, penalty: float, signs: str) -> None:
    values, target = drawn(np.random.default_rng(seed))
    table = PointsTable(cuts=[[1, 2, 3], [0.5], "tree"], signs=signs, penalty=penalty).fit(values, target)
    score = table.total_of(values)
    assert sum(int(rows.max()) for rows in table.points_) in (0, 100)
    assert (score == table.points(values).sum(axis=1)).all()
    assert 0 <= score.min() <= score.max() <= 100
    steps = np.concatenate([np.diff(rows) for rows in table.points_])
    assert signs == "free" or (steps * {"up": 1, "down": -1}[signs] > 0).all()
    order = np.argsort(score, kind="stable")
    assert (np.diff(table.predict_proba(values[order])[:, 1]) >= 0).all()


@given(seed=seeds)
def test_three_lines_never_cross_and_never_fall(seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores = np.arange(101.0)
    seen = [
        Counted(size * rate, size * (1 - rate))
        for size, rate in (
            (draw.random(101) * 50, expit(draw.normal(-3, 1) + draw.normal(0.02, 0.04) * scores)) for _ in range(3)
        )
    ]
    logits = np.array([a + b * scores for a, b in lines([scores] * 3, seen, 100, 1e-3)])
    assert (np.diff(logits, axis=0) >= 0).all()
    assert (np.diff(logits, axis=1) > 0).all()


@given(seed=seeds, places=st.integers(1, 40))
def test_precision_lies_between_the_best_and_the_worst_way_of_drawing_ties(seed: int, places: int) -> None:
    draw = np.random.default_rng(seed)
    value, is_event = draw.integers(0, 5, 30).astype(float), draw.integers(0, 2, 30).astype(float)
    found = precision_at(value, is_event, places)
    worst, best = (np.lexsort((sign * is_event, -value))[:places] for sign in (1, -1))
    assert is_event[worst].mean() - 1e-9 <= found <= is_event[best].mean() + 1e-9


@given(rows=st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0.5, 1.0, float("nan")])), min_size=1, max_size=30))
def test_distinct_rows_give_every_row_back(rows: list[Any]) -> None:
    matrix = np.array(rows, dtype=float)
    found, where = distinct(matrix)
    assert np.array_equal(found[where], matrix, equal_nan=True)
    assert len(np.unique(where)) == len(found)


def drawn(draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    values = np.column_stack([draw.integers(0, 5, 200), draw.random(200).round(1), draw.integers(0, 9, 200)]).astype(float)
    values[draw.random(values.shape) < 0.05] = np.nan
    target = (draw.random(200) < draw.uniform(0.1, 0.6)).astype(int)
    target[:2] = [0, 1]
    return values, target
