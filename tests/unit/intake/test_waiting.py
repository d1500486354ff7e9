"""What waits, read back from a quarantine file and settled beside a delivery's own rows."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from riskmodel.contracts import TABLES, Table
from riskmodel.contracts.table import STORED
from riskmodel.intake import limits, waiting
from riskmodel.intake.reading import Read

TONIGHT = date(2026, 11, 8)
SAMPLES = {
    "VARCHAR": "'l''été « ''\"'",
    "DATE": "DATE '2026-11-03'",
    "TIMESTAMP": "TIMESTAMP '2026-11-03 13:26:05'",
    "BIGINT": "CAST(-123456789012345 AS BIGINT)",
    "BOOLEAN": "true",
    "DOUBLE": "61.35",
}


def values(table: Table, **cells: str) -> str:
    """SQL of one stored row: a sample of each type, or the cells given."""
    return ", ".join(f"{cells.get(c.stored, SAMPLES[STORED[c.type]])} AS {c.stored}" for c in table.columns)


def held(folder: Path, table: Table, *rows: str, day: date = TONIGHT, waits: bool = True) -> Path:
    """A quarantine file of stored rows that were delivered on `day`."""
    stored = ", ".join(f"'{column}': {column}" for column in table.stored_columns)
    told = f"['rattachement introuvable'] AS reasons, DATE '{day}' AS delivered_on, {waits} AS is_waiting"
    union = " UNION ALL ".join(f"SELECT {row}" for row in rows)
    path = folder / f"{table.name}.parquet"
    place = "'f.csv' AS file, CAST(2 AS BIGINT) AS line"
    duckdb.execute(f"COPY (SELECT {place}, to_json({{{stored}}}) AS content, {told} FROM ({union})) TO '{path}'")
    return path


def delivered(con: duckdb.DuckDBPyConnection, table: Table, *rows: str) -> dict[str, Read]:
    union = " UNION ALL ".join(f"SELECT {row}" for row in rows)
    con.execute(f"CREATE VIEW read_{table.name} AS SELECT *, 'n.csv' AS file, 2 AS line, NULL AS raw FROM ({union})")
    return {table.name: Read(table)}


@pytest.mark.parametrize("name", [table.name for table in TABLES.values() if table.parent])
@pytest.mark.parametrize("is_empty", [False, True], ids=["every cell filled", "optional cells empty"])
def test_a_row_comes_out_of_quarantine_as_it_went_in(tmp_path: Path, name: str, is_empty: bool) -> None:
    table = TABLES[name]
    cells = {c.stored: f"CAST(NULL AS {STORED[c.type]})" for c in table.columns if is_empty and not c.required}
    con = duckdb.connect()
    file = held(tmp_path, table, values(table, **cells))
    assert waiting.bring(con, {name: file}, {}, TONIGHT, is_full=False) == {name}
    late = con.sql(f"SELECT {', '.join(table.stored_columns)} FROM arrived_{name}")
    sent = con.sql(f"SELECT {values(table, **cells)}")
    assert (late.types, late.fetchall()) == (sent.types, sent.fetchall())


@pytest.mark.parametrize(("age", "late"), [(0, 1), (limits.WAITING_DAYS, 1), (limits.WAITING_DAYS + 1, 0)])
def test_rows_wait_ninety_days_and_no_longer(tmp_path: Path, age: int, late: int) -> None:
    con, table = duckdb.connect(), TABLES["contacts"]
    file = held(tmp_path, table, values(table), day=TONIGHT - timedelta(days=age))
    assert len(waiting.bring(con, {"contacts": file}, {}, TONIGHT, is_full=False)) == late


def test_rows_that_were_stopped_for_another_reason_do_not_come_back(tmp_path: Path) -> None:
    table = TABLES["contacts"]
    file = held(tmp_path, table, values(table), waits=False)
    assert waiting.bring(duckdb.connect(), {"contacts": file}, {}, TONIGHT, is_full=False) == set()


def test_a_delivered_row_replaces_the_one_of_its_whole_key(tmp_path: Path) -> None:
    con, table = duckdb.connect(), TABLES["overindebtedness"]
    waits = [values(table, lease_id=f"'{lease}'", step=f"'{step}'") for lease in ("B1", "B2") for step in ("filed", "closed")]
    comes = delivered(con, table, values(table, lease_id="'B1'", step="'filed'"), values(table, lease_id="NULL", step="'closed'"))
    waiting.bring(con, {table.name: held(tmp_path, table, *waits)}, comes, TONIGHT, is_full=False)
    left = con.execute("SELECT lease_id, step FROM late_overindebtedness ORDER BY ALL").fetchall()
    assert left == [("B1", "closed"), ("B2", "closed"), ("B2", "filed")]


@pytest.mark.parametrize(("is_full", "rows"), [(True, 1), (False, 2)])
def test_a_full_table_replaces_all_that_waited(tmp_path: Path, is_full: bool, rows: int) -> None:
    con, table = duckdb.connect(), TABLES["contacts"]
    comes = delivered(con, table, values(table, contact_id="'C2'"))
    waiting.bring(con, {"contacts": held(tmp_path, table, values(table))}, comes, TONIGHT, is_full=is_full)
    assert len(con.execute("FROM arrived_contacts").fetchall()) == rows


def test_rows_wait_when_nothing_but_another_row_is_missing() -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE stopped (table_name VARCHAR, file VARCHAR, line BIGINT, rule VARCHAR)")
    rules = {2: ["missing_parent"], 3: ["missing_parent", "sign"], 4: ["reject_without_payment", "missing_parent"], 5: ["sign"]}
    for line, rule in ((line, rule) for line, broken in rules.items() for rule in broken):
        con.execute("INSERT INTO stopped VALUES ('entries', 'n.csv', ?, ?)", [line, rule])
    assert waiting.settle(con, {}, TONIGHT) == {"entries": waiting.Waited(before=0, released=0, expired=0, waiting=2)}
    assert con.execute("SELECT line FROM waiting ORDER BY line").fetchall() == [(2,), (4,)]
