"""The page and the letter that a household receives: what was seen, what was not used, its rights, who helps. Never a score."""

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import typst

from riskmodel import REPOSITORY
from riskmodel.documents.french import typeset
from riskmodel.documents.page import SYNTHETIC, each_text

TEMPLATE = REPOSITORY / "reports" / "lettre-menage.typ"
TEXTS = REPOSITORY / "reports" / "lettre-menage.toml"
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True)
class Letter:
    """What is said to one household: `head` opens what was seen, `seen` are dated facts as sentences, `standing` what it already
    asked for. `names` and `address` are empty on a page that is shown without them."""

    landlord: str
    unit: str
    lease_id: str
    written_on: date
    head: str
    seen: tuple[str, ...]
    standing: tuple[str, ...]
    is_synthetic: bool
    names: tuple[str, ...] = ()
    address: tuple[str, ...] = ()


@cache
def words() -> dict[str, Any]:
    """The fixed texts, which a jurist can read and correct in reports/."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def spoken(day: date) -> str:
    """A date as people write it in a letter: 1er septembre 2026."""
    return f"{'1er' if day.day == 1 else day.day}\u00a0{MONTHS[day.month - 1]} {day.year}"


def plain(letter: Letter) -> dict[str, Any]:
    """The letter as texts in French typography: what the page and the PDF both show."""
    said = {
        "landlord": letter.landlord,
        "unit": letter.unit,
        "lease": letter.lease_id,
        "date": spoken(letter.written_on),
        "head": letter.head,
        "seen": letter.seen,
        "standing": letter.standing,
        "synthetic": SYNTHETIC if letter.is_synthetic else "",
        "names": letter.names,
        "address": letter.address,
        "words": {name: text for name, text in words().items() if name not in ("faits", "contacts", "demandes")},
    }
    return dict(each_text(said, typeset))


def pdf(letter: Letter) -> bytes:
    """One A4 page (PDF/UA-1); the same letter gives the same bytes."""
    day = letter.written_on
    rendered: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"lettre": json.dumps(plain(letter), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return rendered
