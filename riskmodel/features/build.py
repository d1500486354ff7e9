"""From the lake to a Parquet file of features: slice by slice, so that a landlord of any size fits in the memory given."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path
from shutil import rmtree

import duckdb

from riskmodel.features import blocks
from riskmodel.features.dictionary import FEATURES, unknown_without
from riskmodel.lake import Pins, Source, connect
from riskmodel.lake.store import BUCKETS

SLICE_LEASES = 50_000
"""Leases of a slice: about seven million entries and half a gigabyte."""

AT_ONCE = 2
"""Slices computed side by side, each on a connection of its own: most blocks are too small to keep two cores busy."""

TOPICS = tuple(blocks.table_name(block) for block in blocks.BLOCKS if block.startswith("features/"))


def compute(
    source: Source,
    as_of: date,
    target: Path,
    *,
    memory: str = "2GB",
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write the features of every lease in force on `as_of`, sorted by lease, to the Parquet file `target`; rows written.

    `memory` bounds what the computation keeps; `progress` is told after each slice how many of how many are done.
    The same lake and day give the same rows whatever the slices.
    """
    aside = target.parent / f".{target.name}.parts"
    rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    with connect(source, as_of, memory=memory) as con:
        con.execute(f"SET temp_directory = '{aside}'")
        blocks.prepare(con)
        ranges = slices(_leases(con))

        def compute_slice(buckets: blocks.Buckets) -> None:
            with con.cursor() as own:
                blocks.run(own, as_of, buckets)
                own.execute(f"COPY ({frame_sql(source.pins)}) TO '{aside}/{buckets[0]:02}.parquet' (FORMAT parquet)")

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done, _ in enumerate(pool.map(compute_slice, ranges), start=1):
                if progress:
                    progress(done, len(ranges))
        rows = _gather(con, f"{aside}/*.parquet", target)
    rmtree(aside)
    return rows


def frame_sql(pins: Pins) -> str:
    """SELECT of the dictionary's columns over the blocks of a slice; unknown where the table a feature rests on never came."""
    columns = ", ".join(
        f"CAST({'NULL' if unknown_without(feature, pins) else feature.name} AS {feature.type}) AS {feature.name}"
        for feature in FEATURES
    )
    first, *others = TOPICS
    return f"SELECT {columns} FROM {first} " + " ".join(f"JOIN {topic} USING (lease_no)" for topic in others)


def _leases(con: duckdb.DuckDBPyConnection) -> int:
    row = con.execute("SELECT COUNT(*) FROM leases").fetchone()
    return row[0] if row else 0


def slices(leases: int) -> list[blocks.Buckets]:
    """Ranges of buckets that hold about SLICE_LEASES leases each."""
    count = min(BUCKETS, max(1, -(-leases // SLICE_LEASES)))
    edges = [BUCKETS * i // count for i in range(count + 1)]
    return [(first, after - 1) for first, after in pairwise(edges)]


def _gather(con: duckdb.DuckDBPyConnection, parts: str, target: Path) -> int:
    row = con.execute(f"COPY (SELECT * FROM read_parquet('{parts}') ORDER BY lease_id) TO '{target}' (FORMAT parquet)").fetchone()
    return row[0] if row else 0
