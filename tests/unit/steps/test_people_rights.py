"""Rights that the team records, in the night's scores and on Monday's lists: the same night, and never before."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from riskmodel import register
from riskmodel.errors import DecisionRefused, NothingKnown
from riskmodel.settings import Settings
from riskmodel.steps import explain, features, rights, score, weekly_list
from riskmodel.steps.receive import receive
from riskmodel.steps.source import source
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import FrozenList
from tests.factory import house
from tests.flow.tiny import MONDAY, SUNDAY, deliver_evenings

SUNDAY_NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MONDAY_NOON = SUNDAY_NOON + timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = house(tmp_path)
    deliver_evenings(tmp_path / "inbox")
    receive(made, "essai", SUNDAY)
    features.build(made, "essai", SUNDAY)
    score.score(made, "essai", SUNDAY)
    return made


def scores(settings: Settings) -> pd.DataFrame:
    score.score(settings, "essai", SUNDAY)
    found = pd.read_parquet(settings.runs / "essai" / SUNDAY.isoformat() / "scores.parquet")
    return found[found["table"] == "derive"].set_index("lease_id")


def frozen(settings: Settings) -> list[FrozenList]:
    weekly_list.build(settings, "essai", MONDAY)
    with register.open_register(settings.register_url)() as session:
        return [found for unit in ("UG01", "UG02") if (found := thaw(session, "essai", unit, "2026-S45"))]


def test_an_objection_leaves_the_scores_and_the_scored_tabs_the_same_night(settings: Settings) -> None:
    assert "B5" in scores(settings).index
    assert rights.record_objection(settings, "essai", "B5", date(2026, 10, 20), "agent.un", SUNDAY_NOON)
    assert "B5" not in scores(settings).index
    lists = frozen(settings)
    assert "B5" not in {row.lease_id for one in lists for row in one.rows}
    assert sum(one.counts["oppositions"] for one in lists) == 1
    with pytest.raises(NothingKnown, match="opposition au profilage"):
        explain.explain(settings, "essai", SUNDAY, "B5")


def test_a_list_made_before_the_recording_is_built_again_the_same(settings: Settings) -> None:
    before = frozen(settings)
    rights.record_objection(settings, "essai", "B5", date(2026, 10, 20), "agent.un", MONDAY_NOON)
    rights.contest(settings, "essai", "B6", "payment_not_counted", "agent.un", MONDAY_NOON)
    assert weekly_list.build(settings, "essai", MONDAY)["written"] == 0
    assert frozen(settings) == before


def test_a_lifted_objection_brings_the_household_back_and_leaves_the_past_as_it_was(settings: Settings) -> None:
    rights.record_objection(settings, "essai", "B5", SUNDAY, "agent.un", SUNDAY_NOON)
    assert rights.lift_objection(settings, "essai", "B5", "resp.un", MONDAY_NOON)
    assert "B5" not in scores(settings).index
    known, _ = source(settings, "essai")
    assert [said.stands(MONDAY) for said in known.objections] == [False]


def test_a_disputed_fact_counts_no_point_for_that_household_alone(settings: Settings) -> None:
    before = scores(settings)
    rights.contest(settings, "essai", "B6", "payment_not_counted", "agent.un", SUNDAY_NOON)
    after = scores(settings)
    assert after.loc["B6", "score"] < before.loc["B6", "score"]
    assert after.loc["B6", "points_overdue_terms"] == 0
    assert after.drop(index="B6").equals(before.drop(index="B6"))
    assert frozen(settings)[1].counts["menages"] == 3


def test_a_disputed_household_is_explained_without_what_it_disputes(settings: Settings) -> None:
    rights.contest(settings, "essai", "B6", "payment_not_counted", "agent.un", SUNDAY_NOON)
    drift = explain.explain(settings, "essai", SUNDAY, "B6")[0]
    assert "overdue_terms" not in {reason["input"] for reason in drift.reasons}
    assert drift.removal.sentence.startswith("Contesté par le ménage")


def test_a_lease_that_no_night_knew_and_a_name_for_an_account_are_refused(settings: Settings) -> None:
    with pytest.raises(DecisionRefused, match="aucune nuit"):
        rights.record_objection(settings, "essai", "B99", SUNDAY, "agent.un", SUNDAY_NOON)
    with pytest.raises(DecisionRefused, match="identifiant de compte"):
        rights.contest(settings, "essai", "B1", "plan_kept", "Jeanne Exemple", SUNDAY_NOON)
    request = rights.contest(settings, "essai", "B1", "plan_kept", "agent.un", SUNDAY_NOON)
    assert rights.settle(settings, "essai", request.id, "confirmed", "resp.un", MONDAY_NOON).outcome == "confirmed"
