"""The demo ERP's own files: which column tells when a row became known, and which values were still blank before their day.

Dates, decimals and encoding stay the vendor's (Windows-1252, `;`, CRLF, dd/mm/yyyy, decimal comma).
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ENCODING = "cp1252"
LEASE = "NO_CPTE"
DWELLING = "NO_LOGT"
DEPOSITS = {"7010", "7020", "7030"}
"""Operation codes of the deposit account, left out of the ERP's balances."""

Row = dict[str, str]


@dataclass(frozen=True)
class File:
    """One file of the extract. `known` names the columns that date a row, best first; none means "as soon as its lease".
    `masked` maps a column to the date column that reveals it and to the value it held until then."""

    name: str
    table: str
    known: tuple[str, ...] = ()
    masked: dict[str, tuple[str, str]] = field(default_factory=dict, hash=False)


def _blank_until(*columns: str) -> dict[str, tuple[str, str]]:
    return {column: (column, "") for column in columns}


DWELLINGS = File("PATLOG.TXT", "dwellings")
LEASES = File(
    "CONTRAT.TXT",
    "leases",
    ("DT_SIGN", "DT_ENTREE"),
    {"CD_SITU": ("DT_RESIL", "1"), **_blank_until("DT_SORTIE", "DT_RESIL")},
)
"""An `occupant sans titre` (5) was a `locataire en titre` (1) until the lease was terminated."""
ENTRIES = File("MVTCPT.TXT", "entries", ("DT_COMPTA",))
BALANCES = File("SOLDES.TXT", "balances")
FILES = (
    DWELLINGS,
    LEASES,
    ENTRIES,
    File("AIDELOG.TXT", "benefits", ("DT_INFO",)),
    File("ACTIONS.TXT", "contacts", ("DT_SAISIE", "DT_ACTION")),
    File("DEMANDES.TXT", "obligations", ("DT_ENVOI",), _blank_until("DT_RELANCE", "DT_RETOUR")),
    File("PLANAP.TXT", "plans", ("DT_SIGN",), {"CD_FIN": ("DT_FIN", ""), **_blank_until("DT_FIN")}),
    File("CONTENTX.TXT", "procedures", ("DT_SAISIE", "DT_ETAPE")),
    File("SURENDET.TXT", "overindebtedness", ("DT_BDF",)),
    File("PERSONNE.TXT", "tenants", (), _blank_until("DT_DECES", "DT_OPPOSITION", "DT_DEPART")),
    BALANCES,
)
"""In the order of the contract's tables."""


def rows(folder: Path, file: File) -> Iterator[Row]:
    """Rows of one file of an extract, as text."""
    with (folder / file.name).open(encoding=ENCODING, newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";", quoting=csv.QUOTE_NONE)


def text(found: Iterable[Row]) -> bytes:
    """Rows in the ERP's own form, header first."""
    found = list(found)
    lines = [";".join(found[0]), *(";".join(row.values()) for row in found)]
    return ("\r\n".join(lines) + "\r\n").encode(ENCODING)


def day(value: str) -> date:
    """A dd/mm/yyyy date; an empty one is before everything."""
    if not value:
        return date.min
    return date(int(value[6:]), int(value[3:5]), int(value[:2]))


def cents(value: str) -> int:
    """An amount with a decimal comma, in cents; empty is 0."""
    return int(value.replace(",", "")) if value else 0


def euros(amount: int) -> str:
    """Cents as the ERP writes them: `1234,56`."""
    return f"{'-' * (amount < 0)}{abs(amount) // 100},{abs(amount) % 100:02d}"


def owed(entry: Row) -> int:
    """What an entry adds to the household's debt, in cents: debit less credit."""
    return cents(entry["DEBIT"]) - cents(entry["CREDIT"])
