from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from riskmodel import REPOSITORY
from riskmodel.register.engine import downgrade, open_register, upgrade
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
