from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from riskmodel import REPOSITORY
from riskmodel.register.engine import open_register
from riskmodel.register.migrations import downgrade, upgrade
from riskmodel.register.models import Base


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'nouveau' / 'register.db'}"


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found - {"alembic_version"}


def test_upgrading_makes_every_table_of_the_models_and_the_folder_of_the_file(url: str) -> None:
    upgrade(url)
    assert tables(url) == set(Base.metadata.tables)


def test_upgrading_twice_is_harmless(url: str) -> None:
    upgrade(url)
    upgrade(url)
    assert tables(url) == set(Base.metadata.tables)


def test_each_migration_can_be_undone(url: str) -> None:
    upgrade(url)
    downgrade(url, "base")
    assert tables(url) == set()
    upgrade(url)
    assert tables(url) == set(Base.metadata.tables)


def test_migrations_and_models_say_the_same(url: str) -> None:
    upgrade(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert not differences, f"Il manque une migration : {differences}"


def test_migrations_are_numbered_and_follow_one_another() -> None:
    names = sorted(path.stem[:4] for path in (REPOSITORY / "sql" / "migrations" / "versions").glob("*.py"))
    assert names == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_sqlite_waits_for_other_writers_and_keeps_foreign_keys(url: str) -> None:
    with open_register(url).begin() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_lists_and_decisions_come_through_the_way_up_and_lists_through_the_way_down(url: str) -> None:
    upgrade(url, "0001")
    write(url, LIST)
    upgrade(url, "0002")
    write(url, RECORD, DRAW, DECISION)
    upgrade(url)
    assert read(url, "SELECT hits, is_served FROM track_records") == [(2, 0)]
    assert read(url, "SELECT lease_id, probability, event FROM drawn_rows") == [("B1", 0.1, None)]
    downgrade(url, "0002")
    assert read(url, "SELECT hits FROM track_records") == [(2,)]
    downgrade(url, "0001")
    assert read(url, "SELECT week FROM weekly_lists") == [("S",)]
    assert tables(url) == {"deliveries", "list_rows", "runs", "weekly_lists"}


def test_no_name_is_longer_than_postgresql_takes() -> None:
    names = [item.name for table in Base.metadata.tables.values() for item in (*table.constraints, *table.indexes)]
    assert max(len(str(name)) for name in names) <= 63


LIST = (
    "INSERT INTO weekly_lists (landlord_id, management_unit, week, as_of, evidence) VALUES ('oph', '02', 'S', '2026-10-18', '{}')"
)
RECORD = (
    "INSERT INTO track_records "
    "(landlord_id, score, as_of, week, kind, model, version, stratum, k, listed, hits, treated, eligible) "
    "VALUES ('oph', 'derive', '2026-06-21', 'S', 'servi', 'score', 'v', 'tous', 7, 6, 2, 0, 80)"
)
DRAW = (
    "INSERT INTO drawn_rows (landlord_id, week, management_unit, lease_id, score, stratum, probability, seed) "
    "VALUES ('oph', 'S', '02', 'B1', 'derive', 'precoce', 0.1, 'abc')"
)
DECISION = (
    "INSERT INTO decisions (landlord_id, week, management_unit, lease_id, code, decided_on, decided_by) "
    "VALUES ('oph', 'S', '02', 'B1', 'call', '2026-10-20', 'agent.02')"
)


def write(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def read(url: str, question: str) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(question)]
    engine.dispose()
    return found
