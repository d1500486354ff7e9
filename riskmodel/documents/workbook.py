"""liste.xlsx: one sheet a tab, made to be worked in on Monday and printed, without a score; points.xlsx: scores, for later."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.answers import offer_answers
from riskmodel.documents.cells import write
from riskmodel.documents.columns import LAYOUT, Cell, Column, Kind, printed
from riskmodel.documents.french import day, typeset
from riskmodel.documents.guide import add_guide
from riskmodel.documents.phrases import UNKNOWN
from riskmodel.documents.points import add_points
from riskmodel.documents.printing import height, set_print
from riskmodel.documents.styles import ANSWERS, TAB_COLOURS, Role, Styles
from riskmodel.weekly.answers import IDENTITY
from riskmodel.weekly.frozen import TABS, FrozenList, Row, Tab
from riskmodel.weekly.identity import fingerprint, list_id

LEFT = "Sortis de la liste"
FROZEN_COLUMNS = 3
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


Answers = Mapping[str, Mapping[Kind, Cell]]
"""By lease, what was answered so far: the cells of the columns `decision`, `reason` and `follow_up`."""


def workbook(frozen: FrozenList, answers: Answers | None = None) -> bytes:
    """The workbook's bytes, with the answers given so far; the same list and answers give the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        _describe(book, frozen, "Liste")
        styles = Styles(book)
        add_guide(book, frozen, styles)
        for tab in TABS:
            _add_tab(book, frozen, tab, styles, answers or {})
        _add_departures(book, frozen, styles)
    return buffer.getvalue()


def points(frozen: FrozenList) -> bytes:
    """The bytes of points.xlsx; the same list gives the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        _describe(book, frozen, "Points de la liste")
        add_points(book, frozen, Styles(book))
    return buffer.getvalue()


def _describe(book: Workbook, frozen: FrozenList, what: str) -> None:
    mark = "Document interne. Données synthétiques." if frozen.is_synthetic else "Document interne."
    book.set_properties(
        {
            "title": f"{what} de la semaine {frozen.week} — {frozen.management_unit}",
            "author": "Vigie Bail",
            "company": frozen.landlord_name,
            "comments": mark,
            "created": datetime(frozen.as_of.year, frozen.as_of.month, frozen.as_of.day),
        }
    )
    # what makes a file that people edited readable back: which list it answers, and the facts it was made from
    book.set_custom_property(IDENTITY["list"], list_id(frozen), "text")
    book.set_custom_property(IDENTITY["version"], fingerprint(frozen), "text")
    book.set_custom_property("vigie_arrete_au", frozen.as_of.isoformat(), "text")


def _add_tab(book: Workbook, frozen: FrozenList, tab: Tab, styles: Styles, answers: Answers) -> None:
    sheet, columns, rows = book.add_worksheet(TABS[tab]), LAYOUT[tab], frozen.tab(tab)
    sheet.set_tab_color(TAB_COLOURS[tab])
    on_paper = printed(columns)
    _head(sheet, [(column.header, column.width, _role(column, place < on_paper)) for place, column in enumerate(columns)], styles)
    for line, row in enumerate(rows, start=1):
        _write_row(sheet, line, row, columns, frozen.as_of, styles, answers.get(row.lease_id, {}))
    if rows:
        offer_answers(book, sheet, columns, len(rows), frozen.monday)
    _finish(sheet, frozen, TABS[tab], len(rows), len(columns), on_paper, styles)


def _role(column: Column, is_printed: bool) -> Role:
    return "answer" if column.kind in ANSWERS else "fact" if is_printed else "detail"


def _add_departures(book: Workbook, frozen: FrozenList, styles: Styles) -> None:
    sheet = book.add_worksheet(LEFT)
    heads: list[tuple[str, float, Role]] = [
        ("Bail", 14.0, "fact"),
        ("Onglet quitté", 20.0, "fact"),
        ("Ancien n°", 8.0, "fact"),
        ("Pourquoi il n'y est plus", 90.0, "fact"),
    ]
    _head(sheet, heads, styles)
    for line, left in enumerate(frozen.departures, start=1):
        values: list[Cell] = [left.lease_id, typeset(TABS[left.tab]), left.position, typeset(left.why)]
        for place, value in enumerate(values):
            write(sheet, line, place, value, styles.cell("count" if place == 2 else "text"))
        sheet.set_row(line, height([(str(value), heads[place][1]) for place, value in enumerate(values)], least=1))
    _finish(sheet, frozen, LEFT, len(frozen.departures), len(heads), len(heads), styles)


def _head(sheet: Worksheet, heads: list[tuple[str, float, Role]], styles: Styles) -> None:
    sheet.set_row(0, 40)
    for place, (text, width, role) in enumerate(heads):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, text, styles.header(role))


def _write_row(
    sheet: Worksheet,
    line: int,
    row: Row,
    columns: tuple[Column, ...],
    as_of: date,
    styles: Styles,
    answered: Mapping[Kind, Cell],
) -> None:
    texts = []
    for place, column in enumerate(columns):
        value = answered.get(column.kind, column.value(row, as_of))
        if value is None and column.kind in ("money", "count", "terms"):
            value = UNKNOWN
        is_new = column.header == "Évolution" and row.change == "nouveau"
        write(sheet, line, place, value, styles.cell(column.kind, is_bold=is_new or column.kind == "score"))
        if isinstance(value, str):
            texts.append((value, column.width))
    sheet.set_row(line, height(texts))


def _finish(sheet: Worksheet, frozen: FrozenList, title: str, rows: int, columns: int, on_paper: int, styles: Styles) -> None:
    if not rows:
        sheet.merge_range(
            1, 0, 1, min(columns, 9) - 1, f"Aucun ménage cette semaine (situation au {day(frozen.as_of)}).", styles.page("plain")
        )
    sheet.freeze_panes(1, min(FROZEN_COLUMNS, columns - 1) if columns > FROZEN_COLUMNS else 1)
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.print_area(0, 0, max(rows, 1), on_paper - 1)
    sheet.repeat_rows(0)
    set_print(sheet, frozen, title, is_landscape=True)
