"""A register of one's own, on each database in turn."""

import pytest

from riskmodel.register import Sessions, open_register


@pytest.fixture
def register(register_url: str) -> Sessions:
    return open_register(register_url)
