"""scikit-learn's own checks of an estimator, every one of them."""

from typing import Any

from sklearn.utils.estimator_checks import parametrize_with_checks

from riskmodel.fit import PointsTable


@parametrize_with_checks([PointsTable()])
def test_the_points_table_is_a_scikit_learn_estimator(estimator: Any, check: Any) -> None:
    check(estimator)
