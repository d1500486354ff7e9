"""scikit-learn's own checks of an estimator, every one of them."""

from typing import Any

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from riskmodel.fit import PointsTable


@parametrize_with_checks([PointsTable()])
def test_the_points_table_is_a_scikit_learn_estimator(estimator: Any, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCIPY_ARRAY_API", "1")  # or the check of other arrays than NumPy's would be skipped
    check(estimator)
