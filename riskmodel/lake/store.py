"""Delta tables of one landlord: where they are, how rows are appended, how an interrupted write is forgotten."""

from dataclasses import dataclass

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from riskmodel.contracts import TABLES

Pins = dict[str, int]
"""Delta version by lake table name: what a delivery made visible, and nothing after it."""

CLOSED = "__closed"
BUCKETS = 64
"""Rows carry a bucket of their lease, and files are sorted by it, so that a big landlord is computed slice by slice."""


@dataclass(frozen=True)
class Lake:
    """The lake of one landlord under `root` (a folder or an object-store URL)."""

    root: str
    landlord_id: str

    def uri(self, name: str) -> str:
        """Address of a Delta table; personal tables stand in a folder of their own, so that access can be narrowed."""
        table = TABLES[name.removesuffix(CLOSED)]
        room = "personnes" if table.is_personal else "faits"
        return f"{self.root}/{self.landlord_id}/{room}/{name}"

    def files(self, name: str, pins: Pins) -> list[str]:
        """Parquet files of a table at its pinned version; none when the table was never delivered."""
        if name not in pins:
            return []
        return sorted(DeltaTable(self.uri(name), version=pins[name]).file_uris())

    def append(self, name: str, rows: pa.RecordBatchReader, pins: Pins) -> int:
        """Append rows after the pinned version and return the new version.

        Whatever a killed run left behind the pinned version is first set aside, so that a rerun converges.
        """
        uri = self.uri(name)
        if not DeltaTable.is_deltatable(uri) or name not in pins:
            write_deltalake(uri, rows, mode="overwrite")
            return DeltaTable(uri).version()
        delta = DeltaTable(uri)
        if delta.version() != pins[name]:
            delta.restore(pins[name])
        write_deltalake(uri, rows, mode="append")
        return DeltaTable(uri).version()
