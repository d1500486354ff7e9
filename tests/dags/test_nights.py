"""The real DAGs, run task by task in this process on tiny landlords: what a night and a Monday leave, and what turns them red."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from riskmodel.register import WeeklyList, open_register
from riskmodel.settings import Settings
from riskmodel.steps.calendar import PARIS
from tests.conftest import RunDag
from tests.factory import house
from tests.flow import tiny


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two declared landlords that delivered the same two evenings; the environment points at them, as the shared fixture does."""
    settings = house(tmp_path, "nord", "sud")
    for landlord_id in ("nord", "sud"):
        tiny.deliver_evenings(tmp_path / "inbox", landlord_id)
    return settings


def night_of(as_of: date) -> datetime:
    morning = as_of + timedelta(days=1)
    return datetime(morning.year, morning.month, morning.day, 2, tzinfo=PARIS)


def monday_list(monday: date) -> datetime:
    return datetime(monday.year, monday.month, monday.day, 5, 30, tzinfo=PARIS)


def damage(settings: Settings, landlord_id: str, as_of: date) -> None:
    """Cut the last line of a ledger in two, as an interrupted transfer does."""
    ledger = settings.home.parent / "inbox" / landlord_id / as_of.isoformat() / "entries.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8")[:-20], encoding="utf-8")


def states(run: Any) -> dict[tuple[str, str | None], str]:
    return {(task.task_id, task.rendered_map_index): str(task.state) for task in run.get_task_instances()}


def units(settings: Settings, landlord_id: str) -> list[str]:
    with open_register(settings.register_url).begin() as session:
        lists = session.scalars(select(WeeklyList.management_unit).filter_by(landlord_id=landlord_id))
        return sorted(lists)


def test_a_weekend_and_its_monday_leave_features_scores_and_lists(run_dag: RunDag, settings: Settings) -> None:
    for as_of in (tiny.SATURDAY, tiny.SUNDAY):
        assert run_dag("nightly", night_of(as_of)).state == "success"
    assert run_dag("weekly_list", monday_list(tiny.MONDAY)).state == "success"
    for landlord_id in ("nord", "sud"):
        nights = settings.runs / landlord_id
        assert sorted(path.parent.name for path in nights.glob("*/scores.parquet")) == ["2026-10-31", "2026-11-01"]
        assert units(settings, landlord_id) == ["UG01", "UG02"]
        assert (settings.outputs / landlord_id / "2026-S45" / "UG01" / "liste.xlsx").is_file()


@pytest.mark.usefixtures("settings")
def test_each_task_shows_its_landlord_and_hands_on_counts_alone(run_dag: RunDag) -> None:
    run = run_dag("nightly", night_of(tiny.SATURDAY))
    shown = {key for key in states(run) if key[0].startswith("landlord.")}
    steps = ("receive", "features", "score", "deadlines")
    assert shown == {(f"landlord.{step}", landlord_id) for step in steps for landlord_id in ("nord", "sud")}
    handed_on = [task.xcom_pull(task_ids=task.task_id, map_indexes=task.map_index) for task in run.get_task_instances()]
    assert all(value == ["nord", "sud"] or all(type(count) is int for count in value.values()) for value in handed_on)


def test_two_dates_of_a_backfill_are_two_days(run_dag: RunDag, settings: Settings) -> None:
    """Run long after both deliveries came: each run sees its own evening only."""
    assert run_dag("nightly", night_of(tiny.SUNDAY)).state == "success"
    assert run_dag("nightly", night_of(tiny.SATURDAY)).state == "success"
    saturday, sunday = (settings.runs / "nord" / day / "features.parquet" for day in ("2026-10-31", "2026-11-01"))
    assert saturday.read_bytes() != sunday.read_bytes()


def test_a_landlord_that_fails_is_not_tried_again_turns_the_night_red_and_stops_nobody_else(
    run_dag: RunDag, settings: Settings
) -> None:
    damage(settings, "sud", tiny.SATURDAY)
    run = run_dag("nightly", night_of(tiny.SATURDAY))
    assert run.state == "failed"
    by_task = states(run)
    assert by_task["landlord.receive", "sud"] == by_task["coverage", None] == "failed"
    assert by_task["landlord.score", "nord"] == "success"
    assert not (settings.runs / "sud").exists()
    assert [task.try_number for task in run.get_task_instances() if task.task_id == "landlord.receive"] == [1, 1]


def test_on_monday_the_others_lists_come_and_the_run_says_who_is_missing(run_dag: RunDag, settings: Settings) -> None:
    damage(settings, "sud", tiny.SATURDAY)
    for as_of in (tiny.SATURDAY, tiny.SUNDAY):
        run_dag("nightly", night_of(as_of))
    run = run_dag("weekly_list", monday_list(tiny.MONDAY))
    assert run.state == "failed"
    assert states(run)["landlord.mature", "sud"] == "failed"
    assert units(settings, "nord") == ["UG01", "UG02"]
    assert units(settings, "sud") == []


@pytest.mark.usefixtures("settings")
def test_a_night_whose_delivery_is_missing_goes_on_with_what_is_known(run_dag: RunDag) -> None:
    assert run_dag("nightly", night_of(tiny.SUNDAY)).state == "success"
    run = run_dag("nightly", night_of(tiny.SUNDAY + timedelta(days=1)))
    assert run.state == "success"
    coverage = next(task for task in run.get_task_instances() if task.task_id == "coverage")
    assert coverage.xcom_pull(task_ids="coverage") == {"landlords": 2, "late": 2}


def test_a_run_started_without_its_date_is_red(dags: dict[str, Any], settings: Settings) -> None:
    assert dags["nightly"].test(logical_date=None).state == "failed"
    assert not settings.runs.exists()
