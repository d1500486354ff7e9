"""A session in one file: its order, what each case lacks, every dossier, who sits; and the same order as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook

from riskmodel.documents import cells, paper
from riskmodel.documents.ccapex import writing
from riskmodel.documents.ccapex.checking import missing, ready
from riskmodel.documents.ccapex.facts import Dossier, Household
from riskmodel.documents.columns import Cell, Kind
from riskmodel.documents.french import counted, day, decimal, euros, typeset
from riskmodel.documents.page import SYNTHETIC, Block, Bullets, Page, Section, Table
from riskmodel.documents.printing import A4, height
from riskmodel.documents.styles import Styles

TO_TICK, SIGNED = "présent · excusé · absent", "…" * 24
"""What is left to fill in by hand."""
_HEADS: tuple[tuple[str, Kind, float], ...] = (
    ("Rang", "count", 6),
    ("Unité", "text", 10),
    ("Bail", "text", 12),
    ("Dette exigible", "money", 13),
    ("Termes nets", "text", 9),
    ("Premier impayé", "day", 12),
    ("Étape", "text", 22),
    ("Demande", "long", 40),
    ("Avis du ménage", "long", 34),
    ("Pièces manquantes", "long", 50),
)


@dataclass(frozen=True)
class Seat:
    """Who is expected, and whether they came ("" before)."""

    label: str
    state: str


@dataclass(frozen=True)
class Sitting:
    """A session to pack: cases in their order, each with its frozen facts and, where it is printed, who the household is."""

    label: str
    held_on: date
    closes_on: date
    landlord: str
    is_synthetic: bool
    cases: tuple[tuple[Dossier, Household], ...]
    seats: tuple[Seat, ...]


def packed(sitting: Sitting) -> bytes:
    """The whole session as one PDF/UA with a bookmark a dossier. Raises DocumentRefused when one of them cannot be made."""
    for said, _ in sitting.cases:
        ready(said)
    dossiers = (section for rank, case in enumerate(sitting.cases, start=1) for section in _dossier(rank, *case))
    sections = (*_order(sitting), *dossiers, _attendance(sitting))
    return paper.pdf(_page(sitting, "Séance", f"{counted(len(sitting.cases), 'dossier')} dans l'ordre de passage", sections))


def attendance(sitting: Sitting) -> bytes:
    """The attendance sheet alone, to be signed."""
    opened = replace(_attendance(sitting), is_chapter=False)
    return paper.pdf(_page(sitting, "Feuille de présence", sitting.landlord, (opened,)))


def table(sitting: Sitting) -> bytes:
    """The order as a workbook, one line a case; the same session gives the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        mark = SYNTHETIC if sitting.is_synthetic else ""
        held = datetime(sitting.held_on.year, sitting.held_on.month, sitting.held_on.day)
        book.set_properties({"title": _title(sitting), "author": "Vigie Bail", "comments": mark, "created": held})
        _sheet(book, sitting)
    return buffer.getvalue()


def _title(sitting: Sitting) -> str:
    return f"{sitting.label} du {day(sitting.held_on)}"


def _page(sitting: Sitting, title: str, subtitle: str, sections: tuple[Section, ...]) -> Page:
    return Page(
        title=f"{title}, {_title(sitting)}",
        subtitle=subtitle,
        facts=(("Bailleur", sitting.landlord), ("Clôture des saisines", day(sitting.closes_on))),
        sections=sections,
        as_of=max((date.fromisoformat(said["as_of"]) for said, _ in sitting.cases), default=sitting.held_on),
        is_synthetic=sitting.is_synthetic,
        footer=f"{sitting.landlord} · {_title(sitting)} · confidentiel",
    )


def _order(sitting: Sitting) -> tuple[Section, ...]:
    """The table that people follow, then what each case lacks."""
    rows = tuple(
        (
            str(rank),
            said["landlord"]["management_unit"],
            said["lease"]["lease_id"],
            euros(said["debt"]["legal_cents"]),
            _stage(said),
            " ; ".join(said["asks"]) or "à préciser",
        )
        for rank, (said, _) in enumerate(sitting.cases, start=1)
    )
    headers = ("Rang", "Unité", "Bail", "Dette exigible", "Étape", "Demande")
    order: Block = (
        Table("Ordre de passage", headers, "lllrll", rows) if rows else "Aucun ménage n'est encore porté à cette séance."
    )
    return (Section("Ordre du jour", (order,), is_chapter=True), Section("Pièces à compléter", tuple(_lacking(sitting))))


def _lacking(sitting: Sitting) -> Iterator[Block]:
    found = [(said, missing(said, who)) for said, who in sitting.cases]
    rows = tuple(
        (str(rank), said["lease"]["lease_id"], " ; ".join(one.label for one in lacking))
        for rank, (said, lacking) in enumerate(found, start=1)
        if lacking
    )
    yield Table("Ce qui manque à chacun", ("Rang", "Bail", "Manque"), "lll", rows) if rows else "Aucune pièce ne manque."


def _dossier(rank: int, said: Dossier, who: Household) -> Iterator[Section]:
    """A chapter: its head as lines, then its sections."""
    lines = Bullets(tuple(f"{name} : {text}" for name, text in writing.head(said)))
    yield Section(f"{rank}. Bail {said['lease']['lease_id']}", (lines,), is_chapter=True)
    yield from writing.sections(said, who)


def _attendance(sitting: Sitting) -> Section:
    rows = tuple((f"{seat.label}\n ", seat.state or TO_TICK, SIGNED) for seat in sitting.seats)
    sheet = Table("À signer en séance", ("Siège", "Présence", "Signature"), "lll", rows)
    return Section("Feuille de présence", (sheet,), is_chapter=True)


def _stage(said: Dossier) -> str:
    """The newest step of the procedure."""
    steps = sorted(said["procedure"], key=lambda one: one["on"])
    return f"{steps[-1]['label']}, {writing.day_of(steps[-1]['on'])}" if steps else "aucune"


def _sheet(book: Workbook, sitting: Sitting) -> None:
    sheet, styles = book.add_worksheet("Ordre de passage"), Styles(book)
    sheet.set_row(0, 30)
    for place, (head, _, width) in enumerate(_HEADS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, styles.header("fact"))
    for line, (said, who) in enumerate(sitting.cases, start=1):
        values = _cells(line, said, who)
        for place, (value, (_, kind, _)) in enumerate(zip(values, _HEADS, strict=True)):
            cells.write(sheet, line, place, value, styles.cell(kind))
        sheet.set_row(line, height([(str(values[place]), _HEADS[place][2]) for place in (7, 8, 9)], least=1))
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(sitting.cases), 1), len(_HEADS) - 1)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    mark = "Données synthétiques · " if sitting.is_synthetic else ""
    sheet.set_header(f"&L{sitting.landlord[:60].replace('&', '&&')}&C&B{_title(sitting)}&R{mark}confidentiel")
    sheet.set_footer("&RPage &P sur &N")


def _cells(rank: int, said: Dossier, who: Household) -> tuple[Cell, ...]:
    debt = said["debt"]
    terms, first = debt["net_terms_hundredths"], debt["first_default_on"]
    return (
        rank,
        said["landlord"]["management_unit"],
        said["lease"]["lease_id"],
        Decimal(debt["legal_cents"]) / 100,
        decimal(terms / 100, 1) if terms is not None else "",
        date.fromisoformat(first) if first else None,
        typeset(_stage(said)),
        typeset(" ; ".join(said["asks"])),
        typeset(" ; ".join(said["views"])),
        typeset(" ; ".join(one.label for one in missing(said, who))),
    )
