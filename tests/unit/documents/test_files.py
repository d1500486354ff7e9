import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from riskmodel import REPOSITORY
from riskmodel.documents import files, write
from riskmodel.documents.columns import FLAT, LAYOUT
from riskmodel.documents.flat import LIST_COLUMNS
from riskmodel.weekly.frozen import TABS
from tests.unit.documents.invented import invented

SAMPLES = REPOSITORY / "reports" / "exemples"
SAMPLE = invented({"urgence": 1, "derive": 3, "decrochage": 2, "ecarte": 2})


def test_the_four_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    paths = write(SAMPLE, tmp_path / "2026-S43" / "agence")
    assert [path.name for path in paths] == ["liste.xlsx", "liste.csv", "synthese.pdf", "points.xlsx"]
    assert sorted(paths[0].parent.iterdir()) == sorted(paths)


def test_the_same_list_gives_the_same_bytes_elsewhere_and_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [path.read_bytes() for path in write(SAMPLE, tmp_path / "a")]
    now = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.chdir(tmp_path)
    assert [path.read_bytes() for path in write(SAMPLE, Path("ailleurs"))] == first


def test_no_path_of_this_machine_is_inside(tmp_path: Path) -> None:
    for path in write(SAMPLE, tmp_path):
        assert str(tmp_path).encode() not in path.read_bytes()


def test_nothing_is_touched_when_one_file_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [path.read_bytes() for path in write(SAMPLE, tmp_path)]

    def fail(_: object) -> bytes:
        raise RuntimeError("pas de page")

    monkeypatch.setattr(files, "summary", fail)
    with pytest.raises(RuntimeError, match="pas de page"):
        write(invented({"derive": 1}), tmp_path)
    assert [(tmp_path / name).read_bytes() for name in ("liste.xlsx", "liste.csv", "synthese.pdf", "points.xlsx")] == before


def test_the_samples_in_the_repository_open_say_they_are_synthetic_and_have_todays_columns() -> None:
    book = load_workbook(SAMPLES / "liste.xlsx")
    assert book["Urgences"].oddFooter.center.text == "Données synthétiques · Document interne"
    for tab, columns in LAYOUT.items():
        heads = next(book[TABS[tab]].iter_rows(max_row=1, values_only=True))
        assert list(heads) == [column.header for column in columns], "reports/exemples/README.md dit comment les refaire"
    head, first, *_ = (SAMPLES / "liste.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.split(";") == [*LIST_COLUMNS, *(column.key for column in FLAT)]
    assert "Données synthétiques" in first
    assert "Données synthétiques" in PdfReader(SAMPLES / "synthese.pdf").pages[0].extract_text()
