"""A session on each database in turn, rolled back after each test, and one user in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import User
from tests.registers import KINDS, Fresh
from tests.unit.access.monday import CHEAP, NOW, PHRASE


@pytest.fixture(scope="module", params=KINDS)
def register(request: pytest.FixtureRequest, fresh_register: Fresh) -> Iterator[Sessions]:
    sessions = open_register(fresh_register(request.param), connections=2)
    yield sessions
    sessions.engine.dispose()


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def user(session: Session) -> User:
    """A chargé de contentieux of one unit, whose password is PHRASE."""
    made = accounts.create(session, "amel.k", "Amel K.", "Amel.K@oph.example", [Granted(Role.CONTENTIEUX, "oph", "02")], NOW)
    accounts.set_password(session, made, PHRASE, CHEAP)
    return made
