"""Files are read to the line and to the cent, whatever their form; what cannot be read is told, never guessed."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import hypothesis.strategies as st
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from riskmodel.contracts import TABLES
from riskmodel.intake import door, profile
from riskmodel.intake.cells import cells
from riskmodel.intake.profile import Field, Format, Profile, TableMap
from riskmodel.intake.reading import Read, read

DAY = "2026-10-31"
LEDGER = TableMap(
    ("E*.TXT",),
    {
        "entry_id": Field(("NO",)),
        "lease_id": Field(("CPTE",)),
        "booked_on": Field(("DT",)),
        "value_on": Field(("DT",)),
        "kind": Field(("CD",), codes={"1010": "rent", "3010": "payment"}),
        "amount": Field(("DEBIT", "CREDIT"), is_debit_credit=True),
    },
    ("LIB",),
)
FRENCH = Format(encoding="cp1252", separator=";", quote="", date="%d/%m/%Y", decimal=",", thousands=" ")
HEADER = "NO;CPTE;DT;CD;DEBIT;CREDIT;LIB"


def read_text(folder: Path, *lines: str, end: str = "\r\n", encoding: str = "cp1252") -> tuple[Read, list[dict[str, Any]]]:
    """Read one ledger file made of `lines` after the usual header."""
    drop = folder / "essai" / DAY
    drop.mkdir(parents=True)
    (drop / "E1.TXT").write_bytes(("\r\n".join([HEADER, *lines]) + end).encode(encoding))
    return read_drop(drop, Profile("essai", FRENCH, {"entries": LEDGER}), folder / "lu")


def read_drop(drop: Path, mapped: Profile, target: Path, table: str = "entries") -> tuple[Read, list[dict[str, Any]]]:
    target.mkdir()
    con = duckdb.connect()
    found = read(con, door.at(drop), mapped, target)[table]
    rows = con.sql(f"FROM read_{table} ORDER BY file, line").to_arrow_table().to_pylist()
    con.close()
    return found, rows


def test_french_amounts_dates_and_codes_become_cents_days_and_contract_codes(tmp_path: Path) -> None:
    found, rows = read_text(tmp_path, "1;B1;05/10/2026;1010;1 234,56;;Loyer été €", "2;B1;06/10/2026;3010;;1\u00a0000,5;x")
    assert not found.faults
    assert [(row["kind"], row["amount_cents"], row["booked_on"]) for row in rows] == [
        ("rent", 123456, date(2026, 10, 5)),
        ("payment", -100050, date(2026, 10, 6)),
    ]


@pytest.mark.parametrize(
    ("line", "rule", "value"),
    [
        ("1;B1;05/10/2026;1010;12,345;;x", "illegible", "12,345"),
        ("1;B1;05/10/2026;1010;12.34;;x", "illegible", "12.34"),
        ("1;B1;05/10/2026;1010;10,00;10,00;x", "illegible", "10,00 | 10,00"),
        ("1;B1;05/10/2026;1010;;;x", "missing_value", "(vide)"),
        ("1;B1;05/10/26;1010;10,00;;x", "illegible", "05/10/26"),
        ("1;B1;31/09/2026;1010;10,00;;x", "illegible", "31/09/2026"),
        ("1;B1;05/10/2026;1011;10,00;;x", "unknown_source_code", "1011"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_value_seen(tmp_path: Path, line: str, rule: str, value: str) -> None:
    found, _ = read_text(tmp_path, "0;B1;05/10/2026;1010;1,00;;x", line)
    assert (found.rows, found.doubtful) == (2, 1)
    assert {(fault.rule, fault.value, fault.place) for fault in found.faults} == {(rule, value, "E1.TXT:3")}


def test_lines_with_a_wrong_number_of_columns_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    good = "{};B1;05/10/2026;1010;1,00;;x"
    lines = [good.format(2), "3;B1", good.format(4), "5;a;b;c;d;e;f;g", "6;B1", good.format(7), "", good.format(9)]
    found, rows = read_text(tmp_path, *lines)
    assert [(row["entry_id"], row["line"]) for row in rows] == [("2", 2), ("4", 4), ("7", 7), ("9", 9)]
    assert [(fault.rule, fault.line, fault.value) for fault in found.faults] == [
        ("column_count", 3, "2 colonnes"),
        ("column_count", 5, "8 colonnes"),
        ("column_count", 6, "2 colonnes"),
    ]
    assert found.rows == 7


def test_a_last_line_cut_in_the_middle_is_a_truncated_file(tmp_path: Path) -> None:
    found, _ = read_text(tmp_path, "1;B1;05/10/2026;1010;1,00;;x", "2;B1;05/10", end="")
    assert {fault.rule for fault in found.faults} == {"column_count", "truncated"}


def test_a_whole_last_line_needs_no_newline(tmp_path: Path) -> None:
    found, _ = read_text(tmp_path, "1;B1;05/10/2026;1010;1,00;;x", end="")
    assert not found.faults


def test_an_undecodable_byte_stops_its_row_only_when_it_is_read(tmp_path: Path) -> None:
    lines = ["1;B\x81;05/10/2026;1010;1,00;;x", "2;B1;05/10/2026;1010;1,00;;note \x81"]
    found, rows = read_text(tmp_path, *lines, encoding="latin-1")
    assert [(fault.rule, fault.line, fault.column) for fault in found.faults] == [("undecodable", 2, "CPTE")]
    assert [row["raw"] is None for row in rows] == [False, True]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    found, rows = read_text(tmp_path)
    assert (found.rows, rows, found.faults) == (0, [], [])


def test_a_zip_is_read_like_its_folder_and_has_the_same_digest(tmp_path: Path) -> None:
    read_text(tmp_path, "1;B1;05/10/2026;1010;1,00;;x")
    with zipfile.ZipFile(tmp_path / "envoi.zip", "w") as archive:
        archive.write(tmp_path / "essai" / DAY / "E1.TXT", f"essai/{DAY}/E1.TXT")
    folder, zipped = door.at(tmp_path / "essai" / DAY), door.at(tmp_path / "envoi.zip")
    assert (zipped.landlord_id, zipped.as_of, zipped.names()) == (folder.landlord_id, folder.as_of, folder.names())
    assert door.digest(zipped) == door.digest(folder)


def test_parquet_reads_the_same_in_its_types_or_as_text(tmp_path: Path) -> None:
    typed = pa.table(
        {
            "contact_id": ["C1"],
            "lease_id": pa.array(["B1"]).dictionary_encode(),
            "at": pa.array([datetime(2026, 10, 12, 10, 30)], pa.timestamp("us")),
            "channel": ["phone"],
            "direction": ["outbound"],
            "outcome": ["no_answer"],
            "topic": ["arrears"],
            "recorded_on": [date(2026, 10, 13)],
        }
    )
    text = pa.table(
        {**{name: typed[name] for name in typed.column_names}, "at": ["2026-10-12T10:30:00"], "recorded_on": ["2026-10-13"]}
    )
    seen = []
    for name, table in (("type", typed), ("texte", text)):
        drop = tmp_path / name / DAY
        drop.mkdir(parents=True)
        pq.write_table(table, drop / "contacts.parquet")
        found, rows = read_drop(drop, profile.load("canonique"), tmp_path / f"lu-{name}", "contacts")
        assert not found.faults
        seen.append(rows)
    assert seen[0] == seen[1]
    assert seen[0][0]["contacted_at"] == datetime(2026, 10, 12, 10, 30)


def test_decimals_of_a_parquet_file_become_cents_exactly(tmp_path: Path) -> None:
    drop = tmp_path / "essai" / DAY
    drop.mkdir(parents=True)
    amounts = pa.array([Decimal("-1234.50"), Decimal("0.01")], pa.decimal128(12, 2))
    days = pa.array([date(2026, 10, 31)] * 2)
    pq.write_table(pa.table({"lease_id": ["B1", "B2"], "as_of": days, "balance": amounts}), drop / "balances.parquet")
    _, rows = read_drop(drop, profile.load("canonique"), tmp_path / "lu", "balances")
    assert [row["balance_cents"] for row in rows] == [-123450, 1]


CENTS = st.integers(-(10**12), 10**12)


@given(CENTS, st.sampled_from([".", ","]), st.booleans())
def test_any_amount_written_in_euros_comes_back_to_the_cent(cents: int, mark: str, grouped: bool) -> None:
    sign, (euros, rest) = "-" * (cents < 0), divmod(abs(cents), 100)
    whole = f"{euros:,}".replace(",", " ") if grouped else str(euros)
    written = replace(FRENCH, decimal=mark)
    plan = {cell.column.name: cell for cell in cells(TABLES["balances"], TableMap((), {"balance": Field(("S",))}), written)}
    text = f"{sign}{whole}{mark}{rest:02d}"
    assert duckdb.execute(f"SELECT {plan['balance'].value} FROM (SELECT '{text}' AS r0)").fetchall() == [(cents,)]


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_sql_and_pandera_doubt_the_same_rows(table: Any) -> None:
    """The fast SQL test that selects rows in doubt rejects what the contract's own schema rejects."""
    mapped = TableMap((), {column.name: Field((column.name,)) for column in table.columns})
    for cell in cells(table, mapped, Format()):
        column = cell.column
        codes = [*(column.codes or {}), "autre"] if column.type in ("str", "code") else []
        numbers = [None if value is None else str(value) for value in (None, -5, 0, 1, 28, 29, 399, 401, 5000)]
        values = [*codes, None] if codes else numbers if column.type in ("int", "decimal", "money") else []
        for value in values:
            said = "NULL" if value is None else f"'{value}'"
            sql = (
                f'SELECT {cell.doubt} FROM (SELECT {said} AS "seen {column.stored}", {_cast(column, said)} AS "{column.stored}")'
            )
            is_doubtful = duckdb.execute(sql).fetchall()[0][0]
            assert is_doubtful == (not _is_valid(table, column, value)), (column.name, value)


def _cast(column: Any, said: str) -> str:
    return said if column.type in ("str", "code") else f"CAST({said} AS BIGINT)"


def _is_valid(table: Any, column: Any, value: str | None) -> bool:
    typed = value if value is None or column.type in ("str", "code") else int(value)
    schema = table.schema().columns[column.stored]
    frame = pd.DataFrame({column.stored: pd.array([typed], dtype="string" if isinstance(typed, str) else "Int64")})
    try:
        schema.set_name(column.stored).validate(frame)
    except Exception:
        return False
    return True
