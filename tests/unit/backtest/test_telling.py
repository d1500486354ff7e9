"""Who was asked, how long before, where values stand: by hand on a few rows."""

from datetime import date

import pandas as pd
import pytest

from riskmodel.backtest import telling
from tests.unit.backtest.drawn import drifts, panel, sundays

NOBODY = pd.DataFrame({"lease_id": pd.Series(dtype="string"), "helped_on": pd.Series(dtype="object")})
DAY = pd.Timestamp("2026-01-04")


def test_rows_without_an_answer_are_counted_under_their_reason() -> None:
    (day,) = sundays(1)
    rows = panel(
        drifts(as_of=day, lease_id="B1", household_id="M1"),
        {"as_of": day, "lease_id": "B2", "household_id": "M2"},
        {"as_of": day, "lease_id": "B3", "household_id": "M2", "derive_end": "plan", "derive_end_on": day},
    )
    helped = pd.DataFrame({"lease_id": ["B2"], "helped_on": [day + pd.Timedelta(days=9)]})
    found = telling.asked(rows, "derive", 90, helped)
    assert (found["rows"], found["leases"], found["households"]) == (3, 3, 2)
    assert (found["events"], found["non_events"], found["plan"], found["helped"]) == (1, 0, 1, 1)
    assert "plan" not in telling.asked(rows, "commun", 90, NOBODY)


def test_the_quartiles_of_days_count_a_tied_household_for_its_chance() -> None:
    given = pd.DataFrame({"as_of": DAY, "model": "pose", "lease_id": list("abcd"), "lead_days": [10.0, 20.0, 30.0, 40.0]})
    listed = given[["as_of", "model", "lease_id"]].assign(label=1, chance=[1.0, 1.0, 0.5, 0.5])
    (line,) = telling.leads(given, listed).to_dict("records")
    assert line == {"model": "pose", "hits": 3.0, "low": 10.0, "median": 20.0, "high": 30.0}


def test_a_day_that_stands_higher_than_the_others_shows() -> None:
    days = [date(2026, 1, 4), date(2026, 2, 1)]
    given = pd.concat(
        [
            pd.DataFrame({"as_of": pd.Timestamp(day), "model": "pose", "value": [float(shift + n) for n in range(10)]})
            for day, shift in zip(days, (0, 5), strict=True)
        ]
    )
    low, high = telling.spread(given, ["pose"]).to_dict("records")
    assert (low["p50"], high["p50"]) == (4.5, 9.5)
    assert low["high_share"] == 0
    assert high["high_share"] == pytest.approx(0.2)
    assert telling.spread(given, []).empty
