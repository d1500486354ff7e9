"""Cell styles of the workbook: readable printed in black and white, figures in the French form."""

from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from riskmodel.documents.columns import Kind

FONT = "Calibri"
Role = Literal["fact", "answer", "detail"]
"""Of a column: read, filled in, or read on screen only."""
EURO = '#,##0.00\\ [$€-40C];\\-#,##0.00\\ [$€-40C];"–"'
"""1 234,56 € in any Excel set to French; a nil amount is a dash, so that debts stand out."""
NUMBER = {"count": "0", "score": "0", "terms": "0.00", "money": EURO, "day": "dd/mm/yyyy", "follow_up": "dd/mm/yyyy"}
CENTRED = ("count", "score", "terms", "day", "follow_up")
ANSWERS = ("decision", "reason", "follow_up")
INK = "#1B2A38"
RULE = "#9AA5B1"
TAB_COLOURS = {
    "urgence": "#B3261E",
    "derive": "#C77700",
    "decrochage": "#6A4C93",
    "ne_peut_pas_dire": "#7A7A7A",
    "ecarte": "#B8B8B8",
    "a_contacter": "#2A6F97",
}

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", "text_wrap": True}
_GRID = {"bottom": 1, "bottom_color": RULE}
_HEADER = {"bold": True, "valign": "vcenter", "align": "center"}
_HEADS: dict[Role, dict[str, Any]] = {
    "fact": {"bottom": 2, "bg_color": "#DCE3EA"},
    "answer": {"border": 2, "bg_color": "#FFFFFF"},
    "detail": {"bottom": 2, "bg_color": "#F3F5F7", "bold": False, "italic": True},
}


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def cell(self, kind: Kind, *, is_bold: bool = False) -> Format:
        """Body style of a column kind."""
        return self._once(f"{kind}{is_bold}", lambda: _cell(kind, is_bold))

    def header(self, role: Role) -> Format:
        """Column heads; the ones to fill in are boxed, the ones of the detail are pale."""
        return self._once(f"header {role}", lambda: _BASE | _HEADER | _HEADS[role])

    def page(self, name: str) -> Format:
        """Styles of the Lisez-moi sheet."""
        return self._once(name, lambda: _BASE | _PAGE[name])

    def _once(self, name: str, properties: Any) -> Format:
        if name not in self._made:
            self._made[name] = self._book.add_format(properties())
        return self._made[name]


_PAGE: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "text_wrap": False},
    "subtitle": {"font_size": 12},
    "heading": {"font_size": 12, "bold": True, "bottom": 2, "text_wrap": False},
    "label": {"bold": True, "valign": "vcenter"} | _GRID,
    "text": {"valign": "vcenter"} | _GRID,
    "plain": {"valign": "vcenter"},
    "warning": {"bold": True, "border": 5, "bg_color": "#FFF3CD", "valign": "vcenter", "indent": 1},
    "synthetic": {"bold": True, "border": 2, "align": "center", "valign": "vcenter", "font_size": 12},
}


def _cell(kind: Kind, is_bold: bool) -> dict[str, Any]:
    style = _BASE | _GRID | {"bold": is_bold}
    if kind in NUMBER:
        style |= {"num_format": NUMBER[kind]}
    if kind in CENTRED:
        style |= {"align": "center"}
    if kind in ANSWERS:
        style |= {"border": 1, "border_color": INK, "bg_color": "#FFFBEA"}
    return style
