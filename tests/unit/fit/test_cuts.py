"""Cuts that a tree finds where no law says."""

import numpy as np
import pytest

from riskmodel.fit.cuts import choose, human_grid, levels
from riskmodel.fit.gathering import Counted

GRID = np.arange(1.0, 21.0)


def seen(rates: list[float], size: int = 1000) -> tuple[np.ndarray, Counted]:
    rates_ = np.array(rates)
    return np.arange(len(rates)), Counted(size * rates_, size * (1 - rates_))


def test_a_grid_is_made_of_numbers_a_person_would_say() -> None:
    values = np.random.default_rng(1).normal(50, 12, 5000)
    grid = human_grid(values, np.ones(5000))
    assert len(grid) <= 40
    assert (grid == grid.round()).all()
    assert list(human_grid(np.array([0.0, 1.0, 2.0, np.nan]), np.ones(4))) == [1.0, 2.0]
    assert len(human_grid(np.array([3.0, 3.0]), np.ones(2))) == 0


def test_the_tree_cuts_where_the_risk_changes_and_nowhere_else() -> None:
    level, counted = seen([0.1] * 5 + [0.3] * 8 + [0.6] * 8)
    assert list(choose(level, counted, GRID, "up", 30)) == [5.0, 13.0]


def test_a_column_whose_risk_goes_the_other_way_is_not_cut() -> None:
    level, counted = seen([0.6] * 10 + [0.2] * 11)
    assert list(choose(level, counted, GRID, "up", 30)) == []
    assert list(choose(level, counted, GRID, "down", 30)) == [10.0]


def test_there_are_at_most_six_rows_each_with_two_in_a_hundred() -> None:
    level, counted = seen([rank / 25 for rank in range(1, 22)])
    assert len(choose(level, counted, GRID, "up", 0)) == 5
    rare = Counted(np.array([100, 5.0, 5.0]), np.array([900, 1.0, 1.0]))
    assert list(choose(np.arange(3), rare, np.array([1.0, 2.0]), "up", 0)) == []


@pytest.mark.parametrize(("fewest", "expected"), [(30, []), (29, [5.0])])
def test_a_row_short_of_events_joins_its_nearest_neighbour(fewest: int, expected: list[float]) -> None:
    level, counted = seen([0.0029] * 10 + [0.9] * 11)
    moved = choose(level, counted, GRID, "up", fewest)
    assert [cut for cut in moved if cut < 10] == []
    few = Counted(np.array([0.0, 31, 400]), np.array([5000.0, 500, 800]))
    assert list(choose(np.arange(3), few, np.array([5.0, 9.0]), "up", 30)) == [9.0]
    assert (
        list(choose(np.arange(2), Counted(np.array([29.0, 400]), np.array([5000.0, 500])), np.array([5.0]), "up", fewest))
        == expected
    )


def test_unknown_values_decide_no_cut() -> None:
    level = np.array([-1, 0, 1])
    counted = Counted(np.array([5000.0, 100, 600]), np.array([0.0, 900, 400]))
    assert list(choose(level, counted, np.array([4.0]), "up", 30)) == [4.0]


def test_a_value_on_a_bound_reaches_it() -> None:
    assert list(levels(np.array([0.8, 0.9, 2.0, np.nan]), np.array([0.9, 1.4]))) == [0, 1, 2, -1]
