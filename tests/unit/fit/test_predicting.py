"""What each model would have said on past days: nothing later, and nothing of the household itself, may matter."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from riskmodel import fit
from riskmodel.fit import training
from tests.unit.fit import drawn

KEY = ["as_of", "lease_id", "model"]


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Small boosted trees: what is tested is what they may learn from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "BOOSTING", training.BOOSTING | {"max_iter": 5})
        yield


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return drawn.panel(200, 12)


def days(panel: pd.DataFrame) -> list[object]:
    return sorted(panel["as_of"].unique())


def test_everyone_in_the_cohort_gets_a_probability_from_every_model(panel: pd.DataFrame) -> None:
    found = fit.predictions(panel, "derive", days(panel)[-2:], by_household=False)
    assert list(found.columns) == ["as_of", "lease_id", "model", "value"]
    assert len(found) == 2 * 200 * 3
    assert found["value"].between(0, 1).all()


@pytest.mark.parametrize("by_household", [False, True])
def test_nothing_whose_window_had_not_ended_matters(panel: pd.DataFrame, by_household: bool) -> None:
    test_day = days(panel)[-2]
    late = pd.to_datetime(panel["as_of"]) + pd.Timedelta(days=105) > pd.to_datetime(test_day)
    other = panel.assign(derive_on=panel["derive_on"].mask(late, panel["as_of"].map(lambda day: day + timedelta(days=1))))
    before, after = (
        fit.predictions(rows, "derive", [test_day], models=("points", "hgb"), by_household=by_household)
        for rows in (panel, other)
    )
    pd.testing.assert_frame_equal(before, after)


def test_by_household_what_happened_to_a_household_does_not_matter_to_it(panel: pd.DataFrame) -> None:
    household = "M0007"
    own = panel["household_id"] == household
    other = panel.assign(derive_on=panel["derive_on"].mask(own, panel["as_of"].map(lambda day: day + timedelta(days=5))))
    before, after = (
        fit.predictions(rows, "derive", days(panel)[-1:], models=("points", "hgb_monotone"), by_household=True)
        for rows in (panel, other)
    )
    kept = before["lease_id"].isin(panel.loc[own, "lease_id"])
    assert np.array_equal(before.loc[kept, "value"], after.loc[kept, "value"])
    assert not np.array_equal(before["value"], after["value"])


def test_a_day_with_too_little_before_it_gives_no_row(panel: pd.DataFrame) -> None:
    found = fit.predictions(panel, "derive", days(panel)[:2], by_household=False)
    assert found.empty
    assert list(found.columns) == ["as_of", "lease_id", "model", "value"]


def test_points_of_another_horizon_keep_the_order_of_the_same_table(panel: pd.DataFrame) -> None:
    near, usual = (
        fit.predictions(panel, "derive", days(panel)[-1:], models=("points",), by_household=False, horizon=horizon)
        for horizon in (30, 90)
    )
    assert (near["value"].rank() == usual["value"].rank()).all()
    assert near["value"].mean() < usual["value"].mean()
