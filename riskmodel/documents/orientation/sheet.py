"""A document of an orientation as plain parts; `pdf` and `word` write the same parts, so that they say the same."""

from dataclasses import dataclass
from datetime import date

from riskmodel.documents.page import Bullets, Table, Terms

BOX, TICKED = "☐", "☒"
TO_FILL = "_" * 26
"""What is left to be written by hand, by those who alone know it."""
DAY_TO_FILL = "____\u00a0/\u00a0____\u00a0/\u00a0________"


@dataclass(frozen=True)
class Choices:
    """Boxes under one another, each with its text; a box already ticked comes from a fact."""

    lines: tuple[str, ...]


Part = str | Bullets | Terms | Table | Choices


@dataclass(frozen=True)
class Chapter:
    """A heading, empty for what opens the document, and what stands under it."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Signatures:
    """`opening` says where, when and in how many originals; each signatory has a title and lines to read above its place."""

    opening: str
    signatories: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Sheet:
    """`sender` and `addressee` are lines of an address, empty where the document is not a letter; `mention` is how it is sent."""

    title: str
    subtitle: str
    mention: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    dated: str
    chapters: tuple[Chapter, ...]
    signatures: Signatures
    footer: str
    written_on: date
    is_synthetic: bool


def box(text: str, is_ticked: bool) -> str:
    """A box and its text."""
    return f"{TICKED if is_ticked else BOX} {text}"
