"""The engine's plumbing: slices, shortcuts, tables never delivered, and the form of the file."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from riskmodel import features
from riskmodel.features import build
from riskmodel.features.dictionary import OPTIONAL_TABLES
from riskmodel.lake import Source
from tests.lakes import features_of, source_of, tables_of
from tests.reference import reference
from tests.reference.agreement import differences
from tests.unit.features.landlord import AS_OF, landlord

ARROW = {"VARCHAR": "string", "BIGINT": "int64", "BOOLEAN": "bool", "DOUBLE": "double", "DATE": "date32[day]"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return source_of(tmp_path_factory.mktemp("lac"), (AS_OF, landlord()))


def test_shortcuts_over_old_entries_change_nothing(source: Source, tmp_path: Path) -> None:
    assert not differences(features_of(source, AS_OF, tmp_path), reference(tables_of(source, AS_OF), AS_OF))


def test_slices_give_what_one_slice_gives(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = features_of(source, AS_OF, tmp_path)
    monkeypatch.setattr(build, "SLICE_LEASES", 7)
    told: list[tuple[int, int]] = []
    features.compute(source, AS_OF, tmp_path / "sliced.parquet", progress=lambda done, total: told.append((done, total)))
    sliced = pq.read_table(tmp_path / "sliced.parquet").to_pandas(types_mapper=pd.ArrowDtype)
    pd.testing.assert_frame_equal(whole, sliced)
    assert told == [(rank, 6) for rank in range(1, 7)]


@pytest.mark.parametrize("leases", [0, 1, 99_999, 1_000_000, 50_000_000])
def test_slices_cover_every_bucket_once(leases: int) -> None:
    slices = build.slices(leases)
    assert [bucket for first, last in slices for bucket in range(first, last + 1)] == list(range(64))


def test_the_file_has_the_dictionary_s_columns_order_and_types_sorted_by_lease(source: Source, tmp_path: Path) -> None:
    rows = features.compute(source, AS_OF, tmp_path / "features.parquet")
    table = pq.read_table(tmp_path / "features.parquet")
    assert [(field.name, str(field.type)) for field in table.schema] == [(f.name, ARROW[f.type]) for f in features.FEATURES]
    assert table["lease_id"].to_pylist() == [f"B{number:02}" for number in range(40)]
    assert rows == 40


def test_nothing_is_left_beside_the_file(source: Source, tmp_path: Path) -> None:
    (tmp_path / ".features.parquet.parts").mkdir()
    (tmp_path / ".features.parquet.parts" / "9999.parquet").write_text("reste d'un calcul interrompu")
    features.compute(source, AS_OF, tmp_path / "features.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["features.parquet"]


def test_the_same_lake_and_day_give_the_same_bytes(source: Source, tmp_path: Path) -> None:
    for name in ("one.parquet", "two.parquet"):
        features.compute(source, AS_OF, tmp_path / name)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.parametrize("missing", OPTIONAL_TABLES)
def test_a_table_never_delivered_makes_what_rests_on_it_unknown_and_nothing_else(
    source: Source, tmp_path: Path, missing: str
) -> None:
    known = features_of(source, AS_OF, tmp_path)
    without = Source(source.lake, {name: version for name, version in source.pins.items() if name != missing})
    read = features_of(without, AS_OF, tmp_path)
    unknown = {name for name in read if read[name].isna().all()} - {name for name in known if known[name].isna().all()}
    resting = {feature.name for feature in features.FEATURES if feature.tables[0] == missing}
    assert unknown == {name for name in resting if not known[name].isna().all()}
    assert not differences(read, reference(tables_of(without, AS_OF), AS_OF))


def test_required_tables_alone_are_enough(tmp_path: Path) -> None:
    required = {name: rows for name, rows in landlord().items() if name in ("dwellings", "leases", "entries")}
    source = source_of(tmp_path, (AS_OF, required))
    read = features_of(source, AS_OF, tmp_path)
    assert features.switched_off(source.pins) == list(OPTIONAL_TABLES)
    assert read["legal_cents"].notna().all()


def test_a_landlord_without_a_lease_gives_an_empty_file_of_the_same_form(tmp_path: Path) -> None:
    source = source_of(tmp_path, (AS_OF, {"dwellings": [], "leases": [], "entries": []}))
    assert features.compute(source, AS_OF, tmp_path / "features.parquet") == 0
    assert pq.read_schema(tmp_path / "features.parquet").names == [feature.name for feature in features.FEATURES]
