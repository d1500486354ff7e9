"""The panel made small: nothing lost, no window crossing a test date, households kept whole."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from riskmodel.fit.catalogue import entries
from riskmodel.fit.history import EVENT, NO_EVENT, NOT_KNOWN, History, history
from riskmodel.outcomes import labels
from tests.unit.fit import drawn


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return drawn.panel(80, 14)


@pytest.fixture(scope="module")
def known(panel: pd.DataFrame) -> History:
    return history(panel, "derive", entries("derive"))


def test_values_are_those_of_the_panel_and_outcomes_its_labels(panel: pd.DataFrame, known: History) -> None:
    names = [entry.feature for entry in entries("derive")]
    back = known.raw[known.raw_of]
    assert (back == panel[names].astype("Float64").to_numpy(dtype=float)).all()
    for horizon, outcome in known.outcome.items():
        assert (outcome == labels(panel, "derive", horizon).to_numpy(dtype=np.int8, na_value=NOT_KNOWN)).all()


def test_on_the_grid_a_value_is_the_highest_number_it_reaches(panel: pd.DataFrame, known: History) -> None:
    debts = panel["overdue_terms"].to_numpy(dtype=float)
    grid = entries("derive")[0].grid
    on_grid = known.values[known.value_of][:, 0]
    for debt, found in zip(debts, on_grid, strict=True):
        reached = [number for number in grid if number <= debt]
        assert found == (reached[-1] if reached else grid[0] - 1)


def test_an_unknown_value_stays_unknown(panel: pd.DataFrame) -> None:
    without = panel.assign(plan_missed=pd.Series(pd.NA, index=panel.index, dtype="Int64"))
    found = history(without, "derive", entries("derive"))
    column = [entry.feature for entry in entries("derive")].index("plan_missed")
    assert np.isnan(found.values[:, column]).all()


def test_whoever_is_out_of_the_cohort_is_left_out(panel: pd.DataFrame) -> None:
    some = panel.assign(in_drift=panel["lease_id"] != "B0003")
    assert "B0003" not in set(history(some, "derive", entries("derive")).lease)


def test_no_window_crosses_a_test_date(known: History) -> None:
    for horizon in (30, 90, 180):
        for test_day in known.days:
            for day in known.known_by(horizon, test_day):
                assert known.days[day] + timedelta(days=horizon + 15) <= test_day


def test_a_day_is_closed_only_when_somebody_was_watched_to_the_end(known: History) -> None:
    closed = [known.days[day] for day in known.closed(90)]
    assert closed == [day for day in known.days if day + timedelta(days=105) <= drawn.LAST_DELIVERY]
    assert max(known.days) not in closed


def test_a_household_is_in_one_fold_on_every_day_and_folds_are_of_like_size(panel: pd.DataFrame, known: History) -> None:
    folds = pd.DataFrame({"household": panel["household_id"], "fold": known.fold}).groupby("household")["fold"]
    assert folds.nunique().max() == 1
    assert len(np.unique(known.fold)) == 5


def test_a_lease_without_household_is_a_household_of_its_own(panel: pd.DataFrame) -> None:
    alone = history(panel.assign(household_id=pd.NA), "derive", entries("derive"))
    assert len(np.unique(alone.fold)) == 5


def test_the_helped_teach_nothing_for_the_window_they_were_helped_in(panel: pd.DataFrame) -> None:
    first = drawn.FIRST
    treated = pd.DataFrame({"lease_id": ["B0001"], "helped_on": [first + timedelta(days=40)]})
    found = history(panel, "derive", entries("derive"), treated)
    row = np.flatnonzero((found.lease == "B0001") & (found.day == 0))[0]
    assert found.outcome[90][row] == NOT_KNOWN
    assert found.outcome[30][row] != NOT_KNOWN


def test_counts_add_up_to_the_rows_counted(known: History) -> None:
    mask = known.rows(90, known.closed(90))
    seen = known.counted(90, mask, known.value_of, len(known.values))
    assert seen.events.sum() == (known.outcome[90][mask] == EVENT).sum()
    assert seen.others.sum() == (known.outcome[90][mask] == NO_EVENT).sum()
    assert isinstance(known.days[0], date)
