"""From outcomes to labels: both sides of every horizon, every reason for no label, and counts that add up to the cohort."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from riskmodel import outcomes
from riskmodel.outcomes import CENSORED, HORIZONS, SCORES, Score

SUNDAY = date(2026, 2, 1)
QUIET: dict[str, Any] = {
    "as_of": SUNDAY,
    "in_drift": True,
    "in_contact": True,
    **{f"{score}_{name}": None for score in SCORES for name in ("on", "end", "end_on")},
    "known_until": SUNDAY + timedelta(days=195),
}


def panel(*rows: dict[str, Any]) -> pd.DataFrame:
    """One row a lease, `B0`, `B1`… in order: quiet to the end but for what is said."""
    return pd.DataFrame([{**QUIET, "lease_id": f"B{rank}", **row} for rank, row in enumerate(rows)])


def after(days: int) -> date:
    return SUNDAY + timedelta(days=days)


def labels(found: pd.DataFrame, score: Score, horizon: int, **given: pd.DataFrame) -> list[int | None]:
    made = outcomes.labels(found, score, horizon, **given)
    assert str(made.dtype) == "Int8"
    assert made.index.equals(found.index)
    return [None if pd.isna(value) else int(value) for value in made]


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("horizon", HORIZONS)
def test_an_event_counts_up_to_the_last_day_of_the_horizon(score: Score, horizon: int) -> None:
    found = panel({f"{score}_on": after(horizon)}, {f"{score}_on": after(horizon + 1)}, {})
    assert labels(found, score, horizon) == [1, 0, 0]


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("code", CENSORED)
def test_a_stop_before_the_horizon_closed_leaves_no_label(score: Score, code: str) -> None:
    stop = {f"{score}_end": code}
    found = panel(stop | {f"{score}_end_on": after(104)}, stop | {f"{score}_end_on": after(105)})
    assert labels(found, score, 90) == [None, 0]


def test_a_history_too_short_leaves_no_label_not_even_of_events() -> None:
    soon = {"derive_on": after(3)}
    found = panel(soon | {"known_until": after(104)}, soon | {"known_until": after(105)}, {"known_until": after(104)})
    assert labels(found, "derive", 90) == [None, 1, None]
    assert labels(found, "derive", 30) == [1, 1, 0]


def test_rows_out_of_the_cohort_have_no_label() -> None:
    found = panel({"in_drift": False, "derive_on": after(3)}, {"in_contact": pd.NA})
    assert labels(found, "derive", 90) == [None, 0]
    assert labels(found, "decrochage", 90) == [0, None]


def test_help_within_the_horizon_is_neither_an_event_nor_a_non_event() -> None:
    found = panel({"derive_on": after(60)}, {}, {}, {}, {"derive_on": after(60)})
    helped = [("B0", 1), ("B1", 90), ("B2", 0), ("B3", 91), ("B9", 5), ("B1", 100)]
    treated = pd.DataFrame({"lease_id": [lease for lease, _ in helped], "helped_on": [after(day) for _, day in helped]})
    assert labels(found, "derive", 90, treated=treated) == [None, None, 0, 0, 1]
    assert labels(found, "derive", 90, treated=treated.iloc[:0]) == [1, 0, 0, 0, 1]


def test_counts_name_every_reason_and_add_up_to_the_cohort() -> None:
    stopped = [{"derive_end": code, "derive_end_on": after(20)} for code in CENSORED]
    found = panel(
        {"derive_on": after(3)}, {}, {}, {"in_drift": False}, {"derive_on": after(3), "known_until": after(40)}, *stopped
    )
    assert outcomes.counts(found, "derive", 90) == {
        "events": 1,
        "non_events": 2,
        **dict.fromkeys(CENSORED, 1),
        "history_ends": 2,
    }
    assert sum(outcomes.counts(found, "derive", 30).values()) == found["in_drift"].sum()


def test_an_empty_panel_has_no_labels_and_counts_nothing() -> None:
    assert labels(panel({}).iloc[:0], "derive", 90) == []
    assert set(outcomes.counts(panel({}).iloc[:0], "decrochage", 30).values()) == {0}
