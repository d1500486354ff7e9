"""The two fitted yardsticks: what they may be fitted on, and when they are silent."""

from datetime import date, timedelta

import pandas as pd
import pytest

from riskmodel.backtest import fitted
from tests.unit.backtest.drawn import drifts, panel, sundays


def history(days: list[date], each: int = 30) -> pd.DataFrame:
    """On every day half of the households owe more, and drift."""
    return panel(
        *(
            drifts(as_of=day, lease_id=f"B{n}", overdue_terms=1.5, unpaid_terms_6=n % 3)
            if n % 2
            else {"as_of": day, "lease_id": f"B{n}", "overdue_terms": 0.2}
            for day in days
            for n in range(each)
        )
    )


def test_both_put_the_households_that_drift_first() -> None:
    days = sundays(8)
    found = fitted.predictions(history(days), "derive", days[-1:])
    for _, rows in found.groupby("model"):
        likely = rows.set_index("lease_id")["value"].sort_values(ascending=False).index[:15]
        assert all(int(lease[1:]) % 2 for lease in likely)
    assert set(found["model"]) == {"logistic", "tree"}
    assert found["value"].between(0, 1).all()


@pytest.mark.parametrize("horizon", [30, 90, 180])
def test_no_window_that_trains_is_still_open_on_the_test_day(horizon: int) -> None:
    rows = pd.DataFrame({"as_of": pd.to_datetime(sundays(12))})
    for day in rows["as_of"]:
        trained = fitted.training_rows(rows, day, horizon)["as_of"]
        assert trained.empty or trained.max() + timedelta(days=horizon + 15) <= day


def test_what_happens_after_the_test_day_changes_no_prediction() -> None:
    days = sundays(9)
    whole = history(days)
    unknown_yet = pd.to_datetime(whole["as_of"]) + timedelta(days=105) > pd.Timestamp(days[7])
    blind = whole.assign(derive_on=whole["derive_on"].mask(unknown_yet, None))
    there, back = (fitted.predictions(frame, "derive", [days[7]]) for frame in (whole, blind))
    pd.testing.assert_frame_equal(there, back)


def test_too_few_events_give_no_value() -> None:
    days = sundays(8)
    assert fitted.predictions(history(days, each=10), "derive", days[-1:]).empty
    assert fitted.predictions(history(days), "derive", days[:2]).empty


def test_unknown_inputs_do_not_stop_a_fit() -> None:
    days = sundays(8)
    unknown = history(days).assign(debt_rise_3_terms=pd.NA, paid_share_3=pd.NA)
    assert fitted.predictions(unknown, "derive", days[-1:])["value"].notna().all()


def test_loss_of_contact_is_fitted_on_contact_alone() -> None:
    for name in (*fitted.FOUR["decrochage"], *fitted.MORE["decrochage"]):
        assert not any(word in name for word in ("terms", "cents", "paid", "unpaid", "debt", "plan", "reject"))
