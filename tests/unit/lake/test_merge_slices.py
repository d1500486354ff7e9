"""A big full delivery is compared with the lake slice by slice: the result must be that of one comparison."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from riskmodel.contracts import TABLES
from riskmodel.lake import Lake, Source, connect
from riskmodel.lake import merge as merging
from riskmodel.lake.merge import Change, Delivery, merge
from tests.lakes import Rows, arrow, source_of, tables_of

ENTRIES = TABLES["entries"]
FIRST, SECOND = date(2026, 10, 31), date(2026, 11, 1)


def entry(number: int, cents: int = 100, lease: str | None = None) -> dict[str, object]:
    dated = {"booked_on": date(2026, 10, 1), "value_on": date(2026, 10, 1), "kind": "rent"}
    return {"entry_id": f"E{number}", "lease_id": lease or f"B{number % 7}", "amount_cents": cents, **dated}


BEFORE: Rows = {"entries": [entry(number) for number in range(40)]}
AFTER: Rows = {
    "entries": [
        *(entry(number) for number in range(30)),
        *(entry(number, cents=250) for number in range(30, 33)),
        *(entry(number, lease="B-ailleurs") for number in range(33, 35)),
        *(entry(number) for number in range(40, 46)),
    ]
}
"""30 repeated, 3 corrected, 2 moved to another lease, 5 gone, 6 new."""


def merged(folder: Path, slice_rows: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Change, Source]:
    monkeypatch.setattr(merging, "SLICE_ROWS", slice_rows)
    folder.mkdir()
    known = source_of(folder, (FIRST, BEFORE))
    staged = folder / "staged.parquet"
    pq.write_table(arrow(ENTRIES, AFTER["entries"]), staged)
    pins, change = merge(known, ENTRIES, staged, Delivery(2, SECOND, is_full=True))
    return change, Source(known.lake, known.pins | pins)


@pytest.mark.parametrize("slice_rows", [1, 7, 1000])
def test_a_full_delivery_is_counted_alike_whatever_the_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_rows: int
) -> None:
    change, _ = merged(tmp_path / "a", slice_rows, monkeypatch)
    assert change == Change(added=6, changed=5, removed=5, unchanged=30)


@pytest.mark.parametrize("slice_rows", [1, 7, 1000])
def test_after_a_full_delivery_the_lake_shows_its_rows_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_rows: int
) -> None:
    _, source = merged(tmp_path / "a", slice_rows, monkeypatch)
    seen = tables_of(source, SECOND)["entries"].sort_values("entry_id", ignore_index=True)
    expected = {(row["entry_id"], row["lease_id"], row["amount_cents"]) for row in AFTER["entries"]}
    assert set(zip(seen.entry_id, seen.lease_id, seen.amount_cents, strict=True)) == expected
    assert len(seen) == len(expected)


def test_the_day_before_a_full_delivery_still_shows_what_was_known_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, source = merged(tmp_path / "a", 7, monkeypatch)
    assert set(tables_of(source, FIRST)["entries"].entry_id) == {row["entry_id"] for row in BEFORE["entries"]}


def test_rows_of_a_bucket_lie_together_in_the_lake(tmp_path: Path) -> None:
    source = source_of(tmp_path, (FIRST, BEFORE))
    [file] = source.lake.files("entries", source.pins)
    buckets = pq.read_table(file)["bucket"].to_pylist()
    assert buckets == sorted(buckets)


def test_a_table_delivered_without_rows_is_known_to_be_empty(tmp_path: Path) -> None:
    staged = tmp_path / "staged.parquet"
    pq.write_table(arrow(ENTRIES, []), staged)
    source = Source(Lake(str(tmp_path / "lake"), "essai"), {})
    pins, change = merge(source, ENTRIES, staged, Delivery(1, FIRST, is_full=True))
    assert (pins, change) == ({"entries": 0}, Change(0, 0, 0, 0))
    assert connect(Source(source.lake, pins), FIRST).execute("FROM entries").fetchall() == []


def test_nothing_is_left_beside_the_staged_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merged(tmp_path / "a", 7, monkeypatch)
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"lake", "entries.parquet", "staged.parquet"}
