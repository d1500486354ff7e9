"""Penalised logistic loss with bounds: the arithmetic of every fit of this room, weighted and exact in its gradient."""

import numpy as np
from scipy.optimize import LinearConstraint, minimize
from scipy.special import expit

from riskmodel.fit.gathering import Counted

Floats = np.ndarray
RIDGE = 1e-4
"""A breath of quadratic penalty: two columns that say the same share their points instead of being drawn by lot."""

FEWEST_ROWS = 100


def steps(design: Floats, seen: Counted, penalty: float) -> Floats:
    """Non-negative step of every column of `design`, an intercept fitted beside them and left out of the answer.

    Minimises logistic loss + the sum of `penalty` × noise × step, where the noise of a step is how far chance alone would pull it
    if it told nothing. So a penalty means the same for a hundred households and for a million, for a common sign and a rare one.
    """
    rate = seen.events.sum() / seen.all.sum()
    pull = penalty * np.sqrt(rate * (1 - rate)) * _noise(design, seen)
    scale = 1 / seen.all.sum()

    def loss(found: Floats) -> tuple[float, Floats]:
        logit = found[0] + design @ found[1:]
        value = seen.all @ np.logaddexp(0, logit) - seen.events @ logit
        residual = seen.all * expit(logit) - seen.events
        gradient = np.concatenate([[residual.sum()], design.T @ residual + pull])
        ridge = RIDGE * seen.all.sum() * found[1:]
        return scale * (value + pull @ found[1:] + ridge @ found[1:] / 2), scale * (gradient + np.concatenate([[0.0], ridge]))

    start = np.zeros(design.shape[1] + 1)
    start[0] = np.log(rate / (1 - rate))
    bounds = [(None, None), *[(0.0, None)] * design.shape[1]]
    answer = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500, "ftol": 1e-11, "gtol": 1e-8}
    )
    return np.asarray(answer.x[1:])


def _noise(design: Floats, seen: Counted) -> Floats:
    """Standard deviation of each column times √n, a sign seen on fewer than a hundred rows taken as seen on a hundred."""
    mean = seen.all @ design / seen.all.sum()
    spread = seen.all @ design**2 - seen.all.sum() * mean**2
    return np.sqrt(np.maximum(spread, FEWEST_ROWS))


def lines(scores: list[Floats], seen: list[Counted], reach: float, flattest: float) -> list[tuple[float, float]]:
    """One line a + b × score on the logit scale for each set of counted rows, fitted together and never crossing.

    From 0 to `reach` each line stays at or under the next one, and every b is at least `flattest`. Where the lines fitted one by
    one already keep this, they are the answer: the problem is convex.
    """

    def loss(found: Floats) -> tuple[float, Floats]:
        parts = [_line_loss(found[2 * i : 2 * i + 2], scores[i], seen[i]) for i in range(len(scores))]
        return sum(value for value, _ in parts), np.concatenate([gradient for _, gradient in parts])

    start = np.concatenate([[_level(counted), flattest] for counted in seen])
    limits = LinearConstraint(*_order(len(scores), reach, flattest))
    answer = minimize(
        loss, _ordered(start), jac=True, method="SLSQP", constraints=[limits], options={"maxiter": 500, "ftol": 1e-12}
    )
    return [(float(a), float(b)) for a, b in np.reshape(answer.x, (-1, 2))]


def _line_loss(line: Floats, score: Floats, seen: Counted) -> tuple[float, Floats]:
    logit = line[0] + line[1] * score
    weight = 1 / max(seen.all.sum(), 1.0)
    residual = seen.all * expit(logit) - seen.events
    value = seen.all @ np.logaddexp(0, logit) - seen.events @ logit
    return float(weight * value), weight * np.array([residual.sum(), residual @ score])


def _level(seen: Counted) -> float:
    """Logit of the rate, a row's half added on either side so that it is finite."""
    return float(np.log((seen.events.sum() + 0.5) / (seen.others.sum() + 0.5)))


def _ordered(start: Floats) -> Floats:
    """A first guess that keeps the order: no later level below an earlier one."""
    return np.column_stack([np.maximum.accumulate(start[::2]), start[1::2]]).ravel()


def _order(count: int, reach: float, flattest: float) -> tuple[Floats, Floats, Floats]:
    """Rows of the linear constraints: each b, then each line under the next at 0 and at `reach`."""
    slopes = np.zeros((count, 2 * count))
    slopes[np.arange(count), 2 * np.arange(count) + 1] = 1.0
    gaps = [_gap(count, i, at) for i in range(count - 1) for at in (0.0, reach)]
    rows = np.vstack([slopes, *gaps])
    low = np.concatenate([np.full(count, flattest), np.full(len(gaps), MARGIN)])
    return rows, low, np.full(len(rows), np.inf)


MARGIN = 1e-4
"""Kept between two lines on the logit scale, so that rounding what is printed cannot make them cross."""


def _gap(count: int, rank: int, at: float) -> Floats:
    row = np.zeros(2 * count)
    row[2 * rank : 2 * rank + 4] = [-1.0, -at, 1.0, at]
    return row
