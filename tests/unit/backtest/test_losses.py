"""Regret, read by hand."""

import pandas as pd
import pytest

from riskmodel.backtest import of_choosing, regret
from tests.unit.backtest.drawn import sundays
from tests.unit.backtest.test_intervals import figures


def test_regret_is_the_distance_to_the_best_of_each_day() -> None:
    found = regret(figures({"a": [0.5, 0.2, 0.4], "b": [0.3, 0.3, 0.39]})).set_index("model")
    assert found.loc["a", ["mean", "worst", "near", "days"]].tolist() == pytest.approx([0.1 / 3, 0.1, 2 / 3, 3])
    assert found.loc["b", "worst"] == pytest.approx(0.2)
    assert found.index.tolist() == ["a", "b"]


def test_choosing_looks_only_at_windows_closed_by_then() -> None:
    found = of_choosing(figures({"a": [0.9, 0.1, 0.1, 0.1, 0.1, 0.1], "b": [0.1, 0.9, 0.9, 0.9, 0.9, 0.9]}), ["a", "b"])
    days = [pd.Timestamp(day) for day in sundays(6)]
    assert found["as_of"].tolist() == days[4:]  # 105 days after the first Sunday is the fourth one after it
    assert found["chosen"].tolist() == ["a", "a"]  # on equal means of two days, the first named
    assert found["regret"].tolist() == pytest.approx([0.8, 0.8])


def test_choosing_without_a_past_chooses_nothing() -> None:
    assert of_choosing(figures({"a": [0.5, 0.5], "b": [0.4, 0.4]}), ["a", "b"]).empty
