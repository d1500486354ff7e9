"""Reading the lake as of a date: only what had been delivered and had become known by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from riskmodel.contracts import TABLES, Column, Table
from riskmodel.contracts.table import STORED
from riskmodel.lake.store import CLOSED, Lake, Pins


@dataclass(frozen=True)
class Objected:
    """An objection to profiling that the team recorded itself: it counts from `objected_on`, for questions asked as of
    `recorded_on` or later, until `lifted_on` (None while it stands)."""

    lease_id: str
    objected_on: date
    recorded_on: date
    lifted_on: date | None = None

    def stands(self, on: date) -> bool:
        """Whether it was known and in force at the end of a day."""
        return max(self.objected_on, self.recorded_on) <= on and (self.lifted_on is None or self.lifted_on > on)


@dataclass(frozen=True)
class Source:
    """A landlord's lake at pinned versions: all that is needed to ask a question as of a date.

    `objections` are those that the register holds beside what the landlord delivers: whoever reads facts knows who objects.
    """

    lake: Lake
    pins: Pins
    objections: tuple[Objected, ...] = ()


def connect(
    source: Source, as_of: date, *, memory: str = "2GB", tables: Iterable[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with one view a contract table, as known at the end of `as_of`.

    Views hide personal tables and audit-only columns: nothing that computes a feature can see them. A table that was
    never delivered is an empty view.
    """
    con = duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": "false"})
    for name in tables or [table.name for table in TABLES.values() if not table.is_personal]:
        con.execute(f"CREATE VIEW {name} AS {visible(source, TABLES[name], as_of)}")
    return con


def visible(source: Source, table: Table, as_of: date, *, audit: bool = False) -> str:
    """SQL of the rows of one table as known at the end of `as_of`; audit-only columns on request."""
    shown = [column for column in table.columns if audit or not column.audit_only]
    files = source.lake.files(table.name, source.pins)
    if not files:
        empty = ", ".join(f"CAST(NULL AS {STORED[c.type]}) AS {c.stored}" for c in shown)
        return f"SELECT {empty}, CAST(NULL AS SMALLINT) AS bucket WHERE false"
    columns = ", ".join(_masked(column, as_of) for column in shown)
    return (
        f"SELECT {columns}, v.bucket FROM read_parquet({files}) v {_unless_closed(source, table, f'closed_on <= {_day(as_of)}')} "
        f"WHERE v.visible_from <= {_day(as_of)} AND ({table.known_on}) <= {_day(as_of)}"
    )


def learnt(source: Source, table: Table, since: date, until: date) -> str:
    """SQL of the rows known at the end of `until` that were not known, or not as they stand, at the end of `since`."""
    known = visible(source, table, until)
    if not source.lake.files(table.name, source.pins):
        return known
    return f"{known} AND NOT (v.visible_from <= {_day(since)} AND ({table.known_on}) <= {_day(since)})"


def forgotten(source: Source, table: Table, since: date, until: date) -> str:
    """SQL of the rows known at the end of `since` that were removed or replaced by the end of `until`.

    Of a key, one version is known at a time: whatever closing follows is of the one known on `since`.
    """
    files = source.lake.files(table.name + CLOSED, source.pins)
    closings = f"FROM read_parquet({files}) WHERE closed_on > {_day(since)} AND closed_on <= {_day(until)}"
    known = f"SELECT * FROM ({visible(source, table, since)})"
    return f"{known} SEMI JOIN ({closings}) c USING ({', '.join(table.key)})" if files else f"{known} WHERE false"


def current(source: Source, table: Table) -> str:
    """SQL of the newest version of every row that was not removed, whatever its dates, with the rank of its `delivery`."""
    files = source.lake.files(table.name, source.pins)
    if not files:
        empty = ", ".join(f"CAST(NULL AS {STORED[c.type]}) AS {c.stored}" for c in table.columns)
        return f"SELECT {empty}, CAST(0 AS INTEGER) AS delivery WHERE false"
    return f"SELECT v.* FROM read_parquet({files}) v {_unless_closed(source, table, 'true')}"


def _masked(column: Column, as_of: date) -> str:
    guard = column.masked_with or (column.name if column.masked else None)
    if guard is None:
        return f"v.{column.stored}"
    return f"CASE WHEN v.{guard} <= {_day(as_of)} THEN v.{column.stored} END AS {column.stored}"


def _unless_closed(source: Source, table: Table, closings: str) -> str:
    """Leaves out the versions that a closing ends. A join and no NOT EXISTS, which DuckDB answers for every row of the table
    before it looks at the bucket that was asked for."""
    files = source.lake.files(table.name + CLOSED, source.pins)
    if not files:
        return ""
    same = " AND ".join(f"c.{key} = v.{key}" for key in (*table.key, "delivery"))
    return f"ANTI JOIN (FROM read_parquet({files}) WHERE {closings}) c ON {same}"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
