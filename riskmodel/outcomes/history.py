"""All the days of a landlord's history side by side, each measured once."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq

from riskmodel.lake import Source
from riskmodel.outcomes.day import STAMP, measure, stamp


def panel(
    source: Source,
    days: Sequence[date],
    last_delivery: date,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """One row a lease and day: the day in `as_of`, then the columns of `measure`; days in the order given, leases sorted.

    Days are `datetime.date` in every date column, `as_of` included, None where unknown; other columns are pandas' nullable types.
    A day already measured from the same lake, delivery and rules is read from its file in `folder`; the file of a day is written
    aside, then renamed: killed runs and runs side by side leave only whole files. `progress` is told after each day how many of
    how many are done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for done, day in enumerate(days, start=1):
        path = folder / f"{day.isoformat()}.parquet"
        if not _is_measured(path, stamp(source, day, last_delivery)):
            _measure_aside(source, day, last_delivery, path)
        rows = pd.read_parquet(path, dtype_backend="numpy_nullable")
        rows.insert(0, "as_of", pd.Series([day] * len(rows), index=rows.index, dtype="object"))
        found.append(rows)
        if progress:
            progress(done, len(days))
    return pd.concat(found, ignore_index=True)


def _measure_aside(source: Source, day: date, last_delivery: date, path: Path) -> None:
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}.") as name:
        measure(source, day, last_delivery, Path(name) / path.name)
        (Path(name) / path.name).replace(path)


def _is_measured(path: Path, expected: str) -> bool:
    if not path.is_file():
        return False
    said = pq.read_metadata(path).metadata or {}
    return bool(said.get(STAMP.encode()) == expected.encode())
