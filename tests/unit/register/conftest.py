"""A register of one's own, freshly migrated."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import open_register


@pytest.fixture
def register(tmp_path: Path) -> sessionmaker[Session]:
    return open_register(f"sqlite:///{tmp_path / 'register.db'}")
