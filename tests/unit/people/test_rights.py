"""Objection, death and representation, as known on a day, without a name."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from riskmodel.contracts import TABLES
from riskmodel.contracts.table import STORED
from riskmodel.lake import Lake, Source
from riskmodel.lake.merge import Delivery, merge
from riskmodel.people import rights
from tests.factory import row

AS_OF = date(2026, 11, 1)
TENANTS = TABLES["tenants"]


def lake_of(folder: Path, *tenants: dict[str, Any]) -> Source:
    """A lake that holds these tenants and nothing else."""
    rows = [row("tenants", **{"tenant_id": f"T{rank}", **tenant}) for rank, tenant in enumerate(tenants)]
    held = pd.DataFrame([{c.name: r.get(c.name) for c in TENANTS.columns} for r in rows])
    columns = ", ".join(f"CAST({c.name} AS {STORED[c.type]}) AS {c.stored}" for c in TENANTS.columns)
    with duckdb.connect() as con:
        con.register("held", held.astype("string"))
        con.execute(f"COPY (SELECT {columns} FROM held) TO '{folder / 'tenants.parquet'}' (FORMAT parquet)")
    source = Source(Lake(str(folder / "lake"), "essai"), {})
    pins, _ = merge(source, TENANTS, folder / "tenants.parquet", Delivery(1, date(2026, 10, 1), is_full=True))
    return Source(source.lake, pins)


def of_the_lease(folder: Path, *tenants: dict[str, Any], as_of: date = AS_OF) -> dict[str, bool]:
    (known,) = rights(lake_of(folder, *tenants), as_of).drop(columns="lease_id").to_dict("records")
    return {str(name): bool(value) for name, value in known.items()}


def test_one_holder_who_objects_speaks_for_the_lease_from_that_day_on(tmp_path: Path) -> None:
    tenants = ({}, {"role": "co_holder", "objected_on": "2026-11-01"})
    assert of_the_lease(tmp_path / "a", *tenants)["has_objected"]
    assert not of_the_lease(tmp_path / "b", *tenants, as_of=date(2026, 10, 31))["has_objected"]


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()


def test_a_guarantor_or_an_occupant_does_not_speak_for_the_lease(tmp_path: Path) -> None:
    others = ({"role": role, "objected_on": "2026-01-01", "deceased_on": "2026-01-01"} for role in ("guarantor", "occupant"))
    assert of_the_lease(tmp_path, {}, *others) == {"has_objected": False, "is_deceased": False, "is_represented": False}


def test_a_death_leaves_an_estate_only_when_no_holder_remains(tmp_path: Path) -> None:
    dead = {"deceased_on": "2026-09-01"}
    assert of_the_lease(tmp_path / "a", dead, {"role": "co_holder", "left_on": "2025-01-01"})["is_deceased"]
    assert not of_the_lease(tmp_path / "b", dead, {"role": "co_holder"})["is_deceased"]


def test_a_death_known_later_is_not_known_today(tmp_path: Path) -> None:
    assert not of_the_lease(tmp_path, {"deceased_on": "2026-11-02"})["is_deceased"]


def test_who_is_represented_counts_while_still_there(tmp_path: Path) -> None:
    represented = {"representative": "true"}
    assert of_the_lease(tmp_path / "a", represented)["is_represented"]
    assert not of_the_lease(tmp_path / "b", {}, {**represented, "left_on": "2026-01-01"})["is_represented"]


def test_no_name_leaves_the_room(tmp_path: Path) -> None:
    assert list(rights(lake_of(tmp_path, {}), AS_OF).columns) == ["lease_id", "has_objected", "is_deceased", "is_represented"]


def test_without_tenants_nobody_has_said_anything(tmp_path: Path) -> None:
    assert rights(Source(Lake(str(tmp_path), "essai"), {}), AS_OF).empty
