"""The points table as a scikit-learn estimator: few rows a column, integer points, a score that is their sum."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from riskmodel.fit import cuts as cutting
from riskmodel.fit.gathering import Counted, distinct
from riskmodel.fit.rounding import merged, points
from riskmodel.fit.solving import lines, steps

FLATTEST = 1e-6


class PointsTable(ClassifierMixin, BaseEstimator):
    """Integer points of a few rows a column, fitted jointly; their sum is the score, and one line makes it a probability.

    `cuts`: for each column the bounds of its rows in rising order (a bound belongs to the row above it), or "tree" to have them
    found in the training rows; "tree" alone for all. `signs`: for each column "up" (more adds points), "down" or "free", or one
    word for all. `unknown`: points of a missing value, never more than the column's worst row. `penalty`: pull of the steps
    towards 0, in units of what chance alone can do. `total`: the largest possible score. `bin_events`: events, and as many
    non-events, that a row found by the tree must hold at least.

    After `fit`: `cuts_` and `points_` (one array a column, rows with equal points already merged), `unknown_`, `link_`.
    Raises ValueError when `y` does not hold exactly two classes; the second in sorted order is the event.
    """

    def __init__(
        self,
        cuts: str | Sequence[Any] = "tree",
        signs: str | Sequence[str] = "free",
        unknown: int | Sequence[int] = 0,
        penalty: float = 1.0,
        total: int = 100,
        bin_events: float = 0,
    ) -> None:
        self.cuts = cuts
        self.signs = signs
        self.unknown = unknown
        self.penalty = penalty
        self.total = total
        self.bin_events = bin_events

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803
        """Find cuts where they are to be found, fit every step at once, round to points, and link the score to `y`."""
        X, y = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")  # noqa: N806
        weights = _check_sample_weight(sample_weight, X, dtype=np.float64)
        self.classes_, is_event = _two_classes(y, weights)
        rows = Counted(np.where(is_event, weights, 0.0), np.where(is_event, 0.0, weights))
        signs = _each(self.signs, X.shape[1])
        bounds = [self._bounds(X[:, j], rows, cut, signs[j]) for j, cut in enumerate(_each(self.cuts, X.shape[1]))]
        codes, seen = _gathered(_codes(X, bounds), rows)
        unknown = np.array(_each(self.unknown, X.shape[1]), dtype=np.int64)
        sums = _fitted_sums(codes, seen, bounds, signs, unknown / self.total, self.penalty)
        printed = [merged(cut, row) for cut, row in zip(bounds, points(sums, self.total), strict=True)]
        self.cuts_ = [cut for cut, _ in printed]
        self.points_ = [row for _, row in printed]
        self.unknown_ = np.minimum(unknown, [row.max() for row in self.points_])
        self.link_ = self._link(X, rows)
        return self

    def points(self, X: Any) -> np.ndarray:  # noqa: N803
        """Integer points, one column for each column of `X`."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)  # noqa: N806
        return self._points(X)

    def total_of(self, X: Any) -> np.ndarray:  # noqa: N803
        """The score of each row: the exact sum of its points."""
        return np.asarray(self.points(X).sum(axis=1))

    def predict_proba(self, X: Any) -> np.ndarray:  # noqa: N803
        """Probability of each class, read on the fitted line from the score."""
        score = self.total_of(X)
        event = expit(self.link_[0] + self.link_[1] * score)
        return np.column_stack([1 - event, event])

    def predict(self, X: Any) -> np.ndarray:  # noqa: N803
        """The likelier class of each row."""
        likelier = self.predict_proba(X).argmax(axis=1)
        return np.asarray(self.classes_[likelier])

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        return tags

    def _bounds(self, column: np.ndarray, seen: Counted, cut: Any, sign: str) -> np.ndarray:
        if not isinstance(cut, str):
            return np.asarray(cut, dtype=np.float64)
        grid = cutting.human_grid(column, seen.all)
        return cutting.choose(cutting.levels(column, grid), seen, grid, sign, self.bin_events)

    def _points(self, values: np.ndarray) -> np.ndarray:
        level = _codes(values, self.cuts_)
        columns = [np.where(level[:, j] < 0, self.unknown_[j], row[level[:, j]]) for j, row in enumerate(self.points_)]
        return np.column_stack(columns).astype(np.int64)

    def _link(self, values: np.ndarray, seen: Counted) -> tuple[float, float]:
        return lines([self._points(values).sum(axis=1).astype(float)], [seen], self.total, FLATTEST)[0]


def _two_classes(y: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    check_classification_targets(y)
    classes = np.unique(y[weights > 0])
    if len(classes) > 2:
        raise ValueError(f"Only binary classification is supported. The type of the target is {type_of_target(y)}.")
    if len(classes) < 2:
        raise ValueError("Classifier can't train when only one class is present.")
    return classes, y == classes[1]


def _each(given: Any, columns: int) -> list[Any]:
    return [given] * columns if isinstance(given, str | int) else list(given)


def _codes(values: np.ndarray, bounds: Sequence[np.ndarray]) -> np.ndarray:
    return np.column_stack([cutting.levels(values[:, j], cut) for j, cut in enumerate(bounds)]).astype(np.int16)


def _gathered(codes: np.ndarray, rows: Counted) -> tuple[np.ndarray, Counted]:
    """Each distinct row once, in an order that does not depend on the order given, with its counts; rows never seen left out."""
    seen = rows.all > 0
    found, where = distinct(codes[seen])
    return found, Counted(rows.events[seen], rows.others[seen]).added(where, len(found))


def _fitted_sums(
    codes: np.ndarray, seen: Counted, bounds: Sequence[np.ndarray], signs: Sequence[str], unknown: np.ndarray, penalty: float
) -> list[np.ndarray]:
    """Sum of the fitted steps in each row of each column, the lowest at 0. A missing value weighs its declared share of all."""
    blocks = [_steps_of(codes[:, j], len(cut), signs[j]) for j, cut in enumerate(bounds)]
    share = (codes < 0) @ unknown
    found = np.split(
        steps(np.hstack(blocks) + share[:, None], seen, penalty), np.cumsum([block.shape[1] for block in blocks])[:-1]
    )
    return [_sums(part, sign) for part, sign in zip(found, signs, strict=True)]


def _steps_of(code: np.ndarray, count: int, sign: str) -> np.ndarray:
    """A column a step: 1 in the rows that the step raises. A free column has each step twice, upwards and downwards."""
    above = (code[:, None] > np.arange(count)).astype(float)
    below = ((code[:, None] <= np.arange(count)) & (code[:, None] >= 0)).astype(float)
    return {"up": above, "down": below, "free": np.hstack([above, below])}[sign]


def _sums(found: np.ndarray, sign: str) -> np.ndarray:
    if sign == "up":
        return np.concatenate([[0.0], np.cumsum(found)])
    if sign == "down":
        return np.concatenate([np.cumsum(found[::-1])[::-1], [0.0]])
    rising, falling = np.split(found, 2)
    both = _sums(rising, "up") + _sums(falling, "down")
    return np.asarray(both - both.min())
