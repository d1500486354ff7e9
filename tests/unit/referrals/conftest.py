"""A session on a fresh register, of each kind in turn, with a partner whose convention covers what the tests ask of it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import open_register, to_write
from tests.registers import Fresh
from tests.unit.referrals.lives import partner


@pytest.fixture
def session(register_url: str) -> Iterator[Session]:
    with open_register(register_url)() as opened:
        to_write(opened)
        partner(opened)
        yield opened


@pytest.fixture
def light(fresh_register: Fresh) -> Iterator[Session]:
    """On SQLite alone, for what no database changes."""
    with open_register(fresh_register("sqlite"))() as opened:
        to_write(opened)
        partner(opened)
        yield opened
