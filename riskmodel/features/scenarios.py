"""What if: copies of a household's rows with other facts in them, computed by the same blocks, all copies in one go.

Nothing is estimated: a copy stands in the tables under its scenario's identifier, beside the others, and is read like any lease.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from riskmodel.contracts import TABLES, Table
from riskmodel.contracts.table import STORED
from riskmodel.features import blocks
from riskmodel.features.build import frame_sql
from riskmodel.lake import Pins, Source, connect

AT_ONCE = 4_000
"""Copies computed together: about half a million entries, some two hundred megabytes."""

Values = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Edit:
    """One change of a lease's rows: `removed` are (table, key) pairs, `added` (table, values under the lake's column names).

    The key of a row is its identifier; for a right to benefit, its month.
    """

    removed: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, Values], ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A lease as it was known, with these edits; none of them gives the lease itself."""

    lease_id: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Copies:
    """The rows of a few leases as known on a day, ready to be copied. `con` holds each table twice: `known_<table>`, as read, and
    `<table>`, the copies of the last scenarios computed."""

    con: duckdb.DuckDBPyConnection
    as_of: date
    pins: Pins

    def features(self, scenarios: Mapping[str, Scenario]) -> pd.DataFrame:
        """One row of features a scenario, whose identifier stands in `lease_id`; a lease not in force has none."""
        names = list(scenarios)
        shares = [names[first : first + AT_ONCE] for first in range(0, max(len(names), 1), AT_ONCE)]
        return pd.concat([self._compute({name: scenarios[name] for name in share}) for share in shares], ignore_index=True)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a SELECT over the tables and blocks of the last scenarios computed."""
        cursor = self.con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _compute(self, scenarios: Mapping[str, Scenario]) -> pd.DataFrame:
        _lay_out(self.con, scenarios)
        blocks.run(self.con, self.as_of, (0, 0))
        found = self.con.sql(f"{frame_sql(self.pins)} ORDER BY lease_id").to_arrow_table()
        return found.to_pandas(types_mapper=_NULLABLE.get)


_NULLABLE = {
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(),
}
"""As features are read back from their file: "unknown" kept apart, days as dates."""


def whatif(source: Source, as_of: date, scenarios: Mapping[str, Scenario]) -> pd.DataFrame:
    """Features of every scenario on `as_of`, its identifier in `lease_id`; only rows of the leases spoken of are read."""
    with copies(source, as_of, {scenario.lease_id for scenario in scenarios.values()}) as ready:
        return ready.features(scenarios)


@contextmanager
def copies(source: Source, as_of: date, leases: Iterable[str], *, memory: str = "2GB") -> Iterator[Copies]:
    """The rows of `leases` as known at the end of `as_of`, to be copied as often as asked."""
    with connect(source, as_of, memory=memory) as con:
        blocks.prepare(con)
        con.register("asked", pd.DataFrame({"lease_id": pd.Series(sorted(set(leases)), dtype="object")}))
        found = con.execute("SELECT DISTINCT bucket FROM leases SEMI JOIN asked USING (lease_id)").fetchall()
        buckets = ", ".join(str(bucket) for (bucket,) in found) or "-1"
        for table in _OWNED:
            con.execute(
                f"CREATE TABLE known_{table.name} AS SELECT *, {_key(table)} AS row_key FROM {table.name} "
                f"SEMI JOIN asked USING (lease_id) WHERE bucket IN ({buckets})"
            )
        con.execute("CREATE TABLE known_dwellings AS FROM dwellings SEMI JOIN known_leases USING (dwelling_id)")
        con.execute("CREATE OR REPLACE VIEW dwellings AS FROM known_dwellings")
        yield Copies(con, as_of, source.pins)


_OWNED = tuple(table for table in TABLES.values() if "lease_id" in table.stored_columns and not table.is_personal)


def _key(table: Table) -> str:
    own = [f"CAST({column} AS VARCHAR)" for column in table.key if column != "lease_id"]
    return f"concat_ws('|', {', '.join(own)})" if own else "''"


def _lay_out(con: duckdb.DuckDBPyConnection, scenarios: Mapping[str, Scenario]) -> None:
    """Each table as its copies: the rows known, less those removed, plus those added. An edit is laid down once, however many
    scenarios share it."""
    numbers = {edit: number for number, edit in enumerate(dict.fromkeys(e for s in scenarios.values() for e in s.edits))}
    text = {"scenario_id": "VARCHAR", "lease_id": "VARCHAR"}
    _lay(con, "copy_of", text, [(name, s.lease_id) for name, s in scenarios.items()])
    made = [(name, numbers[e]) for name, s in scenarios.items() for e in s.edits]
    _lay(con, "edit_of", {"scenario_id": "VARCHAR", "edit": "BIGINT"}, made)
    removed = [(number, *row) for edit, number in numbers.items() for row in edit.removed]
    _lay(con, "removed", {"edit": "BIGINT", "relation": "VARCHAR", "row_key": "VARCHAR"}, removed)
    con.execute("CREATE OR REPLACE TABLE gone AS SELECT * FROM removed JOIN edit_of USING (edit)")
    for table in _OWNED:
        columns = _columns(table)
        added = [(n, *map(v.get, columns)) for edit, n in numbers.items() for name, v in edit.added if name == table.name]
        if added:
            _lay(con, f"added_{table.name}", {"edit": "BIGINT", **columns}, added)
        con.execute(f"CREATE OR REPLACE VIEW {table.name} AS {_kept(table)}{_added(table) if added else ''}")


def _lay(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> None:
    con.register("laid", pd.DataFrame(rows, columns=list(columns), dtype=object))
    typed = ", ".join(f"CAST({column} AS {type_}) AS {column}" for column, type_ in columns.items())
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {typed} FROM laid")


def _columns(table: Table) -> dict[str, str]:
    """Types by column that features may see, the lease left out: a copy has its own."""
    return {c.stored: STORED[c.type] for c in table.columns if not c.audit_only and c.name != "lease_id"}


def _kept(table: Table) -> str:
    return f"""
        SELECT c.scenario_id AS lease_id, {_named(table, "k")}, CAST(0 AS SMALLINT) AS bucket
        FROM known_{table.name} k
        JOIN copy_of c ON c.lease_id = k.lease_id
        ANTI JOIN gone g ON g.relation = '{table.name}' AND g.scenario_id = c.scenario_id AND g.row_key = k.row_key"""


def _added(table: Table) -> str:
    return f"""
        UNION ALL
        SELECT c.scenario_id, {_named(table, "a")}, CAST(0 AS SMALLINT)
        FROM added_{table.name} a
        JOIN edit_of c ON c.edit = a.edit"""


def _named(table: Table, row: str) -> str:
    return ", ".join(_own(table, column, row) for column in _columns(table))


def _own(table: Table, column: str, row: str) -> str:
    """Identifiers of rows carry their copy's, so that a reject never reverses the payment of another copy."""
    is_identifier = column == "reverses" or table.key == (column,)
    return f"c.scenario_id || '|' || {row}.{column} AS {column}" if is_identifier else f"{row}.{column}"
