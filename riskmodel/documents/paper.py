"""A page as PDF/UA-1: headings, tables and pictures are tagged, so that a screen reader follows them."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import typst

from riskmodel import REPOSITORY
from riskmodel.documents.french import day, typeset
from riskmodel.documents.page import SYNTHETIC, Block, Page, Table, each_text

TEMPLATE = REPOSITORY / "reports" / "page.typ"


def pdf(page: Page) -> bytes:
    """The page's bytes; the same page gives the same bytes."""
    made_at = datetime(page.as_of.year, page.as_of.month, page.as_of.day, tzinfo=UTC)
    rendered: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(_plain(page), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    return rendered


def _plain(page: Page) -> Any:
    """What the template reads: French typography put in, each block named by its kind."""
    said = {
        "title": page.title,
        "subtitle": page.subtitle,
        "facts": page.facts,
        "sections": [
            {"title": section.title, "chapter": section.is_chapter, "blocks": [_block(block) for block in section.blocks]}
            for section in page.sections
        ],
        "synthetic": SYNTHETIC if page.is_synthetic else "",
        "footer": f"{page.footer} · situation au {day(page.as_of)}",
    }
    return each_text(said, typeset)


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, str):
        return {"kind": "text", "text": block}
    found = {"kind": type(block).__name__.lower(), **asdict(block)}
    return found | {"strong": sorted(block.strong)} if isinstance(block, Table) else found
