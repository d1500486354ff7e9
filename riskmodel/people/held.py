"""All that a landlord's lake holds about one lease, table by table: what a right of access (GDPR art. 15) is answered with."""

from datetime import date
from typing import Any

import duckdb

from riskmodel.contracts import TABLES, Table
from riskmodel.lake import Source
from riskmodel.lake.read import visible

OF_A_LEASE = tuple(table for table in TABLES.values() if table.parent == ("lease_id", "leases") and not table.is_personal)
Row = dict[str, Any]


def held(source: Source, lease_id: str, as_of: date) -> dict[str, list[Row]]:
    """Rows by table, as known at the end of `as_of`, columns kept for audit included: the lease and its dwelling first, then what
    happened, oldest first. A table that was never delivered has no entry."""
    with duckdb.connect() as con:
        leases = _rows(con, source, TABLES["leases"], as_of, "lease_id", lease_id)
        dwellings = _rows(con, source, TABLES["dwellings"], as_of, "dwelling_id", leases[0]["dwelling_id"]) if leases else []
        of_lease = {
            table.name: _rows(con, source, table, as_of, "lease_id", lease_id)
            for table in OF_A_LEASE
            if table.name in source.pins
        }
    return {"leases": leases, "dwellings": dwellings} | of_lease


def other_leases(source: Source, household_id: str, lease_id: str, as_of: date) -> list[str]:
    """The other leases of the same household: each has a file of its own."""
    with duckdb.connect() as con:
        found = _rows(con, source, TABLES["leases"], as_of, "household_id", household_id)
    return sorted(row["lease_id"] for row in found if row["lease_id"] != lease_id)


def _rows(con: duckdb.DuckDBPyConnection, source: Source, table: Table, as_of: date, column: str, value: str) -> list[Row]:
    dated = [name.stored for name in table.columns if name.type in ("date", "datetime", "month")]
    order = ", ".join([*dated, *(key for key in table.key if key not in dated)])
    sql = f"SELECT * EXCLUDE (bucket) FROM ({visible(source, table, as_of, audit=True)}) WHERE {column} = ? ORDER BY {order}"
    found = con.execute(sql, [value])
    names = [described[0] for described in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
