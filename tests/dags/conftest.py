"""Airflow in this process, on a database of its own, made once: it has to be pointed at its home before it is first imported."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dags.local import in_process

HERE = Path(__file__).parent
AIRFLOWS_OWN_WARNINGS = ("GitWildMatchPattern", "Using `httpx` with `starlette.testclient`")
RunDag = Callable[[str, datetime], Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker for all of them, so that Airflow is loaded once; its own deprecations are not ours to mend."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("airflow"))
            for text in AIRFLOWS_OWN_WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(f"ignore:{text}"))


@pytest.fixture(scope="session")
def dags(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The project's DAGs by identifier, ready to run."""
    in_process.prepare(tmp_path_factory.mktemp("airflow"))
    bag = in_process.bag()
    assert not bag.import_errors
    return bag.dags


@pytest.fixture
def run_dag(dags: dict[str, Any]) -> RunDag:
    """Runs a DAG for an instant and returns the run, with the state of its tasks."""

    def run(dag_id: str, scheduled_for: datetime) -> Any:
        return dags[dag_id].test(logical_date=scheduled_for)

    return run
