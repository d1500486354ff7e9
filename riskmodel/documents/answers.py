"""The columns a reviewer fills in: closed lists and dates, no free text."""

from datetime import date, timedelta

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.columns import Column
from riskmodel.documents.french import day
from riskmodel.documents.labels import DECISIONS, PAUSES

WAITING = "en attente"
LATEST = timedelta(days=366)


def offer_answers(book: Workbook, sheet: Worksheet, columns: tuple[Column, ...], rows: int, monday: date) -> None:
    """Validation of the three answer columns over `rows` lines, and a mark where a pause lacks its reason or its date."""
    places: dict[str, int] = {column.kind: place for place, column in enumerate(columns)}
    rules = {"decision": _closed(DECISIONS), "pause": _closed(PAUSES), "follow_up": _dates(monday)}
    for kind, rule in rules.items():
        sheet.data_validation(1, places[kind], rows, places[kind], rule)
    decision = xl_rowcol_to_cell(1, places["decision"], col_abs=True)
    missing = book.add_format({"pattern": 4, "fg_color": "#B3261E", "bg_color": "#FFFFFF"})
    for kind in ("pause", "follow_up"):
        answer = xl_rowcol_to_cell(1, places[kind], col_abs=True)
        criteria = f'=AND({decision}="{WAITING}",ISBLANK({answer}))'
        sheet.conditional_format(
            1, places[kind], rows, places[kind], {"type": "formula", "criteria": criteria, "format": missing}
        )


def _closed(values: tuple[str, ...]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(values),
        "error_title": "Choix fermé",
        "error_message": "Choisissez une valeur de la liste. Les commentaires libres ne sont ni lus ni conservés.",
    }


def _dates(monday: date) -> dict[str, object]:
    first, last, like = day(monday), day(monday + LATEST), day(monday + timedelta(days=14))
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": monday,
        "maximum": monday + LATEST,
        "error_title": "Date attendue",
        "error_message": f"Écrivez une date comme {like}, entre le {first} et le {last}.",
    }
