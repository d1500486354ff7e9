"""The DAG files load, cheaply, and say when they run."""

import subprocess
import sys
from datetime import date, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from dags.local.home import DAGS
from riskmodel.errors import DeliveryRefused
from riskmodel.steps import coverage, night, notices
from riskmodel.steps.calendar import PARIS

HEAVY = ("pandas", "duckdb", "sklearn", "pyarrow", "deltalake", "pandera", "sqlalchemy.orm")
PARSE_ALONE = """
import runpy, sys
import airflow.sdk
from airflow.sdk import dag, task, task_group, chain, CronTriggerTimetable, ExceptionRetryPolicy
before = set(sys.modules)
for path in sys.argv[1:]:
    runpy.run_path(path)
print(*sorted(set(sys.modules) - before))
"""


RHYTHMS = sorted(path.stem for path in DAGS.glob("*.py"))


def test_each_file_is_a_rhythm_of_its_name(dags: dict[str, Any]) -> None:
    assert sorted(dags) == RHYTHMS
    assert {"nightly", "weekly_list", "quarterly_fit"} <= set(RHYTHMS)


def test_parsing_a_dag_file_loads_nothing_heavy() -> None:
    files = [str(path) for path in sorted(DAGS.glob("*.py"))]
    done = subprocess.run([sys.executable, "-c", PARSE_ALONE, *files], check=True, capture_output=True, text=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert "riskmodel.settings" in loaded
    assert not [name for name in loaded if name.startswith(HEAVY)]


@pytest.mark.parametrize(
    ("dag_id", "after", "expected"),
    [
        ("nightly", datetime(2026, 11, 2, 12, tzinfo=PARIS), datetime(2026, 11, 3, 2, tzinfo=PARIS)),
        ("nightly", datetime(2026, 7, 2, 12, tzinfo=PARIS), datetime(2026, 7, 3, 2, tzinfo=PARIS)),
        ("weekly_list", datetime(2026, 10, 20, 12, tzinfo=PARIS), datetime(2026, 10, 26, 5, 30, tzinfo=PARIS)),
        ("weekly_list", datetime(2026, 10, 26, 12, tzinfo=PARIS), datetime(2026, 11, 2, 5, 30, tzinfo=PARIS)),
        ("quarterly_fit", datetime(2026, 11, 2, 12, tzinfo=PARIS), datetime(2027, 1, 3, 8, tzinfo=PARIS)),
        ("quarterly_fit", datetime(2027, 1, 3, 12, tzinfo=PARIS), datetime(2027, 4, 4, 8, tzinfo=PARIS)),
    ],
)
def test_runs_come_at_their_hour_in_paris_all_year(
    dags: dict[str, Any], dag_id: str, after: datetime, expected: datetime
) -> None:
    assert _next_run(dags[dag_id], after) == expected


@pytest.mark.parametrize("dag_id", RHYTHMS)
def test_a_rhythm_never_catches_up_by_itself_nor_runs_beside_itself(dags: dict[str, Any], dag_id: str) -> None:
    assert not dags[dag_id].catchup
    assert dags[dag_id].max_active_runs == 1


@pytest.mark.parametrize("dag_id", RHYTHMS)
def test_the_screen_says_when_it_runs_what_it_reads_and_writes_and_what_to_do_when_red(dags: dict[str, Any], dag_id: str) -> None:
    page = dags[dag_id].doc_md
    assert all(f"**{line}**" in page for line in ("quand", "lit", "écrit", "si c'est rouge"))


@pytest.mark.parametrize("dag_id", RHYTHMS)
def test_coverage_ends_the_run_and_alone_decides_its_colour(dags: dict[str, Any], dag_id: str) -> None:
    leaves = [task.task_id for task in dags[dag_id].leaves]
    assert leaves == ["coverage"]
    assert dags[dag_id].get_task("coverage").trigger_rule == "all_done"


@pytest.mark.parametrize(("dag_id", "task_id"), [("nightly", "landlord.receive"), ("weekly_list", "landlord.mature")])
def test_only_what_heals_by_waiting_is_tried_again(dags: dict[str, Any], dag_id: str, task_id: str) -> None:
    policy = dags[dag_id].get_task(task_id).retry_policy
    decided = {
        type(fault): policy.evaluate(fault, 1, 6).action.value for fault in (FileNotFoundError(), DeliveryRefused(), ValueError())
    }
    assert decided == {FileNotFoundError: "retry", DeliveryRefused: "fail", ValueError: "fail"}


@pytest.mark.parametrize(
    ("run_type", "try_number", "waits"),
    [("scheduled", 1, True), ("scheduled", 7, False), ("manual", 1, False), ("backfill", 1, False)],
)
def test_only_a_scheduled_night_with_tries_left_waits_for_its_file(
    dags: dict[str, Any], monkeypatch: pytest.MonkeyPatch, run_type: str, try_number: int, waits: bool
) -> None:
    asked = {}
    monkeypatch.setattr(night, "receive_deliveries", lambda *_, may_wait: asked.update(may_wait=may_wait))
    monkeypatch.setattr(night, "mature_lists", lambda *_, may_wait: asked.update(monday_may_wait=may_wait))
    context = {
        "logical_date": datetime(2026, 11, 2, 2, tzinfo=PARIS),
        "dag_run": SimpleNamespace(run_type=run_type),
        "ti": SimpleNamespace(try_number=try_number, max_tries=6),
    }
    dags["nightly"].get_task("landlord.receive").python_callable("essai", **context)
    dags["weekly_list"].get_task("landlord.mature").python_callable("essai", **context)
    assert asked == {"may_wait": waits, "monday_may_wait": waits}


def test_partners_are_told_at_the_instant_of_the_run_and_the_run_is_judged_on_it(
    dags: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    told, now = [], datetime(2026, 11, 3, 8, tzinfo=PARIS)
    monkeypatch.setattr(notices, "send_scheduled", lambda _, landlord_id, instant: told.append((landlord_id, instant)) or {})
    monkeypatch.setattr(coverage, "close", lambda _, as_of, steps: told.append((as_of, steps)) or {})
    dags["partner_notices"].get_task("send").python_callable("essai", logical_date=now)
    dags["partner_notices"].get_task("coverage").python_callable(logical_date=now)
    assert told == [("essai", now), (date(2026, 11, 2), ("notices",))]


def _next_run(dag: Any, after: datetime) -> datetime:
    """Airflow may only be imported once it has been pointed at its home: after the fixture that gave `dag`."""
    timetable = import_module("airflow.serialization.encoders").coerce_to_core_timetable(dag.timetable)
    always = import_module("airflow.timetables.base").TimeRestriction(None, None, True)
    last = timetable.infer_manual_data_interval(run_after=after)
    return timetable.next_dagrun_info(last_automated_data_interval=last, restriction=always).logical_date
