"""The real DAGs without a server: Airflow's database is a file, and every task runs in this process."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from dags.local.home import DAGS, environment


def prepare(home: Path) -> None:
    """Make `home` Airflow's home and create its database there. Has to come before anything imports Airflow."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(home))
    from airflow.utils.db import initdb

    initdb()


def bag() -> Any:
    """The project's DAGs, loaded as the scheduler loads them."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(DAGS))


def run(dag: Any, scheduled_for: datetime) -> str:
    """Run a DAG as if it had been scheduled for this instant; return the state in which its run ended."""
    return str(dag.test(logical_date=scheduled_for).state)
