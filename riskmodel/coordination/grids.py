"""A table kept as values: written once as a table of a page, once as a sheet where figures are figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from riskmodel.documents.french import NO_BREAK, day, decimal, integer
from riskmodel.documents.page import Block, Bullets, Page, Plot, Section, Table

Cell = str | int | Decimal | date | None
BLANK = f"{NO_BREAK * 40}\n{NO_BREAK}"
"""A cell wide and high enough to write in by hand."""


@dataclass(frozen=True)
class Grid:
    """`name` is its sheet's; grids of one name, each `of` its own chapter, share a sheet. The last row stands out when it sums
    the others (`has_total`). On a page, a grid that `is_grouped` says the first cell of its rows once, as a heading over them."""

    name: str
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    is_grouped: bool = False
    of: str | None = None

    def is_figure(self, place: int) -> bool:
        """Whether a column holds figures, or nothing at all."""
        cells = [row[place] for row in self.rows if row[place] is not None]
        return all(isinstance(cell, int | Decimal) for cell in cells)

    def table(self) -> Table:
        """The same as a table of a page."""
        skipped = 1 if self.is_grouped else 0
        align = "".join("r" if self.is_figure(place) else "l" for place in range(len(self.headers)))
        rows, strong = self._grouped() if self.is_grouped else (self.rows, set[int]())
        strong |= {len(rows) - 1} if self.has_total else set()
        said = tuple(tuple(_said(cell) for cell in row) for row in rows)
        return Table(self.caption, self.headers[skipped:], align[skipped:], said, frozenset(strong))

    def _grouped(self) -> tuple[tuple[tuple[Cell, ...], ...], set[int]]:
        """Rows without their first cell, under headings; and which of them stand out."""
        found, strong = list[tuple[Cell, ...]](), set[int]()
        body = self.rows[:-1] if self.has_total else self.rows
        for group, rows in groupby(body, key=lambda row: row[0]):
            strong.add(len(found))
            found += [(group, *("",) * (len(self.headers) - 2)), *(row[1:] for row in rows)]
        totals = [(row[0], *row[2:]) for row in self.rows[len(body) :]]
        return (*found, *totals), strong


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
        """Its tables that have rows, in order."""
        every = [part for chapter in self.chapters for part in chapter.parts if isinstance(part, Grid)]
        return [grid for grid in every if grid.rows]

    def sheets(self) -> list[Grid]:
        """Its tables as sheets: those of chapters alike are brought together, with a first column that names the chapter."""
        found = dict[tuple[str, bool], list[Grid]]()
        for grid in self.grids():
            found.setdefault((grid.name, grid.of is not None), []).append(grid)
        return [_together(grids) if is_shared else grids[0] for (_, is_shared), grids in found.items()]


def _together(grids: list[Grid]) -> Grid:
    """One grid of many, sums left out: they would be counted twice."""
    rows = [(grid.of, *row) for grid in grids for row in (grid.rows[:-1] if grid.has_total else grid.rows)]
    first = grids[0]
    return Grid(f"{first.name}, détail", first.caption, ("Chapitre", *first.headers), tuple(rows))


def _block(part: Part) -> Block:
    return part.table() if isinstance(part, Grid) else part


def _said(cell: Cell) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, int):
        return integer(cell)
    if isinstance(cell, Decimal):
        return _decimal(cell)
    return day(cell) if isinstance(cell, date) else cell


def _decimal(value: Decimal) -> str:
    """With the digits that it was given, its thousands set apart."""
    whole, _, digits = decimal(value, max(0, -int(value.as_tuple().exponent))).partition(",")
    return f"{integer(int(whole))},{digits}" if digits else integer(int(whole))
