"""Airflow's four components, as `make airflow` starts them: a night asked for over REST ends well and nothing is left behind."""

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from dags.local import scheduler
from tests.factory import house
from tests.flow import tiny

NIGHT = "2026-11-01T02:00:00+01:00"
ENDED = ("success", "failed")


@pytest.fixture
def airflow(tmp_path: Path) -> Iterator[scheduler.Airflow]:
    settings = house(tmp_path)
    tiny.deliver_evenings(tmp_path / "inbox")
    environ = {**os.environ, "VIGIE_HOME": str(settings.home)}
    with scheduler.running(tmp_path / "airflow", environ) as airflow:
        yield airflow
    _nothing_is_left(airflow)


def test_a_night_asked_for_over_rest_ends_well(airflow: scheduler.Airflow, tmp_path: Path) -> None:
    with _client(airflow) as client:
        run = _trigger(client, "nightly", NIGHT)
        state = _outcome(client, "nightly", run, airflow)
        assert state == "success", _tasks(client, "nightly", run)
    night = tmp_path / "var" / "runs" / "essai" / date(2026, 10, 31).isoformat()
    assert (night / "scores.parquet").is_file()


def _client(airflow: scheduler.Airflow) -> httpx.Client:
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
    limit = time.monotonic() + 240
    while time.monotonic() < limit:
        airflow.check()
        state = client.get(f"/dags/{dag_id}/dagRuns/{run}").raise_for_status().json()["state"]
        if state in ENDED:
            return str(state)
        time.sleep(0.5)
    raise AssertionError(f"{dag_id} n'a pas fini : {_tasks(client, dag_id, run)}")


def _tasks(client: httpx.Client, dag_id: str, run: str) -> list[tuple[Any, ...]]:
    found = client.get(f"/dags/{dag_id}/dagRuns/{run}/taskInstances").raise_for_status().json()["task_instances"]
    return [(task["task_id"], task["rendered_map_index"], task["state"]) for task in found]


def _nothing_is_left(airflow: scheduler.Airflow) -> None:
    assert {name: process.returncode for name, process in airflow.processes.items() if process.returncode is None} == {}
    assert list(airflow.home.glob("*.pid")) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(airflow.url)
