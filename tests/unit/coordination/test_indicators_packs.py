"""Packs of indicators: the right months, sums that add up, definitions that the documentation repeats, the same bytes twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from riskmodel import REPOSITORY
from riskmodel.coordination.grids import Grid
from riskmodel.coordination.indicators import figures, tables
from riskmodel.coordination.indicators.figures import share, span
from riskmodel.coordination.indicators.packs import pack
from riskmodel.coordination.indicators.words import ACTS, DEFINITIONS, KINDS, MONTH, REFERENCES, YEAR
from riskmodel.coordination.sheets import workbook
from riskmodel.documents.french import decimal
from riskmodel.documents.hypertext import html
from riskmodel.documents.page import Plot
from riskmodel.documents.paper import pdf
from tests.unit.coordination.indicators import ON, invented

PAGE = (REPOSITORY / "docs" / "indicateurs.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "on", "first", "last"),
    [
        (MONTH, date(2026, 10, 31), "2025-11", "2026-10"),
        (MONTH, date(2026, 10, 30), "2025-10", "2026-09"),
        (MONTH, date(2026, 2, 28), "2025-03", "2026-02"),
        (YEAR, date(2026, 12, 31), "2026-01", "2026-12"),
        (YEAR, date(2026, 12, 30), "2025-01", "2025-12"),
    ],
)
def test_a_pack_is_of_the_newest_month_or_year_that_is_over(kind: str, on: date, first: str, last: str) -> None:
    found = span(kind, on)
    assert (found.months[0], found.month, len(found.months)) == (first, last, 12)
    assert found.last == figures.last_day(last)


def test_every_default_counted_had_all_the_days_it_is_given() -> None:
    """Ten days apart, over a year that ends 90 days before the last day."""
    found = invented(MONTH)
    counted = found.followed(90)
    assert len(counted) == 2 * 37
    assert max(one.default_on for one in counted) <= date(2026, 8, 2)
    assert figures.within(counted, lambda one: one.spoken_on, 30) == 0
    assert figures.within(counted, lambda one: one.spoken_on, 60) == len(counted)
    assert figures.middle(counted, lambda one: one.spoken_on, 90) == 40


def test_a_middle_delay_is_told_only_where_half_of_the_defaults_came_to_it() -> None:
    counted = invented(MONTH).followed(90)
    assert figures.middle(counted, lambda one: one.referred_on, 180) is None
    half = [replace(one, spoken_on=None) if rank % 2 else one for rank, one in enumerate(counted)]
    assert figures.middle(half, lambda one: one.spoken_on, 90) == 40
    assert figures.middle(half[1:], lambda one: one.spoken_on, 90) is None
    assert figures.middle([], lambda one: one.spoken_on, 90) is None


def test_a_share_of_nobody_is_not_told() -> None:
    assert share(1, 8) == Decimal("12.5")
    assert share(0, 0) is None


@pytest.mark.parametrize("grid", [tables.units, tables.acts_by_month, tables.path_by_unit], ids=lambda make: make.__name__)
def test_the_last_row_sums_the_others(grid: object) -> None:
    made = grid(invented(MONTH))  # type: ignore[operator]
    assert isinstance(made, Grid)
    places = [place for place, head in enumerate(made.headers) if place and not head.startswith("%")]
    for place in places:
        assert made.rows[-1][place] == sum(row[place] for row in made.rows[:-1]), made.headers[place]  # type: ignore[misc]


def test_the_path_narrows_and_says_what_became_of_the_stage_before() -> None:
    rows = tables.path(invented(MONTH)).rows
    assert [row[1] for row in rows] == [9, 7, 6, 5, 4, 3, 2, 1]
    assert rows[1][2:] == (Decimal("77.8"), Decimal("77.8"))
    assert rows[-1][2:] == (Decimal("11.1"), Decimal("50.0"))


def test_published_figures_stand_beside_ones_own_to_the_hundredth() -> None:
    rows = {str(row[0]): row for row in tables.references(invented(YEAR)).rows}
    assert rows["12 mois et plus"][1:4] == (2, Decimal("1.00"), Decimal("1.5"))
    assert {one.figure for one in REFERENCES} <= ACTS.keys() | {"owing", "three_months", "twelve_months"}


def test_a_month_read_before_its_end_says_the_day() -> None:
    found = invented(MONTH)
    early = replace(found, read_on={**found.read_on, "2026-10": date(2026, 10, 25)})
    assert str(tables.months(early).rows[-1][0]).endswith("(au 25/10/2026)")
    assert "25/10/2026" in tables.units(early).caption
    assert "(au" not in str(tables.months(early).rows[0][0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_is_a_tagged_pdf_and_a_workbook_that_say_they_are_invented(kind: str) -> None:
    made = pack(invented(kind), "OPH d'essai", is_synthetic=True)
    read = PdfReader(BytesIO(pdf(made.page())))
    assert read.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert all("Données synthétiques" in page.extract_text() for page in read.pages)
    book = load_workbook(BytesIO(workbook(made)))
    assert {"Impayés par mois", "Actes par mois", "Parcours", "Premier échange", "Définitions"} <= set(book.sheetnames)
    assert book["Impayés par unité"]["B4"].value == 200
    assert all(part.alt for chapter in made.chapters for part in chapter.parts if isinstance(part, Plot))


def test_the_same_figures_give_the_same_bytes() -> None:
    found, again = (pack(invented(MONTH), "OPH d'essai", is_synthetic=False) for _ in range(2))
    assert html(found.page()) == html(again.page())
    assert workbook(found) == workbook(again)


def test_a_landlord_without_lists_or_hearings_has_a_pack_that_says_so() -> None:
    empty = replace(invented(MONTH), reached=[], hearings=[], defaults=[], acts=[])
    said = html(pack(empty, "OPH d'essai", is_synthetic=True).page())
    assert "Aucun ménage signalé" in said
    assert "Aucune audience" in said


def test_the_documentation_repeats_every_definition_and_every_published_figure() -> None:
    for one in DEFINITIONS:
        assert f"| {one.label} | {one.text} | {one.source} |" in PAGE
    for published in REFERENCES:
        digits = -int(published.per_hundred.as_tuple().exponent)
        assert f"| {published.label} | {decimal(published.per_hundred, digits)} | {published.source} |" in PAGE


def test_one_unit_alone_has_its_own_figures_under_the_name_people_know() -> None:
    mine = invented(MONTH).only("UG01")
    assert (mine.units, mine.unit("UG01"), mine.unit("UG02")) == (["UG01"], "UG01 · Agence du Port", "UG02")
    assert mine.stock("2026-10").households == 100
    assert len(mine.reached) == 8
    assert mine.span.on == ON
