"""The two ways out: a PDF/UA-1 of any document, a DOCX of those that people fill in."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import typst

from riskmodel.documents.french import NO_BREAK, typeset
from riskmodel.documents.orientation.composing import compose
from riskmodel.documents.orientation.sheet import BOX, TICKED, Part, Sheet
from riskmodel.documents.orientation.texts import TEXTS
from riskmodel.documents.orientation.word import docx
from riskmodel.documents.page import SYNTHETIC, each_text
from riskmodel.errors import DocumentRefused
from riskmodel.schemes import DOCUMENTS

TEMPLATE = TEXTS / "mise-en-page.typ"
FILLED_IN = (
    "fiche_liaison",
    "grille_evaluation",
    "convention_tripartite",
    "engagement_tripartite",
    "contrat_accompagnement",
    "bilan_etape",
    "bilan_final",
    "avenant",
)
"""Documents that people fill in: they exist as DOCX too."""


def render(kind: str, facts: Mapping[str, Any]) -> bytes:
    """The document as A4 pages (PDF/UA-1); the same facts give the same bytes. Raises DocumentRefused (see `checking`)."""
    sheet = compose(kind, facts)
    day = sheet.written_on
    rendered: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEXTS),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_plain(sheet), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return rendered


def render_docx(kind: str, facts: Mapping[str, Any]) -> bytes:
    """The same document for a word processor, its boxes to be clicked. Raises DocumentRefused, also for one nobody fills in."""
    if kind not in FILLED_IN:
        choices = ", ".join(DOCUMENTS[one] for one in FILLED_IN)
        raise DocumentRefused(f"« {DOCUMENTS.get(kind, kind)} » n'existe qu'en PDF. En DOCX : {choices}.")
    return docx(_plain(compose(kind, facts)))


def _plain(sheet: Sheet) -> Any:
    """What both writers read: French typography put in, each part named by its kind."""
    chapters = [{"title": one.title, "parts": [_part(part) for part in one.parts]} for one in sheet.chapters]
    said = {name: value for name, value in asdict(sheet).items() if name not in ("chapters", "is_synthetic")}
    day = sheet.written_on.isoformat()
    return each_text(
        {**said, "written_on": day, "chapters": chapters, "synthetic": SYNTHETIC if sheet.is_synthetic else ""}, _typeset
    )


def _typeset(text: str) -> str:
    """French typography, and no box parted from the first word of its text."""
    return typeset(text).replace(f"{BOX} ", f"{BOX}{NO_BREAK}").replace(f"{TICKED} ", f"{TICKED}{NO_BREAK}")


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, str):
        return {"kind": "text", "text": part}
    said = {name: value for name, value in asdict(part).items() if name != "strong"}
    return {"kind": type(part).__name__.lower(), **said}
