"""The lake answers as of a date: what had been delivered and had become known by then, and no more."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from riskmodel.contracts import TABLES
from riskmodel.contracts.table import STORED
from riskmodel.lake import Lake, Pins, Source, connect
from riskmodel.lake.merge import Change, Delivery, merge

LEASES = TABLES["leases"]
FIRST, SECOND, THIRD = date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)


class Night:
    """A lake fed by hand with leases, one delivery after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lake = Lake(str(folder / "lake"), "essai")
        self.pins: Pins = {}
        self.ordinal = 0

    def stage(self, *rows: dict[str, Any]) -> Path:
        """Leases as a Parquet file of stored rows."""
        target = self.folder / "staged.parquet"
        defaults = {"dwelling_id": "'L1'", "household_id": "'M1'", "start_date": "DATE '2020-01-01'", "occupancy": "'tenant'"}
        known = {column.stored: "NULL" for column in LEASES.columns} | defaults | {"rent_term": "'in_arrears'", "due_day": "5"}
        selects = [", ".join(f"{value} AS {name}" for name, value in (known | row).items()) for row in rows]
        empty = f"SELECT {', '.join(f'{value} AS {name}' for name, value in known.items())} WHERE false"
        typed = ", ".join(f"CAST({c.stored} AS {_type(c)}) AS {c.stored}" for c in LEASES.columns)
        union = " UNION ALL ".join([empty, *(f"SELECT {select}" for select in selects)])
        duckdb.execute(f"COPY (SELECT {typed} FROM ({union})) TO '{target}' (FORMAT parquet)")
        return target

    def deliver(self, day: date, *rows: dict[str, Any], is_full: bool = True) -> Change:
        """Merge and pin."""
        written, change = merge(self.source, LEASES, self.stage(*rows), Delivery(self.ordinal + 1, day, is_full))
        self.pins = {**self.pins, **written}
        self.ordinal += 1
        return change

    @property
    def source(self) -> Source:
        return Source(self.lake, self.pins)

    def seen(self, day: date, columns: str = "lease_id, due_day") -> list[Any]:
        con = connect(self.source, day, tables=["leases"])
        return con.execute(f"SELECT {columns} FROM leases ORDER BY lease_id").fetchall()


def _type(column: Any) -> str:

    return STORED[column.type]


def lease(lease_id: str, **values: str) -> dict[str, str]:
    return {"lease_id": f"'{lease_id}'", **values}


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


def test_history_of_the_first_delivery_is_read_from_its_own_dates(night: Night) -> None:
    night.deliver(FIRST, lease("B1"), lease("B2", start_date="DATE '2026-09-01'"))
    assert night.seen(date(2026, 8, 31)) == [("B1", 5)]
    assert night.seen(date(2026, 9, 1)) == [("B1", 5), ("B2", 5)]


def test_a_changed_row_shows_its_old_version_the_day_before(night: Night) -> None:
    night.deliver(FIRST, lease("B1"), lease("B2"))
    assert night.deliver(SECOND, lease("B1", due_day="10"), is_full=False) == Change(0, 1, 0, 0)
    assert night.seen(FIRST) == [("B1", 5), ("B2", 5)]
    assert night.seen(SECOND) == [("B1", 10), ("B2", 5)]


def test_a_full_delivery_removes_what_it_no_longer_holds_and_an_incremental_one_does_not(night: Night) -> None:
    night.deliver(FIRST, lease("B1"), lease("B2"))
    assert night.deliver(SECOND, lease("B1"), is_full=False) == Change(0, 0, 0, 1)
    assert night.deliver(THIRD, lease("B1")) == Change(0, 0, 1, 1)
    assert [night.seen(day) for day in (SECOND, THIRD)] == [[("B1", 5), ("B2", 5)], [("B1", 5)]]


def test_a_removed_row_may_come_back(night: Night) -> None:
    night.deliver(FIRST, lease("B1"), lease("B2"))
    night.deliver(SECOND, lease("B1"))
    assert night.deliver(THIRD, lease("B1"), lease("B2")) == Change(1, 0, 0, 1)
    assert [len(night.seen(day)) for day in (FIRST, SECOND, THIRD)] == [2, 1, 2]


def test_a_row_that_changes_and_changes_back_shows_each_version_on_its_day(night: Night) -> None:
    night.deliver(FIRST, lease("B1"))
    night.deliver(SECOND, lease("B1", due_day="10"))
    night.deliver(THIRD, lease("B1"))
    assert [night.seen(day) for day in (FIRST, SECOND, THIRD)] == [[("B1", 5)], [("B1", 10)], [("B1", 5)]]


def test_an_end_that_lies_ahead_is_not_known_yet(night: Night) -> None:
    night.deliver(FIRST, lease("B1", end_date="DATE '2026-11-15'"))
    assert night.seen(FIRST, "end_date") == [(None,)]
    assert night.seen(date(2026, 11, 15), "end_date") == [(date(2026, 11, 15),)]


def test_the_same_delivery_again_changes_no_version(night: Night) -> None:
    night.deliver(FIRST, lease("B1"))
    before = dict(night.pins)
    assert night.deliver(FIRST, lease("B1")) == Change(0, 0, 0, 1)
    assert night.pins == before


def test_rows_written_but_never_pinned_are_set_aside_by_the_next_write(night: Night) -> None:
    night.deliver(FIRST, lease("B1"))
    merge(night.source, LEASES, night.stage(lease("B1"), lease("B9")), Delivery(2, SECOND, is_full=True))
    assert night.seen(SECOND) == [("B1", 5)]
    night.deliver(SECOND, lease("B1"), lease("B2"))
    assert night.seen(SECOND) == [("B1", 5), ("B2", 5)]


def test_a_first_write_that_was_never_pinned_is_overwritten(night: Night) -> None:
    merge(night.source, LEASES, night.stage(lease("B9")), Delivery(1, FIRST, is_full=True))
    night.deliver(FIRST, lease("B1"))
    assert night.seen(FIRST) == [("B1", 5)]


def test_personal_tables_stand_apart_and_audit_columns_are_not_shown(night: Night) -> None:
    night.deliver(FIRST, lease("B1"))
    con = connect(night.source, FIRST)
    shown = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    assert shown == set(TABLES) - {"tenants"}
    columns = {name for name, *_ in con.execute("DESCRIBE leases").fetchall()}
    assert not columns & {"household_type", "holder_birth_year"}
    assert "/personnes/" in night.lake.uri("tenants__closed")
