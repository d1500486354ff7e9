"""Small lakes made from rows, without a register: what a test lays down, and the tables as known on a day.

`laid_out` writes one delivery as plain Parquet files, in a few milliseconds; `source_of` goes through the real merge, for tests
in which the order of deliveries matters.

Rows are dicts under the lake's column names (`amount_cents`, `contacted_at`), a column that is not given is unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from riskmodel import features
from riskmodel.contracts import TABLES
from riskmodel.contracts.table import Table
from riskmodel.lake import Lake, Pins, Source, connect
from riskmodel.lake.merge import BEGINNING, Delivery, merge
from riskmodel.lake.store import BUCKETS

Rows = dict[str, list[dict[str, Any]]]

ARROW = {
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "int": pa.int64(),
    "money": pa.int64(),
    "bool": pa.bool_(),
    "decimal": pa.float64(),
}


@dataclass(frozen=True)
class PlainLake(Lake):
    """A lake of one delivery, without Delta tables: one Parquet file a table."""

    def files(self, name: str, pins: Pins) -> list[str]:
        """The file of a table; none when it was not delivered."""
        return [f"{self.root}/{name}.parquet"] if name in pins else []


def laid_out(folder: Path, rows: Rows) -> Source:
    """The lake of a landlord whose first delivery holds these tables; a table without rows counts as never delivered."""
    delivered = [name for name in rows if rows[name]]
    for name in delivered:
        table = arrow(TABLES[name], rows[name])
        owners = table.column("lease_id" if "lease_id" in table.column_names else TABLES[name].key[0])
        stamps = {
            "bucket": pa.array([_bucket(owner.as_py()) for owner in owners], pa.int16()),
            "delivery": pa.array([1] * table.num_rows, pa.int32()),
            "visible_from": pa.array([BEGINNING] * table.num_rows, pa.date32()),
        }
        for column, values in stamps.items():
            table = table.append_column(column, values)
        pq.write_table(table, folder / f"{name}.parquet")
    return Source(PlainLake(str(folder), "essai"), dict.fromkeys(delivered, 0))


def _bucket(owner: str) -> int:
    return int.from_bytes(md5(owner.encode(), usedforsecurity=False).digest()[8:], "little") % BUCKETS


def source_of(folder: Path, *nights: tuple[date, Rows], is_full: bool = True) -> Source:
    """The lake of a landlord after these deliveries, the first of which is always full."""
    source = Source(Lake(str(folder / "lake"), "essai"), {})
    for ordinal, (as_of, rows) in enumerate(nights, start=1):
        source = deliver(source, folder, rows, Delivery(ordinal, as_of, is_full or ordinal == 1))
    return source


def deliver(source: Source, folder: Path, rows: Rows, delivery: Delivery) -> Source:
    """The lake after one more delivery of the tables in `rows`."""
    pins = dict(source.pins)
    for name in rows:
        staged = folder / f"{name}.parquet"
        pq.write_table(arrow(TABLES[name], rows[name]), staged)
        changed, _ = merge(Source(source.lake, pins), TABLES[name], staged, delivery)
        pins |= changed
    return Source(source.lake, pins)


def arrow(table: Table, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows of one table in the lake's columns and types."""
    schema = pa.schema([(column.stored, ARROW.get(column.type, pa.string())) for column in table.columns])
    return pa.Table.from_pylist(list(rows), schema=schema)


def tables_of(source: Source, as_of: date) -> dict[str, pd.DataFrame]:
    """Every delivered table that features may read, as known at the end of `as_of`."""
    with connect(source, as_of) as con:
        known = [name for name in source.pins if name in TABLES and not TABLES[name].is_personal]
        return {name: con.execute(f"SELECT * FROM {name}").df() for name in known}


def features_of(source: Source, as_of: date, folder: Path) -> pd.DataFrame:
    """What the product computes on this lake."""
    target = folder / "features.parquet"
    features.compute(source, as_of, target)
    return pq.read_table(target).to_pandas(types_mapper=pd.ArrowDtype)
