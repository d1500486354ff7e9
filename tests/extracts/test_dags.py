"""A night and a Monday of both big extracts through the real DAGs: every landlord ends well and every unit has its list."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from riskmodel.settings import Settings
from riskmodel.steps.calendar import PARIS
from riskmodel.steps.coverage import MONDAY, NIGHT, close
from tests.conftest import RunDag
from tests.factory import house

SUNDAY_MORNING, MONDAY_MORNING = datetime(2026, 11, 1, 2, tzinfo=PARIS), datetime(2026, 11, 2, 2, tzinfo=PARIS)
LIST_HOUR = datetime(2026, 11, 2, 5, 30, tzinfo=PARIS)
EXTRACTS = {"esh-pays-de-caux": ("canonique", "bailleur-canonique"), "oph-estuaire": ("ulysse", "bailleur-ulysse")}


@pytest.fixture
def settings(extracts: Path, tmp_path: Path) -> Settings:
    """Both landlords declared in one installation, where the environment points."""
    for landlord_id, (profile, folder) in EXTRACTS.items():
        settings = house(tmp_path, landlord_id, profile=profile, inbox=str(extracts / folder))
    return settings


def test_both_extracts_end_well_from_the_full_delivery_to_the_list(run_dag: RunDag, settings: Settings) -> None:
    assert run_dag("nightly", SUNDAY_MORNING).state == "success"
    assert run_dag("nightly", MONDAY_MORNING).state == "success"
    assert run_dag("weekly_list", LIST_HOUR).state == "success"
    assert close(settings, date(2026, 10, 31), NIGHT) == {"landlords": 2, "late": 0}
    assert close(settings, date(2026, 11, 1), NIGHT) == {"landlords": 2, "late": 1}  # Ulysse delivered once
    assert close(settings, date(2026, 11, 1), MONDAY) == {"landlords": 2, "late": 0}
    for landlord_id in EXTRACTS:
        lists = sorted((settings.outputs / landlord_id / "2026-S45").glob("*/liste.xlsx"))
        assert lists
        assert all(load_workbook(path, read_only=True).sheetnames for path in lists)
