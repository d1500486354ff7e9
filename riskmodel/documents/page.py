"""A report as plain parts: sections of sentences, tables and pictures. `hypertext` and `paper` write the same parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

SYNTHETIC = "Données synthétiques : aucun ménage réel."


@dataclass(frozen=True)
class Table:
    """The first cell of a row names it. `align` has a letter a column, « l » for text and « r » for figures; what follows a line
    break in a cell is set in small type under the figure; the rows at `strong` stand out, and one empty but for its first cell
    is a heading."""

    caption: str
    headers: tuple[str, ...]
    align: str
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Plot:
    """A picture, its title, and in `alt` what it shows, for whoever does not see it."""

    svg: str
    title: str
    alt: str


@dataclass(frozen=True)
class Bullets:
    """Short sentences under one another."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    lines: tuple[tuple[str, str], ...]


Block = str | Bullets | Terms | Table | Plot


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; a chapter holds sections that are not chapters and opens a sheet of paper."""

    title: str
    blocks: tuple[Block, ...]
    is_chapter: bool = False


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


def each_text(value: Any, write: Callable[[str], str]) -> Any:
    """`value` (texts in tuples, lists and dictionaries) with every text passed through `write`; pictures stay as they are."""
    if isinstance(value, str):
        return value if value.lstrip().startswith(("<?xml", "<svg")) else write(value)
    if isinstance(value, dict):
        return {name: each_text(inner, write) for name, inner in value.items()}
    return [each_text(inner, write) for inner in value] if isinstance(value, list | tuple) else value
