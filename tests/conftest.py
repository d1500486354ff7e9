"""What every test shares: nobody's installation, fresh registers, Hypothesis without a stopwatch, Airflow without a server."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dags.local import in_process

pytest_plugins = ["tests.registers"]
RunDag = Callable[[str, datetime], Any]
AIRFLOWS_OWN_WARNINGS = ("GitWildMatchPattern", "Using `httpx` with `starlette.testclient`")

# Shared machines are slow at times: a test is wrong for what it answers, never for how long one example took.
settings.register_profile("maison", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("maison")


@pytest.fixture(autouse=True)
def _nobodys_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the machine's environment points at, a test that forgets to say where writes in a folder of its own."""
    for name in ("VIGIE_REGISTER_URL", "VIGIE_LAKE", "VIGIE_LANDLORDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "var"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Airflow's own deprecations are not ours to mend."""
    for item in items:
        if "dags" in getattr(item, "fixturenames", ()):
            for text in AIRFLOWS_OWN_WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(f"ignore:{text}"))


@pytest.fixture(scope="session")
def dags(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The project's DAGs by identifier, ready to run. Airflow is first imported here, once it has a home of its own."""
    in_process.prepare(tmp_path_factory.mktemp("airflow"))
    bag = in_process.bag()
    assert not bag.import_errors
    return dict(bag.dags)


@pytest.fixture
def run_dag(dags: dict[str, Any]) -> RunDag:
    """Runs a DAG for an instant and returns the run, with its state and its tasks."""

    def run(dag_id: str, scheduled_for: datetime) -> Any:
        return dags[dag_id].test(logical_date=scheduled_for)

    return run
