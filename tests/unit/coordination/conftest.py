"""One small project for all the tests of the room, on SQLite: nothing here depends on the database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import Sessions, open_register
from tests.unit.coordination.project import project


@pytest.fixture(scope="session")
def register(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Sessions:
    """What a test writes in it, it takes back."""
    path = tmp_path_factory.mktemp("projet") / "register.db"
    shutil.copy(migrated_file, path)
    opened = open_register(f"sqlite:///{path}")
    with opened.begin() as session:
        project(session)
    return opened


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        yield opened
