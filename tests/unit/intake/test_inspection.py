"""An unknown extract is described well enough that a profile can be written from the proposal."""

import tomllib
from pathlib import Path

import pytest

from riskmodel.errors import DeliveryRefused
from riskmodel.intake.inspection import inspect
from riskmodel.intake.skeleton import likely_table, toml

LINES = ["NO_ECR;NO_CPTE;DT_COMPTA;DT_VAL;PERIODE;CD_OPE;DEBIT;CREDIT;LIBELLE"] + [
    f"{n};B{n % 7};{n % 28 + 1:02d}/10/2026;05/10/2026;10/2026;{1010 if n % 2 else 3010};{n},50;;Été n° {n}" for n in range(100)
]


def write(folder: Path, encoding: str) -> Path:
    path = folder / "MVT.TXT"
    path.write_bytes("\r\n".join(LINES).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_encoding_separator_and_columns_are_recognised(tmp_path: Path, encoding: str) -> None:
    seen = inspect(write(tmp_path, encoding))
    assert (seen.encoding, seen.separator, seen.lines) == (encoding, ";", 100)
    kinds = {column.header: column.kind for column in seen.columns}
    assert kinds == {
        "NO_ECR": "identifier",
        "NO_CPTE": "code",
        "DT_COMPTA": "date",
        "DT_VAL": "date",
        "PERIODE": "month",
        "CD_OPE": "code",
        "DEBIT": "amount",
        "CREDIT": "empty",
        "LIBELLE": "text",
    }


def test_the_skeleton_is_toml_that_names_the_table_the_columns_and_the_codes(tmp_path: Path) -> None:
    seen = inspect(write(tmp_path, "cp1252"))
    assert likely_table(seen).name == "entries"
    said = tomllib.loads(toml(seen))
    assert said["format"]["date"] == "%d/%m/%Y"
    assert said["tables"]["entries"]["columns"]["amount"] == {"debit": "DEBIT", "credit": "CREDIT"}
    assert said["tables"]["entries"]["columns"]["booked_on"] == "DT_COMPTA"
    assert set(said["codes"]["kind"]) == {"1010", "3010"}


def test_a_file_without_lines_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "vide.csv").write_text("a;b\n", encoding="utf-8")
    with pytest.raises(DeliveryRefused, match="une ligne d'en-tête et une ligne"):
        inspect(tmp_path / "vide.csv")
