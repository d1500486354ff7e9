"""Fresh registers for tests, on both databases: copies of one that was migrated once, emptied and used again on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import pytest

from riskmodel.register import upgrade
from tests import postgres

Fresh = Callable[[str], str]
"""From "sqlite" or "postgresql" to the URL of a register of one's own, in its newest form, empty."""
KINDS = ("sqlite", "postgresql")
NUMBERS = count(1)


EMPTY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', r.tablename);
  END LOOP;
  PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences;
END $$
"""
"""A database is copied in half a second and emptied in ten milliseconds."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A PostgreSQL server, started the first time a test asks for one. It holds a migrated register to copy."""
    with postgres.running() as server:
        upgrade(server.create("migrated"))
        yield server


@pytest.fixture(scope="session")
def idle() -> list[str]:
    """Migrated and empty databases that no test uses any more."""
    return []


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite register to copy."""
    path = tmp_path_factory.mktemp("registre") / "register.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="module")
def fresh_register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Makes registers that last as long as the module's tests."""
    with ExitStack() as made:
        yield lambda kind: made.enter_context(_copy(request, kind, tmp_path_factory.mktemp("registre")))


@pytest.fixture(params=KINDS)
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty register of the test's own, on each database in turn."""
    with _copy(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table, on each database in turn; SQLite's file and its folder are still to be made."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'nouveau' / 'register.db'}"
        return
    server, name = request.getfixturevalue("postgresql"), f"test_{next(NUMBERS)}"
    yield server.create(name)
    server.drop(name)


@contextmanager
def _copy(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_file'), folder / 'register.db')}"
        return
    server, idle = request.getfixturevalue("postgresql"), request.getfixturevalue("idle")
    name = idle.pop() if idle else f"test_{next(NUMBERS)}"
    yield server.url(name) if name in server.made else server.create(name, "migrated")
    server.run(EMPTY, name)
    idle.append(name)
