"""The law's night as files: every line in its list, doubts said, nothing of a score, columns as the documentation says."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from riskmodel import REPOSITORY
from riskmodel.documents import caf_reports, statutory
from riskmodel.documents.hypertext import html
from riskmodel.documents.statutory import COMING, LISTS, URGENT, Digest, Line
from riskmodel.law.lists import STATUTORY

AS_OF = date(2026, 10, 31)
LINES = (
    Line(
        URGENT, "01", "=B1", None, 123_456, "Retard de 2 échéances : joindre vite.", "Loi n° 89-462, art. 24 V", to_confirm=False
    ),
    Line("caf_report", "01", "B2", date(2026, 11, 5), 90_000, "Impayé constitué.", "CCH, art. R.824-4", to_confirm=False),
    Line("ccapex_referral", "02", "B3", None, 80_000, "Commandement délivré.", "Loi n° 89-462, art. 24 II", to_confirm=True),
    Line("broken_plan", "02", "B4", date(2026, 9, 1), -500, "Plan rompu.", "Plan signé", to_confirm=False),
    Line(COMING, "02", "B3", date(2026, 12, 1), 80_000, "2 mois à compter du 1er octobre.", "CPCE", to_confirm=False),
)
DIGEST = Digest("oph", "OPH d'essai", AS_OF, is_synthetic=True, lines=LINES)


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_every_statutory_list_is_told_between_urgencies_and_coming_deadlines() -> None:
    assert list(LISTS) == [URGENT, *STATUTORY, COMING]
    assert {code: LISTS[code] for code in STATUTORY} == dict(STATUTORY)


def test_the_workbook_has_a_sheet_a_list_where_figures_are_figures_and_text_is_text() -> None:
    book = load_workbook(BytesIO(statutory.workbook(DIGEST)))
    assert book.sheetnames == ["Urgences", "CAF-MSA", "CCAPEX", "Audiences", "Plans", "Juge et PCS", "Échéances"]
    urgent = [cell.value for cell in book["Urgences"][3]]
    assert urgent[1:4] == ["01", "=B1", 1234.56]
    assert book["Urgences"]["C3"].data_type == "s"
    assert book["Audiences"]["A3"].value == statutory.NOTHING
    assert "à confirmer par un juriste" in [cell.value for cell in book["CCAPEX"][3]]
    assert "Données synthétiques" in book.properties.description


def test_the_csv_has_every_line_with_its_list_and_runs_nothing() -> None:
    head, *rows = cells(statutory.flat(DIGEST))
    assert [row[head.index("liste")] for row in rows] == [line.list_code for line in LINES]
    first = dict(zip(head, rows[0], strict=True))
    assert (first["bail"], first["jour"], first["dette_exigible_eur"]) == ("'=B1", "", "1234,56")
    assert {row[head.index("nature")] for row in rows} == {"Données synthétiques"}
    assert rows[2][head.index("a_confirmer")] == "à confirmer par un juriste"


def test_the_page_tells_what_each_list_is_for_and_when_nothing_is_on_it() -> None:
    page = html(statutory.page(DIGEST))
    assert "Données synthétiques" in page
    assert page.count("Aucune ligne cette nuit.") == 2
    assert "sans attendre" in page
    assert "sans date<br><small>à confirmer par un juriste</small>" in page
    assert "Une seule échéance manquée" in page


@pytest.mark.parametrize("make", [statutory.workbook, statutory.flat, lambda told: html(statutory.page(told)).encode()])
def test_the_same_night_gives_the_same_bytes(make) -> None:
    assert make(DIGEST) == make(DIGEST)


def test_no_file_speaks_of_scores_or_points() -> None:
    said = (html(statutory.page(DIGEST)) + statutory.flat(DIGEST).decode()).lower()
    assert "score" not in said
    assert "points" not in said


def test_the_documentation_names_every_column() -> None:
    page = (REPOSITORY / "docs" / "echeances.md").read_text(encoding="utf-8")
    named = [*cells(statutory.flat(DIGEST))[0], *caf_reports.COLUMNS, *LISTS]
    assert not [name for name in named if f"`{name}`" not in page]
