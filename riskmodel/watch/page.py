"""A page that people read, built once and written twice: Markdown to publish on a site, PDF to print. Plots are pictures of the
tables beside them, so that the Markdown loses nothing."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import typst

from riskmodel import REPOSITORY
from riskmodel.documents.french import day, typeset

TEMPLATE = REPOSITORY / "reports" / "fiche.typ"
SYNTHETIC = "Données synthétiques : aucun ménage réel."


@dataclass(frozen=True)
class Table:
    """`align` has a letter a column: « l » for text, « r » for figures. A row empty but for its first cell is a heading."""

    caption: str
    headers: tuple[str, ...]
    align: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Plot:
    """A picture, and in `alt` what it shows, for whoever does not see it."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Bullets:
    """Short sentences under one another."""

    lines: tuple[str, ...]


Block = str | Bullets | Table | Plot


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """`facts` are the labelled lines at the head; `as_of` dates the page, so that the same figures give the same bytes."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    as_of: date
    is_synthetic: bool
    footer: str


def markdown(page: Page) -> str:
    """The page as Markdown, without its pictures."""
    head = [f"# {page.title}", page.subtitle, *([f"**{SYNTHETIC}**"] * page.is_synthetic)]
    head.append("\n".join(f"* **{label}** : {text}" for label, text in page.facts))
    body = [part for section in page.sections for part in (f"## {section.title}", *_marks(section))]
    return typeset("\n\n".join([*head, *body, f"_{page.footer}_"])) + "\n"


def pdf(page: Page) -> bytes:
    """The page as PDF/UA-1; the same page gives the same bytes."""
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


def _marks(section: Section) -> list[str]:
    return [_mark(block) for block in section.blocks if not isinstance(block, Plot)]


def _mark(block: Block) -> str:
    if isinstance(block, Bullets):
        return "\n".join(f"* {line}" for line in block.lines)
    return _grid(block) if isinstance(block, Table) else str(block)


def _grid(table: Table) -> str:
    rule = tuple("---:" if side == "r" else "---" for side in table.align)
    lines = [" | ".join(cell.replace("|", "/") for cell in line) for line in (table.headers, rule, *table.rows)]
    return f"**{table.caption}**\n\n" + "\n".join(f"| {line} |" for line in lines)


def _plain(page: Page) -> dict[str, Any]:
    """What the template reads: French typography put in, each block named by its kind."""
    said = asdict(page) | {"as_of": day(page.as_of), "synthetic": SYNTHETIC}
    said["sections"] = [
        {"title": section.title, "blocks": [_block(block) for block in section.blocks]} for section in page.sections
    ]
    return _typeset(said)


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, str):
        return {"kind": "text", "text": block}
    return {"kind": type(block).__name__.lower(), **asdict(block)}


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.startswith("<?xml") else typeset(value)
    if isinstance(value, dict):
        return {name: _typeset(inner) for name, inner in value.items()}
    return [_typeset(inner) for inner in value] if isinstance(value, list | tuple) else value
