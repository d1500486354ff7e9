"""The columns a reviewer fills in: closed lists and dates, no free text."""

from collections.abc import Iterable
from datetime import date, timedelta

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.columns import Column
from riskmodel.documents.french import day
from riskmodel.weekly.answers import ACTING, DECISIONS, LONGEST_WAIT, NO_REASON, PAUSING, WAITING


def offer_answers(book: Workbook, sheet: Worksheet, columns: tuple[Column, ...], rows: int, monday: date) -> None:
    """Validation of the three answer columns over `rows` lines, and a mark where a decision lacks its reason or its date."""
    places: dict[str, int] = {column.kind: place for place, column in enumerate(columns)}
    reasons = (*ACTING.values(), *PAUSING.values())
    rules = {"decision": _closed(DECISIONS.values()), "reason": _closed(reasons), "follow_up": _dates(monday)}
    for kind, rule in rules.items():
        sheet.data_validation(1, places[kind], rows, places[kind], rule)
    decision = xl_rowcol_to_cell(1, places["decision"], col_abs=True)
    enough = "".join(f',{decision}<>"{DECISIONS[code]}"' for code in NO_REASON)
    needs = {"reason": f'{decision}<>""{enough}', "follow_up": f'{decision}="{DECISIONS[WAITING]}"'}
    missing = book.add_format({"pattern": 4, "fg_color": "#B3261E", "bg_color": "#FFFFFF"})
    for kind, asked in needs.items():
        _mark(sheet, places[kind], rows, asked, missing)


def _mark(sheet: Worksheet, place: int, rows: int, asked: str, missing: Format) -> None:
    criteria = f"=AND({asked},ISBLANK({xl_rowcol_to_cell(1, place, col_abs=True)}))"
    sheet.conditional_format(1, place, rows, place, {"type": "formula", "criteria": criteria, "format": missing})


def _closed(values: Iterable[str]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(values),
        "error_title": "Choix fermé",
        "error_message": "Choisissez une valeur de la liste. Les commentaires libres ne sont ni lus ni conservés.",
    }


def _dates(monday: date) -> dict[str, object]:
    first, last, like = day(monday), day(monday + LONGEST_WAIT), day(monday + timedelta(days=14))
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": monday,
        "maximum": monday + LONGEST_WAIT,
        "error_title": "Date attendue",
        "error_message": f"Écrivez une date comme {like}, entre le {first} et le {last}.",
    }
