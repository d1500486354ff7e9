"""What a delivery changes: rows to append and versions to close, found by comparing it with what is visible."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from riskmodel.contracts import Table
from riskmodel.lake.read import Source, current
from riskmodel.lake.store import BUCKETS, CLOSED, Pins

BEGINNING = date(1900, 1, 1)
"""History of a landlord's first delivery is visible from always: what was known when is then read from its own dates."""


@dataclass(frozen=True)
class Change:
    """What one delivery did to one table, in rows."""

    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True)
class Delivery:
    """The facts of a delivery that matter to the lake: its rank for this landlord, its day, and its mode."""

    ordinal: int
    as_of: date
    is_full: bool

    @property
    def visible_from(self) -> date:
        """First day on which rows of this delivery may be seen."""
        return BEGINNING if self.ordinal == 1 else self.as_of


def merge(source: Source, table: Table, staged: Path, delivery: Delivery, *, memory: str = "2GB") -> tuple[Pins, Change]:
    """Write into the lake what `staged` (a Parquet file of parsed, valid rows) changes; return the new pins and counts.

    Nothing is visible until the register pins the versions returned. Running it again gives the same content.
    """
    con = duckdb.connect(config={"memory_limit": memory})
    con.execute(f"CREATE VIEW staged AS SELECT * FROM read_parquet('{staged}')")
    con.execute(f"CREATE VIEW current_rows AS {current(source, table)}")
    con.execute(f"CREATE TABLE fate AS {_fates(table, delivery)}")
    change = _count(con)
    pins: Pins = {}
    if change.added or change.changed:
        pins[table.name] = source.lake.append(table.name, _arrow(con, _new_rows(table, delivery)), source.pins)
    if change.changed or change.removed:
        name = table.name + CLOSED
        pins[name] = source.lake.append(name, _arrow(con, _closings(table, delivery)), source.pins)
    return pins, change


def _fates(table: Table, delivery: Delivery) -> str:
    """One row a key that the delivery adds, changes, repeats or (full mode) removes."""
    keys = ", ".join(f"coalesce(s.{key}, v.{key}) AS {key}" for key in table.key)
    differs = " OR ".join(f"s.{c} IS DISTINCT FROM v.{c}" for c in table.stored_columns if c not in table.key) or "false"
    first = table.key[0]
    join = "FULL" if delivery.is_full else "LEFT"
    return (
        f"SELECT {keys}, v.delivery AS old_delivery, CASE WHEN v.{first} IS NULL THEN 'added' "
        f"WHEN s.{first} IS NULL THEN 'removed' WHEN {differs} THEN 'changed' ELSE 'unchanged' END AS fate "
        f"FROM staged s {join} JOIN current_rows v ON {_same('s', 'v', table)}"
    )


def _new_rows(table: Table, delivery: Delivery) -> str:
    owner = "lease_id" if "lease_id" in table.stored_columns else table.key[0]
    columns = ", ".join(f"s.{c}" for c in table.stored_columns)
    order = ", ".join(["bucket", *(f"s.{key}" for key in table.key)])
    return (
        f"SELECT {columns}, CAST(md5_number_lower(s.{owner}) % {BUCKETS} AS SMALLINT) AS bucket, "
        f"CAST({delivery.ordinal} AS INTEGER) AS delivery, DATE '{delivery.visible_from}' AS visible_from "
        f"FROM staged s SEMI JOIN (SELECT * FROM fate WHERE fate IN ('added', 'changed')) f ON {_same('s', 'f', table)} "
        f"ORDER BY {order}"
    )


def _closings(table: Table, delivery: Delivery) -> str:
    keys = ", ".join(table.key)
    return (
        f"SELECT {keys}, old_delivery AS delivery, DATE '{delivery.as_of}' AS closed_on "
        f"FROM fate WHERE fate IN ('changed', 'removed') ORDER BY {keys}"
    )


def _same(left: str, right: str, table: Table) -> str:
    return " AND ".join(f"{left}.{key} = {right}.{key}" for key in table.key)


def _count(con: duckdb.DuckDBPyConnection) -> Change:
    counts = dict(con.execute("SELECT fate, count(*) FROM fate GROUP BY fate").fetchall())
    return Change(*(counts.get(fate, 0) for fate in ("added", "changed", "removed", "unchanged")))


def _arrow(con: duckdb.DuckDBPyConnection, sql: str) -> pa.RecordBatchReader:
    return con.sql(sql).to_arrow_reader(200_000)
