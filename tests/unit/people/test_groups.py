"""Groups as known on a day: banded at once, unknown said as such."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskmodel.people.groups import groups
from tests.lakes import laid_out

AS_OF = date(2026, 11, 1)


def lease(**values: Any) -> dict[str, Any]:
    known = {"lease_id": "B1", "dwelling_id": "L1", "household_id": "M1", "signed_on": date(2024, 1, 2)}
    return known | {"start_date": date(2024, 1, 5), "holder_birth_year": 1980, "household_type": "couple"} | values


def right(month: str, **values: Any) -> dict[str, Any]:
    known = {"lease_id": "B1", "month": month, "kind": "apl", "amount_cents": 20_000, "paid_to": "landlord", "state": "open"}
    return known | {"known_on": date(2026, 1, 1)} | values


def of_the_lease(folder: Path, *, as_of: date = AS_OF, **tables: list[dict[str, Any]]) -> dict[str, Any]:
    dwelling = {"dwelling_id": "L1", "management_unit": "UG01", "commune_code": "76351", "priority_area": True}
    (found,) = groups(laid_out(folder, {"dwellings": [dwelling], "leases": [lease()]} | tables), as_of).to_dict("records")
    return found


def test_a_household_has_one_group_an_attribute(tmp_path: Path) -> None:
    assert of_the_lease(tmp_path) == {
        "lease_id": "B1",
        "age_band": "45_59",
        "household_type": "couple",
        "management_unit": "UG01",
        "priority_area": "inside",
        "benefit_status": "unknown",
        "commune_code": "76351",
    }


BORN = [(1997, "under_30"), (1996, "30_44"), (1982, "30_44"), (1966, "60_74"), (1951, "75_over"), (None, "unknown")]


@pytest.mark.parametrize(("born", "band"), BORN)
def test_ages_are_banded_by_year_of_birth(tmp_path: Path, born: int | None, band: str) -> None:
    assert of_the_lease(tmp_path, leases=[lease(holder_birth_year=born)])["age_band"] == band


def test_without_a_year_on_the_lease_the_eldest_holder_still_there_gives_it(tmp_path: Path) -> None:
    holder = {"tenant_id": "T1", "lease_id": "B1", "role": "holder", "last_name": "EXEMPLE", "birth_date": date(1990, 5, 1)}
    gone = holder | {"tenant_id": "T2", "birth_date": date(1940, 5, 1), "left_on": date(2025, 1, 1)}
    guarantor = holder | {"tenant_id": "T3", "role": "guarantor", "birth_date": date(1950, 5, 1)}
    found = of_the_lease(tmp_path, leases=[lease(holder_birth_year=None)], tenants=[holder, gone, guarantor])
    assert found["age_band"] == "30_44"


@pytest.mark.parametrize(
    ("rights", "status"),
    [
        ([right("2026-10")], "landlord"),
        ([right("2026-09"), right("2026-10", paid_to="tenant")], "tenant"),
        ([right("2026-09"), right("2026-10", state="suspended")], "stopped"),
        ([right("2026-08")], "none"),
        ([right("2026-10", known_on=date(2026, 11, 2))], "none"),
    ],
)
def test_the_newest_right_known_of_the_last_three_months_tells_the_benefit(
    tmp_path: Path, rights: list[dict[str, Any]], status: str
) -> None:
    assert of_the_lease(tmp_path, benefits=rights)["benefit_status"] == status


def test_a_lease_that_has_ended_or_not_begun_has_no_group(tmp_path: Path) -> None:
    leases = [lease(end_date=date(2026, 10, 1)), lease(lease_id="B2", start_date=date(2026, 11, 2), signed_on=date(2026, 11, 2))]
    dwelling = {"dwelling_id": "L1", "management_unit": "UG01"}
    assert groups(laid_out(tmp_path, {"dwellings": [dwelling], "leases": leases}), AS_OF).empty
