"""Bands of probability against what came true."""

import numpy as np
import pandas as pd
import pytest

from riskmodel.backtest import calibration
from riskmodel.backtest.ties import UNKNOWN


def given(value: list[float], label: list[int], model: str = "points") -> pd.DataFrame:
    return pd.DataFrame({"model": model, "value": value, "label": label})


def test_ten_bands_of_as_many_rows_each_with_its_share_of_events() -> None:
    value = np.arange(100) / 100
    label = [int(n % 10 < n // 10) for n in range(100)]
    found = calibration.bands(given(value.tolist(), label), ["points"], probabilities=["points"])
    assert found["n"].tolist() == [10] * 10
    assert found["observed"].tolist() == pytest.approx([band / 10 for band in range(10)])
    assert found["predicted"].tolist() == pytest.approx([0.045 + band / 10 for band in range(10)])
    assert calibration.error(found)["points"] == pytest.approx(0.045)


def test_the_interval_is_exact_and_holds_the_share() -> None:
    found = calibration.bands(given([0.5] * 20, [1] * 5 + [0] * 15), ["points"], probabilities=["points"]).iloc[0]
    assert (found["observed_low"], found["observed_high"]) == pytest.approx((0.0866, 0.4910), abs=1e-4)
    none = calibration.bands(given([0.5] * 20, [0] * 20), ["points"], probabilities=["points"]).iloc[0]
    assert (none["observed_low"], none["observed_high"]) == pytest.approx((0, 0.1684), abs=1e-4)


def test_equal_values_stay_in_one_band_and_unknown_rows_in_none() -> None:
    found = calibration.bands(given([1, 1, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 1, UNKNOWN, 1, 0]), ["points"], probabilities=[])
    assert found["from_value"].tolist() == found["to_value"].tolist() == [1, 2, 3]
    assert found["n"].tolist() == [4, 1, 2]


def test_a_score_that_is_no_probability_announces_nothing() -> None:
    found = calibration.bands(given([10, 20], [0, 1], "pose"), ["pose"], probabilities=["points"])
    assert found["predicted"].isna().all()
    assert calibration.error(found).empty


def test_a_model_without_values_has_no_band() -> None:
    assert calibration.bands(given([0.1], [0]), ["hgb"], probabilities=["hgb"]).empty
