"""Both big extracts come in whole: to the row and to the cent, balances reconciled, all nights in order.

The folder named by VIGIE_EXTRACTS holds `bailleur-ulysse` and `bailleur-canonique`; both are synthetic.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskmodel.lake import connect
from riskmodel.settings import Settings
from riskmodel.steps.receive import receive
from riskmodel.steps.source import source
from tests.factory import house

EXTRACTS = Path(os.environ["VIGIE_EXTRACTS"])
LAST = date(2026, 11, 14)

PLANS_ENDED_BEFORE_SIGNED = 5
"""True faults of each extract: five plans whose end is dated before their signature."""


def landlord(folder: Path, landlord_id: str, profile: str, extract: str) -> Settings:
    return house(folder, landlord_id, profile=profile, inbox=str(EXTRACTS / extract))


def reports(settings: Settings, landlord_id: str) -> list[dict[str, Any]]:
    found = sorted((settings.outputs / landlord_id / "qualite").glob("*/qualite.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


def stopped(report: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(group["table"], group["rule"]): group["count"] for group in report["faults"]}


def contacts_of(settings: Settings, lease_id: str, day: date) -> list[str]:
    con = connect(source(settings, "esh-pays-de-caux")[0], day, tables=["contacts"])
    return [key for (key,) in con.execute("SELECT contact_id FROM contacts WHERE lease_id = ?", [lease_id]).fetchall()]


def test_ulysse_comes_in_whole(tmp_path: Path) -> None:
    settings = landlord(tmp_path, "oph-estuaire", "ulysse", "bailleur-ulysse")
    assert receive(settings, "oph-estuaire", LAST)["accepted"] == 1
    (report,) = reports(settings, "oph-estuaire")
    assert stopped(report) == {("plans", "dates_order"): PLANS_ENDED_BEFORE_SIGNED}
    assert report["balances"] == {"sent": 8200, "gaps": 0, "examples": []}
    assert {table["name"]: table["read"] for table in report["tables"]}["entries"] == 957_046
    assert report["missing"] == []


def test_the_canonical_landlord_comes_in_night_after_night(tmp_path: Path) -> None:
    settings = landlord(tmp_path, "esh-pays-de-caux", "canonique", "bailleur-canonique")
    assert receive(settings, "esh-pays-de-caux", LAST) == {
        "accepted": 15,
        "refused": 0,
        "unchanged": 0,
        "last_accepted": LAST.isoformat(),
    }
    found = {report["as_of"]: report for report in reports(settings, "esh-pays-de-caux")}
    assert {day: stopped(report) for day, report in found.items() if report["faults"]} == {
        "2026-10-31": {("plans", "dates_order"): PLANS_ENDED_BEFORE_SIGNED},
        # A contact of a lease that the landlord only sends five nights later.
        "2026-11-03": {("contacts", "missing_parent"): 1},
    }
    waited = {day: (table["released"], table["waiting"]) for day, report in found.items() for table in report["waiting"]}
    assert waited == {f"2026-11-{day:02}": (0, 1) for day in range(3, 8)} | {"2026-11-08": (1, 0)}
    assert contacts_of(settings, "B104852", date(2026, 11, 7)) == []
    assert contacts_of(settings, "B104852", date(2026, 11, 8)) == ["C1034155"]
    assert sum(report["balances"]["gaps"] for report in found.values()) == 0
    assert source(settings, "esh-pays-de-caux")[1] == LAST
    assert receive(settings, "esh-pays-de-caux", LAST)["unchanged"] == 15


@pytest.mark.parametrize("landlord_id", ["oph-estuaire"])
def test_no_label_of_the_extract_reaches_our_disk(tmp_path: Path, landlord_id: str) -> None:
    settings = landlord(tmp_path, landlord_id, "ulysse", "bailleur-ulysse")
    receive(settings, landlord_id, LAST)
    label = "Prélèvement SEPA".encode()
    assert not [path for path in settings.home.rglob("*") if path.is_file() and label in path.read_bytes()]
