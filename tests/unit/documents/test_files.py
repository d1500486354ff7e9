import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from riskmodel.documents import files, write
from riskmodel.documents.exemple import invented, main

SAMPLE = invented({"urgence": 1, "derive": 3, "decrochage": 2, "ecarte": 2})


def test_the_three_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    paths = write(SAMPLE, tmp_path / "2026-S43" / "agence")
    assert [path.name for path in paths] == ["liste.xlsx", "liste.csv", "synthese.pdf"]
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
    assert [(tmp_path / name).read_bytes() for name in ("liste.xlsx", "liste.csv", "synthese.pdf")] == before


def _said(folder: Path) -> list[object]:
    """What the files say: compressed bytes may differ from one machine's zlib to another's."""
    book = load_workbook(folder / "liste.xlsx")
    cells = [[list(line) for line in sheet.iter_rows(values_only=True)] for sheet in book]
    pages = [page.extract_text() for page in PdfReader(folder / "synthese.pdf").pages]
    return [cells, (folder / "liste.csv").read_bytes(), pages]


def test_the_samples_in_the_repository_are_what_the_command_makes(tmp_path: Path) -> None:
    main(tmp_path)
    samples = Path(__file__).parents[3] / "reports" / "exemples"
    assert _said(tmp_path) == _said(samples), "relancer : python -m riskmodel.documents.exemple"
