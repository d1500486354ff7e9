"""What people do on a list changes the next ones, and never the one they are working on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from riskmodel.casework import capacity, decisions, reviews
from riskmodel.casework.key import ListKey, week_of
from riskmodel.register import draws, open_register
from riskmodel.settings import Settings
from riskmodel.steps import weekly_list
from riskmodel.steps.receive import receive
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import SILENT_FACT, FrozenList
from tests.factory import deliver, house
from tests.flow.tiny import MONDAY, SUNDAY, deliver_evenings

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEY = ListKey("essai", "2026-S45", "UG02")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = house(tmp_path)
    deliver_evenings(tmp_path / "inbox")
    receive(made, "essai", SUNDAY)
    weekly_list.build(made, "essai", MONDAY)
    return made


def listed(settings: Settings, unit: str, monday: date = MONDAY) -> FrozenList:
    with open_register(settings.register_url)() as session:
        found = thaw(session, "essai", unit, week_of(monday))
    assert found is not None
    return found


def following(settings: Settings, tmp_path: Path, weeks: int) -> date:
    """The Monday so many weeks later, its list built from what a quiet week delivered."""
    monday = MONDAY + timedelta(weeks=weeks)
    evening = monday - timedelta(days=1)
    deliver(tmp_path / "inbox", evening, {"entries": []}, mode="incremental")
    receive(settings, "essai", evening)
    weekly_list.build(settings, "essai", monday)
    return monday


def tabs_of(made: FrozenList, lease_id: str) -> set[str]:
    return {row.tab for row in made.rows if row.lease_id == lease_id}


def test_a_list_under_review_is_not_replaced_and_the_others_are(settings: Settings) -> None:
    before = {unit: listed(settings, unit) for unit in ("UG01", "UG02")}
    with open_register(settings.register_url).begin() as session:
        drawn = draws.read(session, "essai", KEY.week)
        for unit in before:
            capacity.set(session, "essai", unit, rows_a_week=3, reviewer_minutes=20, from_on=MONDAY, by="resp.01", today=SUNDAY)
        reviews.start(session, KEY, "agent.01", NOW)
    made = weekly_list.build(settings, "essai", MONDAY)
    assert (made["kept"], made["written"]) == (["UG02"], 1)
    assert listed(settings, "UG02") == before["UG02"]
    assert listed(settings, "UG01").capacity == 3
    with open_register(settings.register_url)() as session:
        assert [row for row in draws.read(session, "essai", KEY.week) if row["management_unit"] == "UG02"] == [
            row for row in drawn if row["management_unit"] == "UG02"
        ]


def test_a_dismissed_flag_is_left_out_next_week_and_a_silent_row_is_marked_the_week_after(
    settings: Settings, tmp_path: Path
) -> None:
    here = ListKey("essai", KEY.week, "UG01")
    with open_register(settings.register_url).begin() as session:
        decisions.decide(session, here, "B3", "no_action", reason=None, paused_until=None, by="agent.01", now=NOW)
    second = listed(settings, "UG01", following(settings, tmp_path, 1))
    assert tabs_of(second, "B3") == set()
    assert second.counts["muets"] == 1
    assert "se tait jusqu'au 28/12/2026" in next(left.why for left in second.departures if left.lease_id == "B3")
    third = listed(settings, "UG02", following(settings, tmp_path, 2))
    assert {row.lease_id: row.facts.get(SILENT_FACT) for row in third.rows}["B6"] == 2
    with open_register(settings.register_url)() as session:
        assert "B6" in {row.lease_id for row in reviews.escalated(session, "essai", third.week)}
    assert weekly_list.build(settings, "essai", MONDAY + timedelta(weeks=2))["written"] == 0
