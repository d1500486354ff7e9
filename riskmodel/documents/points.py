"""points.xlsx: scores, points and what would have removed each flag, apart from the list: to be opened once decisions are taken.

A score read before deciding would tell which rows were drawn, and decide in the reader's place. Internal: it holds scores.
"""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents import phrases
from riskmodel.documents.columns import LEASE, RANK, TAB, Cell, Column, Kind, Reader
from riskmodel.documents.french import day, typeset
from riskmodel.documents.identity import unit_name
from riskmodel.documents.printing import height, set_print
from riskmodel.documents.styles import Styles
from riskmodel.weekly.frozen import FrozenList, Row

NAME = "Points"
NOTICE = (
    "À ouvrir quand les décisions sont prises : le score ne doit pas décider à votre place. Document interne, qui ne sort pas de "
    "chez le bailleur. Les points d'une ligne font exactement son score."
)
NO_SCORE = "Aucun score cette semaine : une règle simple classe les onglets, ou personne n'y figure."
FIRST_LINE = 3


def _column(header: str, kind: Kind, width: float, read: Reader) -> Column:
    return Column(None, header, kind, width, "", read)


def _score(row: Row) -> Cell:
    return row.drift if row.tab == "derive" else row.decrochage


COLUMNS: tuple[Column, ...] = (
    TAB,
    RANK,
    LEASE,
    _column("Score", "score", 7, lambda row, _: _score(row)),
    _column("Dans les 90 jours", "text", 13, lambda row, _: phrases.chance(row)),
    _column("Raisons et points", "long", 58, lambda row, _: phrases.reasons(row)),
    _column("Ce qui aurait évité ce signalement", "long", 58, lambda row, _: phrases.removal(row)),
)


def add_points(book: Workbook, frozen: FrozenList, styles: Styles) -> None:
    """Writes the one sheet of the file, rows in the order of the list."""
    sheet = book.add_worksheet(NAME)
    rows = [row for row in frozen.rows if _score(row) is not None and row.tab in ("derive", "decrochage")]
    _head(sheet, frozen, styles)
    for line, row in enumerate(rows, start=FIRST_LINE + 1):
        _write(sheet, line, row, frozen, styles)
    if not rows:
        sheet.merge_range(FIRST_LINE + 1, 0, FIRST_LINE + 1, len(COLUMNS) - 1, typeset(NO_SCORE), styles.page("plain"))
    sheet.freeze_panes(FIRST_LINE + 1, 3)
    sheet.repeat_rows(FIRST_LINE)
    set_print(sheet, frozen, NAME, is_landscape=True)


def _head(sheet: Worksheet, frozen: FrozenList, styles: Styles) -> None:
    last = len(COLUMNS) - 1
    title = f"{unit_name(frozen)}, semaine {frozen.week}, situation au {day(frozen.as_of)}"
    mark = "DONNÉES SYNTHÉTIQUES : aucun ménage réel. " if frozen.is_synthetic else ""
    for line, (text, style, high) in enumerate(((title, "subtitle", 20), (mark + NOTICE, "warning", 36))):
        sheet.merge_range(line, 0, line, last, "", styles.page(style))
        sheet.write_string(line, 0, typeset(text), styles.page(style))
        sheet.set_row(line, high)
    sheet.set_row(FIRST_LINE, 32)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(FIRST_LINE, place, column.header, styles.header("fact"))


def _write(sheet: Worksheet, line: int, row: Row, frozen: FrozenList, styles: Styles) -> None:
    texts = []
    for place, column in enumerate(COLUMNS):
        value, style = column.value(row, frozen.as_of), styles.cell(column.kind, is_bold=column.kind == "score")
        if isinstance(value, str):
            sheet.write_string(line, place, value, style)
            texts.append((value, column.width))
        else:
            sheet.write(line, place, value, style)
    sheet.set_row(line, height(texts))
