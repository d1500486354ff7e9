"""What a delivery changes: rows to append and versions to close, found by comparing it with what is visible."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from riskmodel.contracts import Table
from riskmodel.lake.read import Source, current
from riskmodel.lake.store import BUCKETS, CLOSED, Pins

BEGINNING = date(1900, 1, 1)
"""History of a landlord's first delivery is visible from always: what was known when is then read from its own dates."""


SLICE_ROWS = 4_000_000
"""Rows of a full delivery compared at once: about half a gigabyte with the versions they may replace."""


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
    """Write into the lake what `staged` (a Parquet file, or a pattern of several, of parsed, valid rows) changes; return the new
    pins and counts.

    Nothing is visible until the register pins the versions returned. Running it again gives the same content.
    """
    with TemporaryDirectory(dir=staged.parent, prefix=".tri-") as aside:
        con = duckdb.connect(config={"memory_limit": memory, "temp_directory": f"{aside}/debordement"})
        con.execute(f"CREATE VIEW staged AS SELECT *, {_bucket(table)} AS bucket FROM read_parquet('{staged}')")
        con.execute(f"CREATE VIEW current_rows AS {current(source, table)}")
        rows = _number(con, "SELECT count(*) FROM staged")
        if table.name not in source.pins:
            # Even of no row: a table that was delivered empty is known to be empty.
            return _append(source, table.name, con.sql(_ordered(table, delivery, "staged s"))), Change(rows, 0, 0, 0)
        change = _compare(con, table, delivery, rows, f"{aside}/trie.parquet")
        is_new = "staged s SEMI JOIN (SELECT * FROM fate WHERE fate IN ('added', 'changed')) f ON " + _same("s", "f", table)
        added = con.sql(_ordered(table, delivery, is_new)) if change.added or change.changed else None
        pins = _append(source, table.name, added)
        closed = con.sql(_closings(table, delivery)) if change.changed or change.removed else None
        return pins | _append(source, table.name + CLOSED, closed), change


def _append(source: Source, name: str, found: duckdb.DuckDBPyRelation | None) -> Pins:
    return {} if found is None else {name: source.lake.append(name, found.to_arrow_reader(200_000), source.pins)}


def _compare(con: duckdb.DuckDBPyConnection, table: Table, delivery: Delivery, rows: int, aside: str) -> Change:
    """Fill the table `fate` with the keys that the delivery adds, changes or removes.

    A big full delivery is compared slice by slice, in the order of the lake's files, so that no join holds the whole ledger.
    """
    con.execute(f"CREATE TABLE fate AS {_fates(table, delivery)} LIMIT 0")
    slices = -(-rows // SLICE_ROWS) if delivery.is_full else 1
    if slices <= 1:
        con.execute(f"INSERT INTO fate {_fates(table, delivery)}")
    else:
        con.execute(f"COPY (FROM staged ORDER BY bucket) TO '{aside}' (FORMAT parquet)")
        con.execute(f"CREATE OR REPLACE VIEW staged AS SELECT * FROM read_parquet('{aside}')")
        for first, after in pairwise(sorted({BUCKETS * i // slices for i in range(slices + 1)})):
            con.execute(f"INSERT INTO fate {_fates(table, delivery, f'bucket BETWEEN {first} AND {after - 1}')}")
        _join_moved(con, table)
    return _count(con, rows)


def _join_moved(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A key that went to another lease was met in two slices, once as removed and once as added: it has changed."""
    keys = ", ".join(table.key)
    con.execute(
        f"CREATE OR REPLACE TABLE fate AS SELECT {keys}, max(old_delivery) AS old_delivery, "
        f"CASE count(*) WHEN 1 THEN any_value(fate) ELSE 'changed' END AS fate FROM fate GROUP BY {keys}"
    )


def _fates(table: Table, delivery: Delivery, slice_: str = "true") -> str:
    """One row a key that the delivery adds, changes or (full mode) removes."""
    keys = ", ".join(f"coalesce(s.{key}, v.{key}) AS {key}" for key in table.key)
    differs = " OR ".join(f"s.{c} IS DISTINCT FROM v.{c}" for c in table.stored_columns if c not in table.key) or "false"
    first = table.key[0]
    join = "FULL" if delivery.is_full else "LEFT"
    return (
        f"SELECT {keys}, v.delivery AS old_delivery, "
        f"CASE WHEN v.{first} IS NULL THEN 'added' WHEN s.{first} IS NULL THEN 'removed' ELSE 'changed' END AS fate "
        f"FROM (FROM staged WHERE {slice_}) s {join} JOIN (FROM current_rows WHERE {slice_}) v ON {_same('s', 'v', table)} "
        f"WHERE v.{first} IS NULL OR s.{first} IS NULL OR {differs}"
    )


def _ordered(table: Table, delivery: Delivery, rows: str) -> str:
    """Rows to append, one bucket after the other and a lease's rows together: a slice of the landlord is read in one go."""
    columns = ", ".join(f"s.{c}" for c in table.stored_columns)
    return (
        f"SELECT {columns}, s.bucket, CAST({delivery.ordinal} AS INTEGER) AS delivery, "
        f"DATE '{delivery.visible_from}' AS visible_from FROM {rows} ORDER BY s.bucket, s.{_owner(table)}"
    )


def _bucket(table: Table) -> str:
    return f"CAST(md5_number_lower({_owner(table)}) % {BUCKETS} AS SMALLINT)"


def _owner(table: Table) -> str:
    return "lease_id" if "lease_id" in table.stored_columns else table.key[0]


def _closings(table: Table, delivery: Delivery) -> str:
    keys = ", ".join(table.key)
    return (
        f"SELECT {keys}, old_delivery AS delivery, DATE '{delivery.as_of}' AS closed_on "
        f"FROM fate WHERE fate IN ('changed', 'removed') ORDER BY {keys}"
    )


def _same(left: str, right: str, table: Table) -> str:
    return " AND ".join(f"{left}.{key} = {right}.{key}" for key in table.key)


def _count(con: duckdb.DuckDBPyConnection, rows: int) -> Change:
    counts = dict(con.execute("SELECT fate, count(*) FROM fate GROUP BY fate").fetchall())
    added, changed, removed = (counts.get(fate, 0) for fate in ("added", "changed", "removed"))
    return Change(added, changed, removed, rows - added - changed)


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
