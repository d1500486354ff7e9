"""A private home for Airflow on one machine: its settings, all by environment variables, and nothing outside the folder."""

from pathlib import Path

from riskmodel import REPOSITORY

DAGS = REPOSITORY / "dags"


def environment(home: Path, database: str | None = None) -> dict[str, str]:
    """Variables that point Airflow at `home`, the project's own DAGs and `database`, or without one a SQLite file in `home`.

    They have to be set before Airflow is first imported: it reads them, and makes its home, at that moment.
    """
    # Four components write in one file: each waits for its turn for a minute instead of SQLite's five seconds.
    url = database or f"sqlite:///{home / 'airflow.db'}?timeout=60"
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url,
        **({"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": url} if database else {}),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
