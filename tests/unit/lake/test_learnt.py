"""Between two days: what was learnt, what was replaced or removed, and that the sum of both is the difference."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from riskmodel.contracts import TABLES
from riskmodel.lake import Lake, Source
from riskmodel.lake.read import forgotten, learnt, visible
from tests.lakes import source_of

ENTRIES = TABLES["entries"]
FIRST, SECOND, THIRD = date(2026, 9, 10), date(2026, 9, 20), date(2026, 9, 30)


def entry(entry_id: str, cents: int, booked_on: date = date(2026, 9, 1)) -> dict[str, Any]:
    known = {"lease_id": "B1", "kind": "rent", "value_on": date(2026, 9, 5)}
    return known | {"entry_id": entry_id, "amount_cents": cents, "booked_on": booked_on}


@pytest.fixture
def source(tmp_path: Path) -> Source:
    kept, booked_ahead = entry("kept", 1), entry("ahead", 2, date(2026, 9, 15))
    return source_of(
        tmp_path,
        (FIRST, {"entries": [kept, booked_ahead, entry("corrected", 10), entry("removed", 100)]}),
        (SECOND, {"entries": [kept, booked_ahead, entry("corrected", 20), entry("late", 1_000)]}),
        (THIRD, {"entries": [kept, booked_ahead, entry("corrected", 30)]}),
    )


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def amounts(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, int]:
    return dict(con.execute(f"SELECT entry_id, amount_cents FROM ({sql})").fetchall())


def test_what_was_learnt_is_new_corrected_or_booked_since(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    assert amounts(con, learnt(source, ENTRIES, FIRST, SECOND)) == {"ahead": 2, "corrected": 20, "late": 1_000}
    assert amounts(con, learnt(source, ENTRIES, SECOND, THIRD)) == {"corrected": 30}
    assert amounts(con, learnt(source, ENTRIES, FIRST, FIRST)) == {}


def test_what_was_forgotten_stands_as_it_was_known(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    assert amounts(con, forgotten(source, ENTRIES, FIRST, SECOND)) == {"corrected": 10, "removed": 100}
    assert amounts(con, forgotten(source, ENTRIES, FIRST, THIRD)) == {"corrected": 10, "removed": 100}
    assert amounts(con, forgotten(source, ENTRIES, SECOND, THIRD)) == {"corrected": 20, "late": 1_000}


@pytest.mark.parametrize(("since", "until"), [(FIRST, SECOND), (FIRST, THIRD), (SECOND, THIRD)])
def test_both_make_the_difference(con: duckdb.DuckDBPyConnection, source: Source, since: date, until: date) -> None:
    then, now = (sum(amounts(con, visible(source, ENTRIES, day)).values()) for day in (since, until))
    came, went = (sum(amounts(con, read(source, ENTRIES, since, until)).values()) for read in (learnt, forgotten))
    assert now - then == came - went


def test_a_table_never_delivered_taught_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    empty = Source(Lake(str(tmp_path), "essai"), {})
    assert amounts(con, learnt(empty, ENTRIES, FIRST, SECOND)) == amounts(con, forgotten(empty, ENTRIES, FIRST, SECOND)) == {}
