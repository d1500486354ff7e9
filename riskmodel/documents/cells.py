"""One value in one cell: of a sheet, where figures are figures, or of a CSV that French Excel opens."""

from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.columns import Cell
from riskmodel.documents.french import day


def write(sheet: Worksheet, line: int, place: int, value: Cell, style: Format) -> None:
    """Text is always written as text: an identifier that begins with "=" stays one."""
    if value is None or value == "":
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(line, place, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), style)
    else:
        sheet.write_number(line, place, Decimal(value), style)


def flat(value: Cell) -> str:
    """The cell of a CSV: decimal comma, dates as 18/10/2026, nothing when unknown."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return safe(value) if isinstance(value, str) else str(value)


def safe(text: str) -> str:
    """One line, and nothing a spreadsheet would run: text that begins like a formula gets an apostrophe."""
    line = " ; ".join(text.split("\n"))
    return f"'{line}" if line.startswith(("=", "+", "-", "@", "\t", "\r")) else line
