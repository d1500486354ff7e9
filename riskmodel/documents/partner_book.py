"""orientations.xlsx: a partner's referrals as one sheet, by number; no household is named and none of its facts is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from riskmodel.documents.cells import write
from riskmodel.documents.columns import Cell, Kind
from riskmodel.documents.french import day
from riskmodel.documents.printing import A4, height
from riskmodel.documents.styles import Styles

SYNTHETIC = "Données synthétiques : aucun de ces ménages n'existe."
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COLUMNS: tuple[tuple[str, Kind, float], ...] = (
    ("Orientation n°", "count", 11),
    ("Dispositif", "text", 34),
    ("État", "text", 26),
    ("Reçue le", "day", 11),
    ("Close le", "day", 11),
    ("Prochaine échéance", "text", 40),
    ("Pour le", "day", 11),
    ("Jours de retard", "count", 9),
    ("Mois prévus", "count", 9),
    ("Mesure depuis le", "day", 12),
    ("Fin prévue le", "day", 11),
    ("Terminée le", "day", 11),
    ("Fin", "text", 34),
)
"""Head, kind and width of each column, in the order of the fields of Line."""
_TOP = 3


@dataclass(frozen=True)
class Line:
    """One referral; what is None is not known, or not yet."""

    referral_id: int
    scheme: str
    state: str
    sent_on: date
    closed_on: date | None
    next_due: str | None
    due_on: date | None
    days_late: int | None
    months: int | None
    starts_on: date | None
    planned_end_on: date | None
    ended_on: date | None
    end: str | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its values, in the order of the columns."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def workbook(partner: str, landlord: str, lines: Sequence[Line], on: date, *, is_synthetic: bool) -> bytes:
    """The workbook's bytes as of a day; the same lines give the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        mark = SYNTHETIC if is_synthetic else ""
        about = {"title": f"Orientations de {partner}", "author": "Vigie Bail", "company": landlord, "comments": mark}
        book.set_properties(about | {"created": datetime(on.year, on.month, on.day)})
        styles, sheet = Styles(book), book.add_worksheet("Orientations")
        sheet.write_string(0, 0, f"Orientations reçues : {partner}, avec {landlord}, au {day(on)}", styles.page("title"))
        sheet.merge_range(1, 0, 1, 5, mark, styles.page("plain"))
        _fill(sheet, lines, styles)
    return buffer.getvalue()


def _fill(sheet: Worksheet, lines: Sequence[Line], styles: Styles) -> None:
    for place, (head, _, width) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(_TOP, place, head, styles.header("fact"))
    for row, line in enumerate(lines, _TOP + 1):
        for place, (value, (_, kind, _)) in enumerate(zip(line.cells, _COLUMNS, strict=True)):
            write(sheet, row, place, value, styles.cell(kind))
        told = [(value, width) for value, (_, _, width) in zip(line.cells, _COLUMNS, strict=True) if isinstance(value, str)]
        sheet.set_row(row, height(told, least=1))
    if not lines:
        sheet.write_string(_TOP + 1, 1, "Aucune orientation reçue.", styles.page("plain"))
    sheet.set_row(_TOP, 30)
    sheet.freeze_panes(_TOP + 1, 1)
    sheet.autofilter(_TOP, 0, _TOP + max(len(lines), 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_TOP)
