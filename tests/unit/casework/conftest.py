"""A session on a fresh register that holds one frozen list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import open_register
from tests.unit.casework.lists import frozen


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_register(f"sqlite:///{tmp_path / 'register.db'}")() as opened:
        frozen(opened)
        yield opened
