"""How a sheet prints: A4, one page wide, who, which week and how many pages on every sheet of paper."""

import textwrap

from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.french import day, shorten
from riskmodel.documents.identity import unit_name
from riskmodel.weekly.frozen import FrozenList

A4 = 9
ROOM = 1.25
"""Characters of running text that a unit of column width holds at the body's size."""
LINE = 12.75
"""Points a line of text takes at the body's size in Excel; other spreadsheets set lines closer."""
TALLEST = 409
"""Points; no spreadsheet draws a row higher."""


def height(texts: list[tuple[str, float]], *, least: int = 2) -> float:
    """Row height, in points, that shows every wrapped line of cells given as (text, width in characters).

    Spreadsheets do not all compute it when they open a file.
    """
    lines = max((sum(_lines(part, width) for part in text.split("\n")) for text, width in texts), default=1)
    return min(max(lines, least) * LINE + 2, TALLEST)


def _lines(text: str, width: float) -> int:
    return max(len(textwrap.wrap(text, max(int(width * ROOM), 1), break_on_hyphens=False)), 1)


def set_print(sheet: Worksheet, frozen: FrozenList, title: str, *, is_landscape: bool) -> None:
    """Page set-up, header and footer of one sheet."""
    sheet.set_paper(A4)
    if is_landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.25, right=0.25, top=0.55, bottom=0.5)
    internal, synthetic = "Document interne", "Données synthétiques · " if frozen.is_synthetic else ""
    left, middle, right = _plain(frozen.landlord_name, 60), _plain(title, 40), f"{synthetic}Situation au {day(frozen.as_of)}"
    sheet.set_header(f"&L{left}&C&B{middle}&R{right}", {"margin": 0.2})
    unit = f"{_plain(unit_name(frozen), 34)} · semaine {frozen.week}"
    sheet.set_footer(f"&L{unit}&C{synthetic}{internal}&RPage &P sur &N", {"margin": 0.2})
    sheet.hide_gridlines(2)


def _plain(text: str, length: int) -> str:
    """Names in a header: "&" is a code there, and the whole may not exceed 255 characters."""
    return shorten(text, length).replace("&", "&&")
