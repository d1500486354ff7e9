"""The two big synthetic extracts, received once a session through the real intake. VIGIE_EXTRACTS names their folder."""

import os
from datetime import date
from pathlib import Path

import pytest

from riskmodel.lake import Source
from riskmodel.settings import Settings
from riskmodel.steps import receive
from riskmodel.steps.source import source
from tests import factory

FULL_DAY = date(2026, 10, 31)


@pytest.fixture(scope="session")
def extracts() -> Path:
    """The folder that holds `bailleur-canonique` and `bailleur-ulysse`."""
    return Path(os.environ["VIGIE_EXTRACTS"])


@pytest.fixture(scope="session")
def canonical(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation whose landlord delivers in the contract's own form."""
    home = tmp_path_factory.mktemp("canonique")
    return factory.house(home, "esh-pays-de-caux", profile="canonique", inbox=str(extracts / "bailleur-canonique"))


@pytest.fixture(scope="session")
def canonical_lake(canonical: Settings) -> Source:
    """The canonical landlord after its full delivery."""
    receive.receive(canonical, "esh-pays-de-caux", FULL_DAY)
    return source(canonical, "esh-pays-de-caux")[0]


@pytest.fixture(scope="session")
def canonical_lake_after_a_fortnight(canonical: Settings, canonical_lake: Source) -> Source:
    """The same landlord after its fourteen nights."""
    receive.receive(canonical, "esh-pays-de-caux", date(2026, 11, 14))
    found, last_day = source(canonical, "esh-pays-de-caux")
    assert last_day == date(2026, 11, 14)
    assert found.pins != canonical_lake.pins
    return found


@pytest.fixture(scope="session")
def ulysse_lake(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The landlord whose ERP writes Windows-1252 files in a zip."""
    home = tmp_path_factory.mktemp("ulysse")
    settings = factory.house(home, "oph-estuaire", profile="ulysse", inbox=str(extracts / "bailleur-ulysse"))
    receive.receive(settings, "oph-estuaire", FULL_DAY)
    return source(settings, "oph-estuaire")[0]
