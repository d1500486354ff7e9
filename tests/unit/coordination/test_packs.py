"""Packs as people open them: whole, the same twice, with nobody's name or lease in them, and saying that they are invented."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from riskmodel.coordination.grids import Grid, Pack
from riskmodel.coordination.kinds import KINDS
from riskmodel.coordination.known import gather
from riskmodel.coordination.packs import pack
from riskmodel.coordination.sheets import GUIDE, workbook
from riskmodel.documents.hypertext import html
from riskmodel.documents.page import Plot
from riskmodel.documents.paper import pdf
from riskmodel.register import Sessions
from tests.unit.referrals.lives import LANDLORD, SCHEMES

DAYS = {
    "cellule": date(2026, 7, 6),
    "trimestre": date(2026, 6, 30),
    "comite": date(2026, 6, 15),
    "mois": date(2026, 6, 30),
    "annee": date(2027, 2, 15),
}


Packs = dict[str, Pack]


def made(session: Session, kind: str, on: date) -> Pack:
    return pack(gather(session, LANDLORD, SCHEMES, kind, on), "OPH d'essai", is_synthetic=True)


@pytest.fixture(scope="module")
def packs(register: Sessions) -> Packs:
    with register() as session:
        return {kind: made(session, kind, on) for kind, on in DAYS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_is_a_tagged_pdf_that_says_it_is_invented(packs: Packs, kind: str) -> None:
    read = PdfReader(BytesIO(pdf(packs[kind].page())))
    assert read.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert KINDS[kind].title in read.pages[0].extract_text()
    assert all("Données synthétiques" in page.extract_text() for page in read.pages)


def test_the_same_day_gives_the_same_bytes(session: Session, packs: Packs) -> None:
    found, again = packs["comite"], made(session, "comite", DAYS["comite"])
    assert html(found.page()) == html(again.page())
    assert workbook(found) == workbook(again)
    assert pdf(found.page()) == pdf(again.page())


@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_names_nobody_and_no_lease(packs: Packs, kind: str) -> None:
    """Candidates' references and accounts are in the register, and must not come out of it here."""
    found = packs[kind]
    told = html(found.page()) + "".join(
        str(cell.value) for sheet in load_workbook(BytesIO(workbook(found))) for row in sheet.iter_rows() for cell in row
    )
    assert not re.search(r"SIAO-2026|agent\.01", told)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_held_by_the_strictest_policy_and_every_picture_is_told_in_words(packs: Packs, kind: str) -> None:
    found = packs[kind]
    page = html(found.page())
    assert not re.search(r' style="|<script', page)
    assert page.count("<h1") == 1
    assert page.index("<h2") < page.index("<h3")
    plots = [part for chapter in found.chapters for part in chapter.parts if isinstance(part, Plot)]
    assert all(plot.alt and plot.title for plot in plots)
    assert page.count('role="img"') == len(plots)


def test_a_workbook_holds_the_tables_of_the_page_with_figures_as_figures_and_days_as_days(packs: Packs) -> None:
    found = packs["trimestre"]
    book = load_workbook(BytesIO(workbook(found)))
    grids = found.sheets()
    assert book.sheetnames[0] == GUIDE
    assert len(book.sheetnames) == len(grids) + 1
    for grid, sheet in zip(grids, book.worksheets[1:], strict=True):
        assert sheet.max_row == len(grid.rows) + 1
        for place in range(len(grid.headers)):
            cells = [row[place] for row in grid.rows]
            kept = [sheet.cell(line, place + 1) for line in range(2, len(cells) + 2)]
            figures = [cell.value for cell in kept if isinstance(cell.value, int | float)]
            assert figures == [float(one) for one in cells if isinstance(one, int | Decimal)]
            assert sum(cell.is_date for cell in kept) == sum(isinstance(one, date) for one in cells)


def test_units_share_the_sheets_of_a_dashboard_and_add_up_to_its_whole(packs: Packs) -> None:
    """However many units: one sheet a table, a column that names the chapter, and no sum that would count twice."""
    found = {grid.name: grid for grid in packs["mois"].sheets()}
    whole, detail = found["Mouvement"], found["Mouvement, détail"]
    assert {row[0] for row in detail.rows} == {"Unité UG01", "Unité UG02"}
    for place in range(1, len(whole.headers)):
        assert sum(row[place + 1] for row in detail.rows) == whole.rows[-1][place]  # type: ignore[misc]


def test_a_cell_gives_each_partner_sheets_of_its_own(packs: Packs) -> None:
    found = packs["cellule"]
    opened = [chapter for chapter in found.chapters if chapter.opens_sheet]
    assert [chapter.title for chapter in opened] == ["Ordre du jour et chiffres", "Association asso (données synthétiques)"]
    (grid,) = [part for part in opened[1].parts if isinstance(part, Grid)]
    assert [row[2] for row in grid.rows] == ["Bail de sécurisation"] * len(grid.rows)
    assert len(grid.rows) == 2


def test_a_committee_decides_of_the_situations_presented_to_it(packs: Packs) -> None:
    found = packs["comite"]
    (grid,) = [grid for grid in found.grids() if grid.name == "À décider"]
    assert [row[4] for row in grid.rows] == ["Situation présentée au comité de pilotage"]
    assert any("Situations à présenter au comité : 1." in line for line in _agenda(found))


def test_an_agenda_says_what_there_is_nothing_of(session: Session) -> None:
    assert "Aucune orientation proposée dans l'année." in _agenda(made(session, "annee", date(2026, 1, 5)))


def test_a_pack_before_the_first_referral_says_so_rather_than_fail(session: Session) -> None:
    for kind in KINDS:
        early = made(session, kind, date(2025, 3, 3))
        assert pdf(early.page()).startswith(b"%PDF")
        assert load_workbook(BytesIO(workbook(early))).sheetnames[0] == GUIDE


def test_the_annual_evaluation_has_a_chapter_a_project_and_its_day_of_delivery(packs: Packs) -> None:
    found = packs["annee"]
    projects = [chapter.title for chapter in found.chapters if chapter.title.startswith("Projet : ")]
    named = ("Médiation et évaluation sociale", "Bail de sauvegarde", "Bail de sécurisation")
    assert projects == [f"Projet : {name}" for name in named]
    assert ("À remettre", "avant le 31/03/2027") in found.facts


def test_the_annual_evaluation_names_no_referral(packs: Packs) -> None:
    """It is read by funders: counts and codes, not one household's number."""
    assert not re.search(r"n°\s\d", html(packs["annee"].page()))


def _agenda(found: Pack) -> tuple[str, ...]:
    (bullets,) = found.chapters[0].parts
    return bullets.lines  # type: ignore[union-attr]
