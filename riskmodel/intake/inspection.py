"""An unknown extract looked at: its encoding, separator, columns and what each seems to hold. A person confirms."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import charset_normalizer

from riskmodel.errors import DeliveryRefused

SAMPLE = 4 << 20
"""Bytes looked at: enough lines to see every usual code, quick on a file of any size."""

MAX_CODES = 60
"""A column with no more distinct values than this is taken for a list of codes."""

SEPARATORS = (";", ",", "\t", "|")
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%y")
INSTANTS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")
MONTHS = ("%m/%Y", "%Y-%m", "%Y%m")
NUMBERS = {",": re.compile(r"[+-]?[\d \u00a0\u202f]+,\d+"), ".": re.compile(r"[+-]?\d+\.\d+")}
WHOLE = re.compile(r"[+-]?\d+")
TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?")


@dataclass(frozen=True)
class Seen:
    """What a column seems to be: `kind` (date, datetime, month, amount, code, integer, identifier, time, text, empty), its form,
    the share of lines that fill it, and its most frequent values (codes only: anything else may be personal)."""

    header: str
    kind: str
    form: str
    filled: float
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Inspection:
    """What a file seems to be."""

    file: str
    encoding: str
    separator: str
    lines: int
    columns: tuple[Seen, ...]


def inspect(path: Path) -> Inspection:
    """Look at the beginning of a CSV file; raises DeliveryRefused when it has no header and line to look at."""
    sample = path.read_bytes()[:SAMPLE] if path.stat().st_size <= SAMPLE else _start(path)
    encoding = _encoding(sample)
    text = sample.decode(encoding, "replace").lstrip("\ufeff").splitlines()
    if len(text) < 2:
        raise DeliveryRefused(f"{path.name} : une ligne d'en-tête et une ligne au moins sont attendues pour proposer un profil.")
    separator = max(SEPARATORS, key=text[0].count)
    header, *rows = list(csv.reader(text, delimiter=separator))
    rows = [row for row in rows if len(row) == len(header)]
    columns = tuple(_column(name.strip(), [row[rank].strip() for row in rows]) for rank, name in enumerate(header))
    return Inspection(path.name, encoding, separator, len(rows), columns)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SAMPLE).rpartition(b"\n")[0]


def _encoding(sample: bytes) -> str:
    """UTF-8 when it decodes (other encodings practically never do); else what the Windows and French world writes."""
    for encoding in ("utf-8", "cp1252"):
        try:
            sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    best = charset_normalizer.from_bytes(sample[:200_000]).best()
    return best.encoding if best else "iso-8859-15"


def _column(header: str, values: list[str]) -> Seen:
    filled = [value for value in values if value]
    distinct = Counter(filled)
    kind, form = _kind(list(distinct), len(filled))
    codes = tuple(value for value, _ in distinct.most_common()) if kind == "code" else ()
    return Seen(header, kind, form, len(filled) / len(values) if values else 0.0, codes)


def _kind(distinct: list[str], filled: int) -> tuple[str, str]:
    if not distinct:
        return "empty", ""
    for kind, forms in (("datetime", INSTANTS), ("date", DATES), ("month", MONTHS)):
        for form in forms:
            if all(_is_written(value, form) for value in distinct):
                return kind, form
    for mark, shape in NUMBERS.items():
        if all(shape.fullmatch(value) or WHOLE.fullmatch(value) for value in distinct) and any(
            mark in value for value in distinct
        ):
            return "amount", f"séparateur décimal « {mark} »"
    if all(TIME.fullmatch(value) for value in distinct):
        return "time", "%H:%M"
    return _discrete(distinct, filled)


def _discrete(distinct: list[str], filled: int) -> tuple[str, str]:
    if len(distinct) <= MAX_CODES and filled > 3 * len(distinct) and max(map(len, distinct)) <= 20:
        return "code", f"{len(distinct)} valeur(s)"
    if len(distinct) == filled and not any(" " in value for value in distinct):
        return "identifier", "toutes différentes"
    return ("integer", "") if all(WHOLE.fullmatch(value) for value in distinct) else ("text", "")


def _is_written(value: str, form: str) -> bool:
    try:
        read = datetime.strptime(value, form)
    except ValueError:
        return False
    return 1850 <= read.year <= 2199 and read.strftime(form) == value
