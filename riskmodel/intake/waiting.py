"""Rows whose parent is not known yet: they wait in quarantine, and every later delivery is judged with them beside its own.

What waits is written in the quarantine of the newest accepted delivery and nowhere else: a run killed before the register
accepted its delivery has changed nothing of it, and released no row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from riskmodel.contracts import TABLES, Table
from riskmodel.contracts.table import STORED
from riskmodel.intake import limits
from riskmodel.intake.reading import Read

RULES = ("missing_parent", "reject_without_payment")
"""What only says that another row is not there yet. A row stopped by any other rule has to be corrected at its source."""

PLACE = "(en attente)"
"""Stands for the file of a row that waited, so that it is never counted among the rows of tonight's files."""


@dataclass(frozen=True)
class Waited:
    """One table's rows that waited before a delivery, and what became of them: released by it, or given up as too old.

    `waiting` counts the rows that wait after it, its own included. The others were replaced by rows delivered since.
    """

    before: int
    released: int
    expired: int
    waiting: int


def bring(
    con: duckdb.DuckDBPyConnection, files: Mapping[str, Path], delivered: Mapping[str, Read], as_of: date, *, is_full: bool
) -> set[str]:
    """Put the rows that may still come beside the delivery's own; return the tables in which there are rows to judge.

    Creates `late_<table>` for each table of `files` (the quarantine of the newest accepted delivery), and `arrived_<table>` for
    each table returned. A row delivered since under the same key replaces one that waited; a full table replaces them all.
    """
    arrived = set(delivered)
    for name, file in files.items():
        table = TABLES[name]
        con.execute(f"CREATE VIEW waiting_{name} AS FROM read_parquet('{file}') WHERE is_waiting")
        rest = _not_replaced(table, is_full=is_full) if name in delivered else "FROM candidates"
        con.execute(f"CREATE TABLE late_{name} AS {_late(table, rest, as_of)}")
        if _number(con, f"SELECT count(*) FROM late_{name}"):
            arrived.add(name)
    for name in arrived:
        con.execute(f"CREATE VIEW arrived_{name} AS {_arrived(TABLES[name], name in delivered, name in files)}")
    return arrived


def settle(con: duckdb.DuckDBPyConnection, files: Mapping[str, Path], as_of: date) -> dict[str, Waited]:
    """Once the rules have run: what became of the rows of each table that waited, and how many wait now.

    Creates `waiting`: table, file and line of the rows that were stopped for want of another row only.
    """
    only = " AND ".join(f"rule <> '{rule}'" for rule in RULES)
    grouped = f"SELECT table_name, file, line FROM stopped GROUP BY ALL HAVING count(*) FILTER ({only}) = 0"
    con.execute(f"CREATE TABLE waiting AS {grouped}")
    now = dict(con.execute("SELECT table_name, count(*) FROM waiting GROUP BY table_name").fetchall())
    found = {}
    for name in (name for name in TABLES if name in files or name in now):
        before = released = expired = 0
        if name in files:
            counts = f"SELECT count(*), count(*) FILTER (NOT {_is_young(as_of)}) FROM waiting_{name}"
            before, expired = con.execute(counts).fetchall()[0]
            released = _number(con, f"SELECT count(*) FROM ({_late_rows(name, is_stopped=False)})")
        if before or name in now:
            found[name] = Waited(before, released, expired, now.get(name, 0))
    return found


def still_stopped(table: str) -> str:
    """SQL of the rows of `late_<table>` that tonight's rules stopped again, in the form in which quarantine keeps them."""
    is_waiting = f"line IN (SELECT line FROM waiting WHERE table_name = '{table}' AND file = '{PLACE}')"
    held = f"first_file AS file, first_line AS line, content, reasons, delivered_on, {is_waiting} AS is_waiting"
    return f"SELECT {held} FROM ({_late_rows(table, is_stopped=True)})"


def _late(table: Table, rest: str, as_of: date) -> str:
    cells = ", ".join(f"CAST(content ->> '{c.stored}' AS {STORED[c.type]}) AS {c.stored}" for c in table.columns)
    kept = "content, reasons, delivered_on, file AS first_file, line AS first_line"
    rows = f"SELECT {cells}, {kept} FROM waiting_{table.name} WHERE {_is_young(as_of)}"
    place = f"'{PLACE}' AS file, row_number() OVER () AS line, CAST(NULL AS JSON) AS raw"
    return f"WITH candidates AS MATERIALIZED ({rows}) SELECT *, {place} {rest}"


def _not_replaced(table: Table, *, is_full: bool) -> str:
    if is_full:
        return "FROM candidates WHERE false"
    keys = ", ".join(table.key)
    # The delivered rows go past the few that wait: whatever its size, the delivery is not held in memory.
    return f"FROM candidates ANTI JOIN (SELECT {keys} FROM read_{table.name} SEMI JOIN candidates USING ({keys})) USING ({keys})"


def _arrived(table: Table, is_delivered: bool, is_late: bool) -> str:
    columns = ", ".join([*table.stored_columns, "file", "line", "raw"])
    views = ["read"] * is_delivered + ["late"] * is_late
    return " UNION ALL ".join(f"SELECT {columns} FROM {view}_{table.name}" for view in views)


def _late_rows(table: str, *, is_stopped: bool) -> str:
    join = "SEMI" if is_stopped else "ANTI"
    return f"FROM late_{table} {join} JOIN (SELECT file, line FROM stopped WHERE table_name = '{table}') USING (file, line)"


def _is_young(as_of: date) -> str:
    return f"delivered_on >= DATE '{as_of - timedelta(days=limits.WAITING_DAYS)}'"


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
