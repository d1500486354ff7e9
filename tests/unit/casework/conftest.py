"""A session on a fresh register, of each kind in turn, that holds one frozen list."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import open_register
from tests.unit.casework.lists import frozen


@pytest.fixture
def session(register_url: str) -> Iterator[Session]:
    with open_register(register_url)() as opened:
        frozen(opened)
        yield opened
