"""Forgetting leases for good: all versions of their rows, then the files and the log entries that still held them.

A removal is first a new version of the table, invisible until the register pins it. Only then are the former files deleted, and
the log, whose statistics quote the lowest and highest values of each file, cut down to one checkpoint. Whatever is killed in
between, the rows are either all visible or none is, and the next run ends what was begun.
"""

from collections.abc import Collection
from datetime import date

import duckdb
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from riskmodel.contracts import TABLES, Table
from riskmodel.lake.read import Source, current, visible
from riskmodel.lake.store import CLOSED, Pins

LOG_KEPT = {"delta.logRetentionDuration": "interval 0 days"}
BATCH = 200_000


def ended_leases(source: Source, before: date, as_of: date) -> set[str]:
    """Leases that ended before a day, as known at the end of `as_of`: keys given back, or no longer delivered since then."""
    leases = TABLES["leases"]
    with duckdb.connect() as con:
        known = visible(source, leases, as_of)
        left = con.execute(f"SELECT lease_id FROM ({known}) WHERE end_date < ?", [before]).fetchall()
        closings = source.lake.files(leases.name + CLOSED, source.pins)
        gone = con.execute(_gone(source, closings), [before]).fetchall() if closings else []
    return {row[0] for row in [*left, *gone]}


def _gone(source: Source, closings: list[str]) -> str:
    still = f"SELECT lease_id FROM ({current(source, TABLES['leases'])})"
    return (
        f"SELECT lease_id FROM read_parquet({closings}) WHERE lease_id NOT IN ({still}) "
        "GROUP BY lease_id HAVING max(closed_on) < ?"
    )


def rows_of(source: Source, table: Table, leases: Collection[str]) -> int:
    """Rows that a table holds of these leases, in all their versions."""
    files = source.lake.files(table.name, source.pins)
    if not files or not leases:
        return 0
    with duckdb.connect() as con:
        con.register("leaving", _leaving(leases))
        found = con.execute(f"SELECT count(*) FROM read_parquet({files}) SEMI JOIN leaving USING (lease_id)").fetchone()
    return int(found[0]) if found else 0


def forget(source: Source, table: Table, leases: Collection[str]) -> Pins:
    """Write the table and its companion anew without these leases; the versions to be pinned. Nothing changes for readers until
    they are; run again after a kill, it begins again from the pinned version."""
    files = source.lake.files(table.name, source.pins)
    closings = source.lake.files(table.name + CLOSED, source.pins)
    with duckdb.connect(config={"memory_limit": "2GB"}) as con:
        con.register("leaving", _leaving(leases))
        kept = f"FROM read_parquet({files}) ANTI JOIN leaving USING (lease_id)"
        pins = {table.name: _rewrite(source, table.name, con, kept)}
        if closings:
            same = " AND ".join(f"c.{key} = v.{key}" for key in (*table.key, "delivery"))
            of_kept = f"SELECT c.* FROM read_parquet({closings}) c SEMI JOIN ({kept}) v ON {same}"
            pins[table.name + CLOSED] = _rewrite(source, table.name + CLOSED, con, of_kept)
    return pins


def needs_tidying(source: Source, name: str) -> bool:
    """Whether a removal left former files or log entries behind, in this run or in one that was killed."""
    history = DeltaTable(source.lake.uri(name)).history()
    oldest = min(entry["version"] for entry in history)
    return any(_is_rewrite(entry) and entry["version"] > oldest for entry in history)


def drop_files(source: Source, name: str) -> int:
    """Delete every file that the pinned version does not read; the version that then has to be pinned, of the same rows.

    To be called once the register pins a rewritten version: older ones can no longer be read. A version that nobody pinned is
    set aside first, as `Lake.append` would do.
    """
    delta = DeltaTable(source.lake.uri(name))
    if delta.version() != source.pins[name]:
        delta.restore(source.pins[name])
    delta.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True)
    delta.alter.set_table_properties(LOG_KEPT)
    return DeltaTable(source.lake.uri(name)).version()


def cut_log(source: Source, name: str) -> None:
    """Keep of the log only what the pinned version needs."""
    delta = DeltaTable(source.lake.uri(name))
    delta.create_checkpoint()
    delta.cleanup_metadata()


def _rewrite(source: Source, name: str, con: duckdb.DuckDBPyConnection, sql: str) -> int:
    uri = source.lake.uri(name)
    if DeltaTable(uri).version() != source.pins[name]:
        DeltaTable(uri).restore(source.pins[name])
    write_deltalake(uri, con.sql(sql).to_arrow_reader(BATCH), mode="overwrite")
    return DeltaTable(uri).version()


def _is_rewrite(entry: dict[str, object]) -> bool:
    parameters = entry.get("operationParameters") or {}
    return entry.get("operation") == "WRITE" and "Overwrite" in str(parameters)


def _leaving(leases: Collection[str]) -> pa.Table:
    return pa.table({"lease_id": pa.array(sorted(leases), pa.string())})
