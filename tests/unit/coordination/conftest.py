"""One small project for all the tests of the room, on SQLite: nothing here depends on the database."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import Sessions, open_register
from tests.registers import Fresh
from tests.unit.coordination.project import project


@pytest.fixture(scope="module")
def register(fresh_register: Fresh) -> Sessions:
    opened = open_register(fresh_register("sqlite"))
    with opened.begin() as session:
        project(session)
    return opened


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        yield opened
