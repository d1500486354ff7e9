"""The law's night as files: urgencies, statutory lists and coming deadlines in a workbook, a CSV and a page.

Every line rests on a dated rule, and says when a jurist has yet to confirm it; none comes from a score.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from riskmodel import REPOSITORY
from riskmodel.documents import cells
from riskmodel.documents.columns import Cell, Kind
from riskmodel.documents.french import counted, day, euros, typeset
from riskmodel.documents.page import SYNTHETIC, Bullets, Page, Section, Table
from riskmodel.documents.printing import A4, height
from riskmodel.documents.styles import Styles
from riskmodel.law.findings import TO_CONFIRM
from riskmodel.law.lists import STATUTORY

URGENT, COMING = "urgence", "echeance"
_TEXTS = tomllib.loads((REPOSITORY / "reports" / "echeances.toml").read_text(encoding="utf-8"))
LISTS: dict[str, str] = {code: said.get("label") or STATUTORY[code] for code, said in _TEXTS.items()}
"""Every list by its code, in the order in which a person reads them."""
HELP: dict[str, str] = {code: said["text"] for code, said in _TEXTS.items()}
"""What each list is for."""
SINCE = (URGENT, "broken_plan", "judge_or_pcs")
"""Lists of rights at stake, whose day may be when that began."""
NOTHING = "Aucune ligne cette nuit."
_HEADS: tuple[tuple[str, str, Kind, float], ...] = (
    ("jour", "Date", "day", 11),
    ("unite", "Unité", "text", 9),
    ("bail", "Bail", "text", 11),
    ("dette_exigible_eur", "Dette exigible", "money", 12),
    ("pourquoi", "Pourquoi", "long", 70),
    ("reference", "Référence", "text", 34),
    ("a_confirmer", "À confirmer", "text", 14),
)
"""Columns: name in the CSV, head and kind in the workbook, width in characters."""


@dataclass(frozen=True)
class Line:
    """One line of a list. `due_on` is None when nothing dates it: act without waiting; or when nobody can tell the day yet."""

    list_code: str
    management_unit: str
    lease_id: str
    due_on: date | None
    legal_cents: int
    why: str
    reference: str
    to_confirm: bool

    @property
    def is_since(self) -> bool:
        """Whether its day, once past, is that on which a right came to be at stake, and no deadline that was missed."""
        return self.list_code in SINCE

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Values in the order of the columns."""
        owed = Decimal(self.legal_cents) / 100
        doubt = TO_CONFIRM if self.to_confirm else ""
        return (self.due_on, self.management_unit, self.lease_id, owed, typeset(self.why), self.reference, doubt)


@dataclass(frozen=True)
class Digest:
    """What the law said on a night: lines of every list, in order."""

    landlord_id: str
    landlord_name: str
    as_of: date
    is_synthetic: bool
    lines: tuple[Line, ...]

    def of(self, list_code: str) -> tuple[Line, ...]:
        """The lines of a list."""
        return tuple(line for line in self.lines if line.list_code == list_code)


def flat(digest: Digest) -> bytes:
    """The bytes of echeances.csv: every line of every list; UTF-8 with its mark, semicolons, decimal commas, CRLF."""
    names = ("bailleur", "situation_au", "nature", "liste", *(name for name, *_ in _HEADS))
    mark = "Données synthétiques" if digest.is_synthetic else ""
    head = [cells.safe(digest.landlord_id), day(digest.as_of), mark]
    return csv_bytes(names, [[*head, line.list_code, *map(cells.flat, line.cells)] for line in digest.lines])


def csv_bytes(names: tuple[str, ...], rows: list[list[str]]) -> bytes:
    """A CSV in the form French Excel opens by a double click."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([names, *rows])
    return out.getvalue().encode("utf-8-sig")


def workbook(digest: Digest) -> bytes:
    """The bytes of echeances.xlsx: one sheet a list; the same digest gives the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": f"Échéances de la loi au {day(digest.as_of)}",
                "author": "Vigie Bail",
                "company": digest.landlord_name,
                "comments": f"Document interne. {SYNTHETIC if digest.is_synthetic else ''}".strip(),
                "created": datetime(digest.as_of.year, digest.as_of.month, digest.as_of.day),
            }
        )
        styles = Styles(book)
        for code in LISTS:
            _sheet(book.add_worksheet(_TEXTS[code]["sheet"]), code, digest, styles)
    return buffer.getvalue()


def _sheet(sheet: Worksheet, code: str, digest: Digest, styles: Styles) -> None:
    """The sentence that says what the list is for, then its lines."""
    lines = digest.of(code)
    sheet.merge_range(0, 0, 0, len(_HEADS) - 1, typeset(f"{LISTS[code]}. {HELP[code]}"), styles.page("plain"))
    sheet.set_row(0, 30)
    sheet.set_row(1, 30)
    for place, (_, head, _, width) in enumerate(_HEADS):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, head, styles.header("fact"))
    for number, line in enumerate(lines, start=2):
        for place, (value, (_, _, kind, _)) in enumerate(zip(line.cells, _HEADS, strict=True)):
            cells.write(
                sheet, number, place, typeset(value) if isinstance(value, str) and kind == "long" else value, styles.cell(kind)
            )
        sheet.set_row(number, height([(line.why, 70), (line.reference, 34)], least=1))
    if not lines:
        sheet.merge_range(2, 0, 2, len(_HEADS) - 1, NOTHING, styles.page("plain"))
    sheet.freeze_panes(2, 3)
    sheet.autofilter(1, 0, max(len(lines) + 1, 2), len(_HEADS) - 1)
    _set_print(sheet, code, digest)


def _set_print(sheet: Worksheet, code: str, digest: Digest) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    mark = "Données synthétiques · " if digest.is_synthetic else ""
    name = digest.landlord_name[:60].replace("&", "&&")
    sheet.set_header(f"&L{name}&C&B{_TEXTS[code]['sheet']}&R{mark}Situation au {day(digest.as_of)}")
    sheet.set_footer(f"&C{mark}Document interne&RPage &P sur &N")
    sheet.hide_gridlines(2)


def page(digest: Digest) -> Page:
    """The night as a page: what each list is for, and its lines."""
    counts = tuple(f"{LISTS[code]} : {counted(len(digest.of(code)), 'ligne')}" for code in LISTS)
    doubted = sum(line.to_confirm for line in digest.lines)
    facts = (("Bailleur", digest.landlord_name), ("Situation au", day(digest.as_of)))
    return Page(
        title="Échéances de la loi",
        subtitle=f"Droits en jeu, listes légales et dates à venir au soir du {day(digest.as_of)}",
        facts=(*facts, (f"{TO_CONFIRM.capitalize()}", counted(doubted, "ligne"))),
        sections=(
            Section("Ce qu'il y a cette nuit", (Bullets(counts),), is_chapter=True),
            *(_section(code, digest) for code in LISTS),
        ),
        as_of=digest.as_of,
        is_synthetic=digest.is_synthetic,
        footer="Vigie Bail · Document interne",
    )


def _section(code: str, digest: Digest) -> Section:
    lines = digest.of(code)
    rows = tuple(
        (line.lease_id, _when(line), line.management_unit, euros(line.legal_cents), f"{line.why}\n{line.reference}")
        for line in lines
    )
    heads = ("Bail", "Date", "Unité", "Dette exigible", "Pourquoi")
    table = Table(f"{LISTS[code]} : {counted(len(lines), 'ligne')}", heads, "lllrl", rows)
    return Section(LISTS[code], (HELP[code], table if lines else NOTHING), is_chapter=True)


def _when(line: Line) -> str:
    told = day(line.due_on) if line.due_on else "sans attendre" if line.is_since else "sans date"
    return f"{told}\n{TO_CONFIRM}" if line.to_confirm else told
