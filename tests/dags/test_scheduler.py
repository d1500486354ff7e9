"""Airflow's four components, as `make airflow` starts them: a night asked for over REST ends well and nothing is left behind."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dags.local import scheduler
from tests.factory import house
from tests.flow import tiny
from tests.postgres import Server

NIGHT = "2026-11-01T02:00:00+01:00"
ENDED = ("success", "failed")
BACKFILL = {
    "dag_id": "nightly",
    "from_date": "2026-11-02T00:00:00+01:00",
    "to_date": "2026-11-03T23:00:00+01:00",
    "max_active_runs": 1,
    "reprocess_behavior": "failed",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serveur")


@pytest.fixture(scope="module")
def airflow(folder: Path, postgresql: Server) -> Iterator[scheduler.Airflow]:
    """On PostgreSQL, as in production: with four components on two busy cores, a SQLite file loses requests."""
    settings = house(folder)
    tiny.deliver_evenings(folder / "inbox")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    with scheduler.running(
        folder / "airflow", {**environ, "VIGIE_HOME": str(settings.home)}, postgresql.create("airflow")
    ) as airflow:
        yield airflow
    _nothing_is_left(airflow)


def test_a_night_then_a_backfill_asked_for_over_rest_end_well(airflow: scheduler.Airflow, folder: Path) -> None:
    """One test, for one Airflow: the backfill needs the DAG that the night woke."""
    with _client(airflow) as client:
        run = _trigger(client, "nightly", NIGHT)
        state = _outcome(client, "nightly", run, airflow)
        assert state == "success", _tasks(client, "nightly", run)
        client.post("/backfills", json=BACKFILL).raise_for_status()
        _until(lambda: _end_scheduled(client) and _states(client, "nightly", "backfill") == ["success", "success"], airflow)
    nights = {path.parent.name for path in (folder / "var" / "runs" / "essai").glob("*/scores.parquet")}
    assert {"2026-10-31", "2026-11-01", "2026-11-02"} <= nights


def _client(airflow: scheduler.Airflow) -> httpx.Client:
    airflow.check()
    entry = {"username": airflow.user, "password": airflow.password}
    token = httpx.post(f"{airflow.url}/auth/token", json=entry).raise_for_status().json()["access_token"]
    return httpx.Client(base_url=f"{airflow.url}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=30)


def _trigger(client: httpx.Client, dag_id: str, logical_date: str) -> str:
    """Ask for one run and then wake the DAG: the other way round, the scheduler would begin with the last night it missed."""
    for _ in range(120):
        asked = client.post(f"/dags/{dag_id}/dagRuns", json={"logical_date": logical_date})
        if asked.status_code != httpx.codes.NOT_FOUND:
            break
        time.sleep(0.5)
    client.patch(f"/dags/{dag_id}", json={"is_paused": False}).raise_for_status()
    return str(asked.raise_for_status().json()["dag_run_id"])


def _outcome(client: httpx.Client, dag_id: str, run: str, airflow: scheduler.Airflow) -> str:
    def state() -> str:
        return str(client.get(f"/dags/{dag_id}/dagRuns/{run}").raise_for_status().json()["state"])

    _until(lambda: state() in ENDED, airflow)
    return state()


def _end_scheduled(client: httpx.Client) -> bool:
    """A DAG just woken also plays the last night it missed, waits there for a delivery, and would hold the only place."""
    runs = client.get("/dags/nightly/dagRuns", params={"run_type": "scheduled"}).raise_for_status().json()["dag_runs"]
    for run in runs:
        if run["state"] not in ENDED:
            client.patch(f"/dags/nightly/dagRuns/{run['dag_run_id']}", json={"state": "failed"})
    return True


def _states(client: httpx.Client, dag_id: str, run_type: str) -> list[str]:
    runs = client.get(f"/dags/{dag_id}/dagRuns", params={"run_type": run_type}).raise_for_status().json()["dag_runs"]
    return [run["state"] for run in runs]


def _until(is_so: Callable[[], bool], airflow: scheduler.Airflow) -> None:
    """Give it eight minutes, unless a component of Airflow ends before."""
    limit = time.monotonic() + 480
    while not is_so():
        airflow.check()
        assert time.monotonic() < limit, "rien n'est venu en huit minutes"
        time.sleep(0.5)


def _tasks(client: httpx.Client, dag_id: str, run: str) -> list[tuple[Any, ...]]:
    found = client.get(f"/dags/{dag_id}/dagRuns/{run}/taskInstances").raise_for_status().json()["task_instances"]
    return [(task["task_id"], task["rendered_map_index"], task["state"]) for task in found]


def _nothing_is_left(airflow: scheduler.Airflow) -> None:
    assert {name: process.returncode for name, process in airflow.processes.items() if process.returncode is None} == {}
    assert list(airflow.home.glob("*.pid")) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(airflow.url)
