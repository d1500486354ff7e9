"""A pack as a workbook: a sheet to begin with, then a sheet a table, figures written as figures and days as days."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from riskmodel.coordination.grids import BLANK, Cell, Grid, Pack
from riskmodel.documents.columns import Kind
from riskmodel.documents.french import day, shorten, typeset
from riskmodel.documents.page import SYNTHETIC, Bullets
from riskmodel.documents.printing import A4, height
from riskmodel.documents.styles import Styles

GUIDE = "Lisez-moi"
LONGEST_NAME = 31
"""Characters that a spreadsheet takes for the name of a sheet."""
WIDEST, NARROWEST, DAY_WIDTH = 44, 9, 12
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(pack: Pack) -> bytes:
    """The workbook's bytes; the same pack gives the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        _describe(book, pack)
        styles = Styles(book)
        _guide(book, pack, styles)
        taken = {GUIDE.lower()}
        for grid in pack.sheets():
            _sheet(book, pack, grid, _name(grid.name, taken), styles)
    return buffer.getvalue()


def _describe(book: Workbook, pack: Pack) -> None:
    made_on = datetime(pack.as_of.year, pack.as_of.month, pack.as_of.day)
    marks = f"{pack.footer}{'. ' + SYNTHETIC if pack.is_synthetic else ''}"
    told = {"title": pack.title, "author": "Vigie Bail", "company": pack.subtitle, "comments": marks, "created": made_on}
    book.set_properties(told)


def _guide(book: Workbook, pack: Pack, styles: Styles) -> None:
    """Who, when, what for, and the agenda."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, typeset(pack.title), styles.page("title"))
    sheet.write_string(1, 0, typeset(pack.subtitle), styles.page("subtitle"))
    line = 3
    if pack.is_synthetic:
        sheet.merge_range(2, 0, 2, 1, typeset(SYNTHETIC), styles.page("synthetic"))
    for label, said in pack.facts:
        sheet.write_string(line, 0, typeset(label), styles.page("label"))
        sheet.write_string(line, 1, typeset(said), styles.page("text"))
        sheet.set_row(line, height([(said, 90)], least=1))
        line += 1
    title, *agenda = _agenda(pack)
    sheet.write_string(line + 1, 0, typeset(title), styles.page("heading"))
    for place, said in enumerate(agenda, start=line + 2):
        sheet.merge_range(place, 0, place, 1, typeset(said), styles.page("text"))
    _print(sheet, pack, GUIDE)


def _agenda(pack: Pack) -> tuple[str, ...]:
    first = pack.chapters[0]
    return (first.title, *(line for part in first.parts if isinstance(part, Bullets) for line in part.lines))


def _sheet(book: Workbook, pack: Pack, grid: Grid, name: str, styles: Styles) -> None:
    sheet = book.add_worksheet(name)
    widths = [_width(grid, place) for place in range(len(grid.headers))]
    sheet.set_row(0, height(list(zip(grid.headers, widths, strict=True))))
    for place, (head, width) in enumerate(zip(grid.headers, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, typeset(head), styles.header("fact"))
    for line, row in enumerate(grid.rows, start=1):
        is_total = grid.has_total and line == len(grid.rows)
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell, styles, is_bold=is_total)
        texts = [(str(cell), width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str)]
        sheet.set_row(line, height(texts, least=1))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(grid.rows) - grid.has_total, len(grid.headers) - 1)
    sheet.repeat_rows(0)
    _print(sheet, pack, grid.caption)


def _write(sheet: Worksheet, line: int, place: int, cell: Cell, styles: Styles, *, is_bold: bool) -> None:
    style = styles.cell(_kind(cell), is_bold=is_bold)
    if cell in (None, "", BLANK):
        sheet.write_blank(line, place, None, style)
    elif isinstance(cell, str):
        sheet.write_string(line, place, typeset(cell), style)
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), style)
    else:
        sheet.write_number(line, place, Decimal(cell), style)


def _kind(cell: Cell) -> Kind:
    if isinstance(cell, date):
        return "day"
    if isinstance(cell, Decimal):
        return "terms"
    return "count" if isinstance(cell, int) else "text"


def _width(grid: Grid, place: int) -> float:
    cells = [row[place] for row in grid.rows]
    if any(isinstance(cell, date) for cell in cells):
        return DAY_WIDTH
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(longest * 1.05, max(map(len, grid.headers[place].split())) + 3, NARROWEST), WIDEST)


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name that no other sheet has, whatever the case of its letters."""
    plain, rank = wanted.translate(_FORBIDDEN)[:LONGEST_NAME], 1
    name = plain
    while name.lower() in taken:
        rank += 1
        name = f"{plain[: LONGEST_NAME - 4]} {rank}"
    taken.add(name.lower())
    return name


def _print(sheet: Worksheet, pack: Pack, title: str) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.25, right=0.25, top=0.55, bottom=0.5)
    synthetic = "Données synthétiques · " if pack.is_synthetic else ""
    left, middle = (shorten(said, 60).replace("&", "&&") for said in (pack.subtitle, title))
    sheet.set_header(f"&L{left}&C&B{middle}&R{synthetic}Situation au {day(pack.as_of)}", {"margin": 0.2})
    sheet.set_footer(f"&L{pack.title}&C{synthetic}Document interne&RPage &P sur &N", {"margin": 0.2})
    sheet.hide_gridlines(2)
