"""A delivery's files read into staged tables: every row parsed once, in a stream; rows in doubt are set aside with what was seen.

SQL finds the rows that cannot be clean; the contract's pandera schema then says what is wrong with each of them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pandera.errors
import pyarrow as pa

from riskmodel.contracts import TABLES, Table
from riskmodel.contracts.table import STORED
from riskmodel.intake import limits
from riskmodel.intake.cells import Cell, cells
from riskmodel.intake.door import Drop
from riskmodel.intake.faults import Fault
from riskmodel.intake.feed import Feed, open_feed
from riskmodel.intake.profile import Profile

HIDDEN = "(valeur masquée : donnée personnelle)"


@dataclass
class Read:
    """One table as read. `doubtful` rows are in quarantine already; `amount_cents` adds every amount that could be read."""

    table: Table
    files: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    rows: int = 0
    doubtful: int = 0
    lines_lost: int = 0
    amount_cents: int | None = None
    amounts_lost: int = 0
    faults: list[Fault] = field(default_factory=list)


def read(con: duckdb.DuckDBPyConnection, drop: Drop, profile: Profile, folder: Path) -> dict[str, Read]:
    """Read every file of a delivery that the profile knows into Parquet under `folder`/<table>/, with a view `read_<table>`."""
    found: dict[str, Read] = {}
    names = drop.names()
    for table in TABLES.values():
        mapped = profile.tables.get(table.name)
        files = [name for name in names if mapped and any(fnmatch(name, pattern) for pattern in mapped.files)]
        if files:
            found[table.name] = _read_table(con, drop, files, profile, table, folder / table.name)
    return found


def _read_table(
    con: duckdb.DuckDBPyConnection, drop: Drop, files: list[str], profile: Profile, table: Table, folder: Path
) -> Read:
    folder.mkdir(parents=True)
    mapped = profile.tables[table.name]
    plan, found = cells(table, mapped, profile.format), Read(table, files)
    con.execute(_empty(plan, folder / "0.parquet"))
    for rank, file in enumerate(files, start=1):
        feed = open_feed(drop, file, table.name, mapped, profile.format)
        _pour(con, feed, plan, folder / f"{rank}.parquet")
        found.faults += feed.faults
        found.ignored += feed.ignored
        found.lines_lost += len(feed.bad_lines)
    con.execute(f"CREATE VIEW read_{table.name} AS SELECT * FROM read_parquet('{folder}/*.parquet')")
    _count(con, found)
    if found.doubtful:
        found.faults += _judge(con, table, plan)
    return found


def _pour(con: duckdb.DuckDBPyConnection, feed: Feed, plan: list[Cell], target: Path) -> None:
    try:
        if feed.reader is not None:
            con.register("feed", feed.reader)
            con.execute(f"COPY ({_parsed(plan, feed.headers, feed.file)}) TO '{target}' (FORMAT parquet)")
            con.unregister("feed")
    except (duckdb.Error, pa.ArrowException, OSError) as fault:
        target.unlink(missing_ok=True)
        feed.refuse("unreadable_file", str(fault).split("\n")[0][:120], "un fichier lisible jusqu'au bout")
    finally:
        feed.close()


def _parsed(plan: list[Cell], headers: list[str], file: str) -> str:
    """Stored columns, place, and for rows in doubt only (`raw` is not null) the cells as they were seen."""
    seen = ", ".join(f'{cell.seen} AS "seen {cell.column.stored}"' for cell in plan)
    values = ", ".join(f'CAST({cell.value} AS {_stored(cell)}) AS "{cell.column.stored}"' for cell in plan)
    raw = ", ".join(f"'{cell.column.stored}': \"seen {cell.column.stored}\"" for cell in plan)
    doubt = " OR ".join(f"({cell.doubt})" for cell in plan)
    blank = " AND ".join(f"coalesce(CAST(r{rank} AS VARCHAR), '') = ''" for rank in range(len(headers)))
    stored = ", ".join(f'"{cell.column.stored}"' for cell in plan)
    name = file.replace("'", "''")
    return (
        f"SELECT {stored}, '{name}' AS file, line, CASE WHEN {doubt} THEN to_json({{{raw}}}) END AS raw "
        f"FROM (SELECT line, {seen}, {values} FROM feed WHERE NOT ({blank}))"
    )


def _empty(plan: list[Cell], target: Path) -> str:
    columns = ", ".join(f'CAST(NULL AS {_stored(cell)}) AS "{cell.column.stored}"' for cell in plan)
    place = "CAST(NULL AS VARCHAR) AS file, CAST(NULL AS BIGINT) AS line, CAST(NULL AS JSON) AS raw"
    return f"COPY (SELECT {columns}, {place} WHERE false) TO '{target}' (FORMAT parquet)"


def _stored(cell: Cell) -> str:
    return STORED[cell.column.type]


def _count(con: duckdb.DuckDBPyConnection, found: Read) -> None:
    amount = "amount_cents" if "amount_cents" in found.table.stored_columns else "NULL"
    counts = con.execute(
        f"SELECT count(*), count(raw), sum({amount}), count(*) - count({amount}) FROM read_{found.table.name}"
    ).fetchall()[0]
    found.rows, found.doubtful = counts[0] + found.lines_lost, counts[1]
    if amount != "NULL":
        found.amount_cents, found.amounts_lost = int(counts[2] or 0), counts[3] + found.lines_lost


def _judge(con: duckdb.DuckDBPyConnection, table: Table, plan: list[Cell]) -> list[Fault]:
    """Every fault of the rows in doubt (the first `DETAILED_ROWS` of them), by the parser and by the contract's schema."""
    doubtful = f"SELECT * FROM read_{table.name} WHERE raw IS NOT NULL ORDER BY file, line LIMIT {limits.DETAILED_ROWS}"
    rows: pd.DataFrame = con.sql(doubtful).to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
    seen = [_loads(text) for text in rows["raw"]]
    return sorted(_row_faults(table, plan, rows, seen), key=lambda fault: (fault.file, fault.line or 0))


def _row_faults(table: Table, plan: list[Cell], rows: pd.DataFrame, seen: list[dict[str, str]]) -> Iterator[Fault]:
    by_column = {cell.column.stored: cell for cell in plan}
    illegible = {(rank, name) for rank, texts in enumerate(seen) for name in texts if pd.isna(rows[name].iloc[rank])}
    for rank, name in illegible:
        yield _fault(table, by_column[name], rows, rank, seen[rank], _unread_rule(by_column[name], seen[rank][name]))
    for name in (column.stored for column in table.columns if column.type == "str"):
        for rank in rows.index[rows[name].str.contains("\ufffd", regex=False).fillna(False)]:
            yield _fault(table, by_column[name], rows, rank, seen[rank], "undecodable")
    for rank, name, check in _schema_failures(table, rows):
        if (rank, name) not in illegible:
            yield _fault(table, by_column[name], rows, rank, seen[rank], check)


def _schema_failures(table: Table, rows: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    try:
        table.schema().validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases: pd.DataFrame = errors.failure_cases
        for column, check, index in zip(cases["column"], cases["check"], cases["index"], strict=True):
            yield int(index), str(column), _schema_rule(str(check))


def _schema_rule(check: str) -> str:
    return {"not_nullable": "missing_value", "code inconnu": "unknown_code"}.get(check, "out_of_bounds")


def _unread_rule(cell: Cell, text: str) -> str:
    if "\ufffd" in text:
        return "undecodable"
    return "unknown_source_code" if cell.column.type == "code" else "illegible"


def _fault(table: Table, cell: Cell, rows: pd.DataFrame, rank: int, seen: dict[str, str], rule: str) -> Fault:
    value = seen.get(cell.column.stored, "(vide)")
    shown = HIDDEN if table.is_personal and value != "(vide)" else value[:80]
    row = rows.iloc[rank]
    return Fault(rule, table.name, str(row["file"]), int(row["line"]), cell.header, shown, cell.column.expected)


def _loads(text: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(text).items() if value is not None}
