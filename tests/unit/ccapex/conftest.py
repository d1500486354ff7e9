"""A landlord with four households in two units, on each database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from riskmodel.register import households, open_register

LANDLORD = "essai"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def session(register_url: str) -> Iterator[Session]:
    with open_register(register_url).begin() as opened:
        rows = [(lease, f"M{lease}", unit) for lease, unit in (("B1", "UG01"), ("B2", "UG01"), ("B3", "UG02"), ("B4", "UG02"))]
        households.replace(opened, LANDLORD, TODAY, rows)
        yield opened
        opened.rollback()
