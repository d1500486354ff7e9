"""The last closed Sunday of both big extracts: every rule is measured, figures hold together, and made twice they agree."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from riskmodel import outcomes
from riskmodel.backtest import figures, questions, rankers, run
from riskmodel.lake import Source
from riskmodel.score import apply, published

LAST = date(2026, 10, 31)
SUNDAY = outcomes.sundays(LAST - timedelta(days=105), 1)


@pytest.mark.parametrize("lake", ["canonical_lake", "ulysse_lake"])
def test_rules_and_hand_set_tables_are_measured_on_a_past_sunday(
    lake: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    source: Source = request.getfixturevalue(lake)
    panel = outcomes.panel(source, SUNDAY, LAST, tmp_path)
    for score in ("derive", "decrochage"):
        rows = questions.eligible(panel, score)
        value = apply(published(score), rows)["score"].astype("float64")
        hand_set = rows[["as_of", "lease_id"]].reset_index(drop=True).assign(model="pose", value=value)
        found = run(panel, score, 70, hand_set)
        check(found, score)
        again = run(panel.sample(frac=1, random_state=1), score, 70, hand_set)
        pd.testing.assert_frame_equal(found, again)


def check(found: pd.DataFrame, score: str) -> None:
    """What must hold whatever the data."""
    assert set(found["model"]) == {*rankers.RULES[score], "pose"}
    assert len(found) == found["model"].nunique() * len(figures.CUTS) * len(figures.STRATA)
    assert found.groupby("stratum")[["eligible", "events", "stock"]].nunique().eq(1).all(axis=None)
    assert (found["hits"] + found["false_alarms"] + found["listed_unlabelled"] - found["listed"]).abs().max() < 1e-6
    known = found.dropna(subset=["precision"])
    assert (known["precision_worst"] <= known["precision"] + 1e-9).all()
    assert (known["precision"] <= known["precision_best"] + 1e-9).all()
    assert found.loc[found["stratum"] == "tous", "events"].gt(0).all()
    assert known["recall"].dropna().between(0, 1).all()
