"""Differences between two orders, and how far they may be due to the days and households there happened to be."""

import numpy as np
import pandas as pd
import pytest

from riskmodel.backtest.intervals import block_length, differences, of_days, paired
from tests.unit.backtest.drawn import sundays


def figures(precisions: dict[str, list[float]], *, horizon: int = 90) -> pd.DataFrame:
    """Figures at capacity, one precision a day and model."""
    lines = [
        {"as_of": pd.Timestamp(day), "score": "derive", "horizon": horizon, "model": model, "precision": value}
        for model, values in precisions.items()
        for day, value in zip(sundays(len(values)), values, strict=True)
    ]
    return pd.DataFrame(lines).assign(stratum="tous", cut="capacite")


def rows(labels: dict[str, list[list[int]]], households: int) -> pd.DataFrame:
    """Rows listed for sure, `labels[model][day]`, of households in turn."""
    return pd.DataFrame(
        [
            {"as_of": pd.Timestamp(day), "model": model, "household_id": f"M{n % households}", "label": label, "chance": 1.0}
            for model, days in labels.items()
            for day, found in zip(sundays(len(days)), days, strict=True)
            for n, label in enumerate(found)
        ]
    )


def test_the_difference_is_taken_day_by_day_where_both_exist() -> None:
    found = paired(figures({"a": [0.5, 0.7, 0.9, np.nan], "b": [0.4, 0.4, np.nan, 0.1]}), "a", "b")
    assert found.mean == pytest.approx(0.2)
    assert found.n_days == 2


def test_the_same_precision_every_day_leaves_no_doubt() -> None:
    found = paired(figures({"a": [0.5] * 12, "b": [0.4] * 12}), "a", "b")
    assert (found.mean, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_one_day_has_no_interval_and_no_day_has_no_mean() -> None:
    one, none = paired(figures({"a": [0.5], "b": [0.4]}), "a", "b"), paired(figures({"a": [0.5]}), "a", "b")
    assert (one.n_days, none.n_days) == (1, 0)
    assert np.isnan([one.low, one.high, none.mean]).all()


def test_blocks_are_as_long_as_a_window_and_never_more_than_a_third_of_the_days() -> None:
    assert block_length(pd.Index(sundays(13)), 90) == 4
    assert block_length(pd.Index(sundays(26)), 180) == 7
    assert block_length(pd.Index(sundays(8)), 90) == 2
    assert block_length(pd.Index(sundays(2)), 90) == 1


def test_days_that_go_together_widen_the_interval() -> None:
    alternating = figures({"a": [0.1, 0.3] * 12, "b": [0.2] * 24})
    in_spells = figures({"a": [*[0.1] * 6, *[0.3] * 6] * 2, "b": [0.2] * 24})
    widths = [found.high - found.low for found in (paired(frame, "a", "b") for frame in (alternating, in_spells))]
    assert widths[1] > 3 * widths[0]


@pytest.mark.parametrize(("days", "memory"), [(13, 0.0), (26, 0.0), (13, 0.5)])
def test_the_interval_covers_the_truth_nineteen_times_in_twenty(days: int, memory: float) -> None:
    """Differences of known mean, drawn anew 150 times, each day remembering a part of the day before."""
    generator, covered = np.random.default_rng(8), 0
    for _ in range(150):
        noise = generator.normal(0, 0.05, days + 20)
        for day in range(1, days + 20):
            noise[day] += memory * noise[day - 1]
        found = of_days(pd.Series(0.03 + noise[20:], index=pd.to_datetime(sundays(days))), 90)
        covered += found.low <= 0.03 <= found.high
    assert covered / 150 >= 0.92


def test_households_that_come_back_every_day_widen_the_interval() -> None:
    generator = np.random.default_rng(4)
    often = (generator.random(20) < 0.5).astype(int).tolist()
    same = {"a": [often] * 12, "b": [[0] * 20] * 12}
    shares = figures({"a": [float(np.mean(often))] * 12, "b": [0.0] * 12})
    alone = paired(shares, "a", "b")
    together = paired(shares, "a", "b", listed=rows(same, 20))
    assert alone.high - alone.low < 1e-9
    standard_error = np.sqrt(np.var(often) / 20)
    assert together.high - together.low == pytest.approx(2 * 1.96 * standard_error, rel=0.1)


def test_rows_listed_by_both_orders_do_not_make_them_differ() -> None:
    labels = [[1, 0, 0, 1, 0]] * 6
    same = paired(figures({"a": [0.4] * 6, "b": [0.4] * 6}), "a", "b", listed=rows({"a": labels, "b": labels}, 5))
    assert (same.mean, same.low, same.high) == pytest.approx((0, 0, 0))


def test_the_same_figures_give_the_same_interval() -> None:
    generator = np.random.default_rng(0)
    frame = figures({"a": generator.random(10).tolist(), "b": generator.random(10).tolist()})
    assert paired(frame, "a", "b") == paired(frame.sample(frac=1, random_state=1), "a", "b")
    assert differences(frame, "a", "b").tolist() == [-value for value in differences(frame, "b", "a")]
