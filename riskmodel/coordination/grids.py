"""A table kept as values: written once as a table of a page, once as a sheet where figures are figures."""

from dataclasses import dataclass
from datetime import date

from riskmodel.documents.french import day, integer
from riskmodel.documents.page import Block, Bullets, Page, Plot, Section, Table

Cell = str | int | date | None
BLANK = ""
"""A cell to write in by hand: a dash would stand for « none »."""


@dataclass(frozen=True)
class Grid:
    """`name` is its sheet's, unique in a pack; the last row stands out when it sums the others (`has_total`)."""

    name: str
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False

    @property
    def align(self) -> str:
        """A letter a column: figures to the right."""
        return "".join("r" if self.is_figure(place) else "l" for place in range(len(self.headers)))

    def is_figure(self, place: int) -> bool:
        """Whether a column holds counts and nothing else."""
        cells = [row[place] for row in self.rows if row[place] is not None]
        return bool(cells) and all(isinstance(cell, int) for cell in cells)

    def table(self) -> Table:
        """The same as a table of a page."""
        rows = tuple(tuple(_said(cell) for cell in row) for row in self.rows)
        strong = frozenset({len(rows) - 1}) if self.has_total else frozenset()
        return Table(self.caption, self.headers, self.align, rows, strong)


Part = str | Bullets | Grid | Plot


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it; a chapter that opens a sheet of paper may be handed over alone."""

    title: str
    parts: tuple[Part, ...]
    opens_sheet: bool = False


@dataclass(frozen=True)
class Pack:
    """A meeting's pack: its head, its agenda and figures."""

    kind: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    as_of: date
    is_synthetic: bool
    footer: str

    def page(self) -> Page:
        """The pack as a page, for HTML and PDF."""
        sections = tuple(
            Section(chapter.title, tuple(_block(part) for part in chapter.parts), chapter.opens_sheet)
            for chapter in self.chapters
        )
        return Page(self.title, self.subtitle, self.facts, sections, self.as_of, self.is_synthetic, self.footer)

    def grids(self) -> list[Grid]:
        """Its tables, in order."""
        return [part for chapter in self.chapters for part in chapter.parts if isinstance(part, Grid)]


def _block(part: Part) -> Block:
    return part.table() if isinstance(part, Grid) else part


def _said(cell: Cell) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, int):
        return integer(cell)
    return day(cell) if isinstance(cell, date) else cell
