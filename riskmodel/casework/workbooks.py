"""A workbook that people edited, opened without trusting it: which list it answers, and what its three answer columns hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from riskmodel.errors import DecisionRefused
from riskmodel.weekly.answers import ANSWER_HEADS, IDENTITY, IDENTITY_LINES, LEASE_HEAD
from riskmodel.weekly.frozen import TABS

LARGEST_BYTES = 5_000_000
LARGEST_UNPACKED = 60_000_000
"""A list of two hundred rows takes a hundredth of either."""
HEADS = (LEASE_HEAD, *ANSWER_HEADS.values())


@dataclass(frozen=True)
class Line:
    """What one line of a sheet answers, as it was typed: the lease, then the values of the answer columns by their head."""

    sheet: str
    number: int
    lease_id: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """Something in the workbook that cannot be recorded: where it is, what was seen and expected, what to do."""

    sheet: str
    line: int
    column: str
    value: str
    expected: str
    move: str

    def __str__(self) -> str:
        where = f"Feuille « {self.sheet} »" + (f", ligne {self.line}" if self.line else "") + f", colonne « {self.column} »"
        return f"{where} : {self.value}. Attendu : {self.expected}. {self.move}"


@dataclass(frozen=True)
class Edited:
    """`identity` holds the list and the version that the file says it was made from; None where it says nothing."""

    identity: dict[str, str | None]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def edited(content: bytes) -> Edited:
    """What a workbook says; raises DecisionRefused for what is no workbook, or one too large to be a list."""
    _weighed(content)
    try:
        with catch_warnings():
            simplefilter("ignore")  # openpyxl warns of drop-down lists that it does not write back: nothing is written back
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = {name: [tuple(line) for line in book[name].iter_rows(values_only=True)] for name in book.sheetnames}
            properties = {prop.name: str(prop.value) for prop in book.custom_doc_props.props}
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, EOFError) as fault:
        raise _unreadable() from fault
    found = [part for tab in TABS.values() for part in _sheet(tab, sheets.get(tab))]
    lines = tuple(part for part in found if isinstance(part, Line))
    return Edited(_identity(properties, sheets), lines, tuple(part for part in found if isinstance(part, Fault)))


def _weighed(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except BadZipFile as fault:
        raise _unreadable() from fault
    if len(content) > LARGEST_BYTES or unpacked > LARGEST_UNPACKED:
        raise DecisionRefused(
            f"Ce fichier pèse {len(content) / 1e6:.1f} Mo ({unpacked / 1e6:.0f} Mo ouvert), une liste n'en pèse pas "
            f"{LARGEST_BYTES / 1e6:.0f}. Repartez du fichier « liste.xlsx » de la semaine, sans y ajouter de contenu."
        )


def _unreadable() -> DecisionRefused:
    return DecisionRefused(
        "Ce fichier n'est pas un classeur .xlsx lisible. Ouvrez-le dans votre tableur, enregistrez-le au format "
        "« Classeur Excel (.xlsx) » et recommencez."
    )


def _identity(properties: dict[str, str], sheets: dict[str, list[tuple[Any, ...]]]) -> dict[str, str | None]:
    """From the workbook's properties, else from the lines of its first sheet: some programs drop properties."""
    lines = {line[0]: line[1] for sheet in list(sheets.values())[:1] for line in sheet if len(line) > 1 and line[0]}
    said = {name: properties.get(IDENTITY[name]) or lines.get(IDENTITY_LINES[name]) for name in IDENTITY}
    return {name: str(value).strip() if value else None for name, value in said.items()}


def _sheet(name: str, lines: list[tuple[Any, ...]] | None) -> Iterator[Line | Fault]:
    if lines is None:
        yield Fault(
            name, 0, LEASE_HEAD, "feuille absente", "une feuille de ce nom", "Ses lignes ne sont pas lues ; rien n'y change."
        )
        return
    heads = [str(head).strip() if head is not None else "" for head in (lines[0] if lines else ())]
    missing = [head for head in HEADS if head not in heads]
    if missing:
        for head in missing:
            yield Fault(name, 1, head, "colonne absente", "un titre de colonne inchangé", "Rétablissez le titre et recommencez.")
        return
    places = {head: heads.index(head) for head in HEADS}
    for number, line in enumerate(lines[1:], start=2):
        values = {head: _cell(line, places[head]) for head in ANSWER_HEADS.values()}
        if any(value is not None for value in values.values()):
            yield Line(name, number, str(_cell(line, places[LEASE_HEAD]) or ""), values)


def _cell(line: tuple[Any, ...], place: int) -> Any:
    value = line[place] if place < len(line) else None
    return value.strip() or None if isinstance(value, str) else value
