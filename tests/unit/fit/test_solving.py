"""The arithmetic of a fit: exact gradient, bounds, lines that never cross."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit

from riskmodel.fit import solving
from riskmodel.fit.gathering import Counted, distinct
from riskmodel.fit.solving import lines, steps

SCORES = np.arange(101.0)


def drawn(level: float, slope: float, size: float = 200) -> Counted:
    rate = expit(level + slope * SCORES)
    return Counted(size * rate, size * (1 - rate))


def test_the_gradient_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def spy(loss: object, start: np.ndarray, **_: object) -> object:
        asked["loss"], asked["size"] = loss, len(start)
        raise InterruptedError

    monkeypatch.setattr(solving, "minimize", spy)
    draw = np.random.default_rng(3)
    with pytest.raises(InterruptedError):
        steps(draw.integers(0, 2, (40, 5)).astype(float), Counted(draw.random(40), draw.random(40)), 2.0)
    at = draw.normal(size=asked["size"])
    expected = approx_fprime(at, lambda point: asked["loss"](point)[0], 1e-7)
    assert asked["loss"](at)[1] == pytest.approx(expected, abs=1e-5)


def test_no_step_is_negative_and_a_misleading_one_is_nought() -> None:
    design = np.array([[0.0, 0], [1, 0], [0, 1], [1, 1]])
    counted = Counted(np.array([100.0, 300, 50, 200]), np.array([900.0, 700, 950, 800]))
    right, wrong = steps(design, counted, 0.0)
    assert right > 1
    assert wrong == 0


def test_without_penalty_steps_are_those_of_logistic_regression() -> None:
    design = np.array([[0.0], [1.0]])
    found = steps(design, Counted(np.array([100.0, 400]), np.array([900.0, 600])), 0.0)
    assert found[0] == pytest.approx(np.log(400 / 600) - np.log(100 / 900), rel=1e-2)


def test_lines_that_do_not_cross_are_those_fitted_one_by_one() -> None:
    asked = [(-5.0, 0.03), (-4.0, 0.035), (-3.0, 0.036)]
    found = lines([SCORES] * 3, [drawn(*line) for line in asked], 100, 1e-3)
    assert np.ravel(found) == pytest.approx(np.ravel(asked), abs=2e-3)


def test_lines_that_would_cross_are_fitted_again_so_that_they_touch() -> None:
    near, far = lines([SCORES] * 2, [drawn(-4, 0.06), drawn(-3, 0.03)], 100, 1e-3)
    gaps = [far[0] - near[0], far[0] + 100 * far[1] - near[0] - 100 * near[1]]
    assert min(gaps) > 0
    assert min(gaps) == pytest.approx(1e-4, abs=1e-5)


def test_a_line_never_falls() -> None:
    ((_, slope),) = lines([SCORES], [drawn(-1, -0.05)], 100, 1e-3)
    assert slope == pytest.approx(1e-3)


def test_distinct_rows_come_in_rising_order_with_unknown_as_a_value() -> None:
    rows, where = distinct(np.array([[2, 1], [np.nan, 0], [1, 5], [2, 1], [np.nan, 0]]))
    assert rows[:2].tolist() == [[1, 5], [2, 1]]
    assert np.isnan(rows[2, 0])
    assert list(where) == [1, 2, 0, 1, 2]
