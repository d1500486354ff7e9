"""Points, checked with a pencil; the two scorers against each other; reasons against the score."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.score import PublishedTable, apply, published, reasons
from riskmodel.score.points import Bin, Input, Unknown
from riskmodel.score.second import score_in_sql
from tests.unit.score.rows import CALM, features

DRIFT = published("derive")
CONTACT = published("decrochage")


def test_a_calm_household_has_no_point() -> None:
    for table in (DRIFT, CONTACT):
        assert apply(table, features({})).drop(columns="lease_id").to_numpy().sum() == 0


def test_a_drifting_household_by_hand() -> None:
    found = apply(DRIFT, features({"overdue_terms": 1.45, "oldest_unpaid_days": 61, "unpaid_terms_6": 2, "rejects_120d": 1})).loc[
        0
    ]
    assert found["score"] == 26 + 10 + 14 + 6
    assert found["points_overdue_terms"] == 26
    assert found["points_plan_missed"] == 0


def test_a_household_that_loses_contact_by_hand() -> None:
    household = {"failed_attempts_180d": 3, "failed_channels_180d": 2, "obligations_unmet": 1, "silence_days": 200}
    assert apply(CONTACT, features(household)).loc[0, "score"] == 25 + 15 + 8 + 6


@pytest.mark.parametrize(
    ("terms", "points"), [(0.09, 0), (0.1, 6), (0.49, 6), (0.5, 12), (0.89, 12), (0.9, 20), (1.4, 26), (99.0, 26)]
)
def test_a_bound_belongs_to_its_row(terms: float, points: int) -> None:
    assert apply(DRIFT, features({"overdue_terms": terms})).loc[0, "points_overdue_terms"] == points


def test_unknown_gets_what_is_declared_and_true_is_a_bound() -> None:
    found = apply(DRIFT, features({"has_benefit_break": True}, {"has_benefit_break": None, "overdue_terms": None}))
    assert list(found["points_has_benefit_break"]) == [10, 0]
    assert list(found["score"]) == [10, 0]


def test_a_frame_without_missing_markers_of_pandas_gives_the_same_points() -> None:
    frame = features({"overdue_terms": 1.0, "has_benefit_break": True}, {"rejects_120d": None})
    plain = frame.astype({"rejects_120d": "float64", "has_benefit_break": "object", "overdue_terms": "float64"})
    pd.testing.assert_frame_equal(apply(DRIFT, frame), apply(DRIFT, plain))


def test_the_scorer_in_sql_gives_the_same_integers_on_every_row(tmp_path: Path) -> None:
    draw = np.random.default_rng(20261122)
    frame = pd.DataFrame({name: _drawn(draw, name) for name in CALM if name not in ("lease_id", "oldest_unpaid_on")})
    frame = frame.assign(lease_id=[f"B{i:04}" for i in range(len(frame))]).convert_dtypes()
    frame.to_parquet(tmp_path / "features.parquet")
    for table in (DRIFT, CONTACT):
        ours, theirs = apply(table, frame), score_in_sql(table, tmp_path / "features.parquet")
        assert ours["score"].nunique() > 20
        for name in ours.columns:
            assert list(ours[name]) == list(theirs[name]), name


def _drawn(draw: np.random.Generator, name: str) -> pd.Series:
    if name.startswith("has_"):
        return pd.Series(draw.choice([True, False, None], 600), dtype="boolean")
    edges = [row.low for table in (DRIFT, CONTACT) for entry in table.inputs if entry.feature == name for row in entry.rows]
    near = [low + step for low in edges if low is not None for step in (-0.01, 0, 0.01)] or [0, 50_000]
    values = near if name.endswith("_terms") else [round(value) for value in near]
    return pd.Series(draw.choice([*values, np.nan], 600)).convert_dtypes()


def test_reasons_say_the_household_s_own_figures_and_add_up_to_the_score() -> None:
    household = {"overdue_terms": 1.45, "overdue_cents": 62_345, "oldest_unpaid_days": 61, "oldest_unpaid_on": date(2026, 9, 5)}
    frame = features({**household, "unpaid_terms_6": 2, "has_benefit_break": True})
    told = reasons(DRIFT, frame.to_dict("records")[0])
    assert sum(reason["points"] for reason in told) == apply(DRIFT, frame).loc[0, "score"]
    assert [reason["points"] for reason in told] == [26, 14, 10, 10]
    assert told[0]["text"] == "Dette courante de 623,45\u00a0€, soit 1,45\u00a0terme net"
    assert "échéance du 05/09/2026, il y a 61 jours" in told[2]["text"]


def test_a_household_without_points_has_no_reason() -> None:
    assert reasons(DRIFT, features({}).to_dict("records")[0]) == []


def odd_table() -> PublishedTable:
    """Fractional cuts, yes or no, an input that goes down, points for what is unknown: more than a published table may say."""
    unknown = Unknown(3, "Inconnu")
    return replace(
        DRIFT,
        inputs=(
            Input("overdue_terms", "", "", "up", 0, (Bin(None, 0, ""), Bin(0.15, 7, "a"), Bin(1.05, 20, "b")), unknown),
            Input("has_benefit_break", "", "", "up", 155, (Bin(None, 0, ""), Bin(1.0, 11, "a")), unknown),
            Input("paid_share_3", "", "", "down", 125, (Bin(None, 30, "a"), Bin(33.5, 12, "b"), Bin(90.0, 0, "")), unknown),
            Input(
                "payment_delay_drift_days", "", "", "up", 400, (Bin(None, 0, ""), Bin(-2.0, 5, "a"), Bin(0.5, 9, "b")), unknown
            ),
        ),
    )


def test_both_scorers_and_the_reasons_agree_on_fractions_yes_or_no_inputs_that_go_down_and_unknown(tmp_path: Path) -> None:
    table, draw = odd_table(), np.random.default_rng(20261123)
    cuts = {entry.feature: [row.low for row in entry.rows if row.low is not None] for entry in table.inputs}
    near = {name: [low + step for low in lows for step in (-0.01, 0, 0.01)] for name, lows in cuts.items()}
    columns = {name: pd.Series(draw.choice([*values, np.nan], 400)).astype("Float64") for name, values in near.items()}
    columns["has_benefit_break"] = pd.Series(draw.choice([True, False, None], 400), dtype="boolean")
    frame = pd.DataFrame(columns).assign(lease_id=[f"B{number:03}" for number in range(400)])
    frame.to_parquet(tmp_path / "features.parquet")
    ours, theirs = apply(table, frame), score_in_sql(table, tmp_path / "features.parquet")
    assert all(list(ours[name]) == list(theirs[name]) for name in ours.columns)
    told = [reasons(table, {**CALM, **row}) for row in frame.to_dict("records")]
    assert [sum(reason["points"] for reason in some) for some in told] == list(ours["score"])
