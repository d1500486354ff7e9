"""The axes of charts: months along the bottom, round amounts in euros up the side, for a window and for a telephone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riskmodel.documents.french import NO_BREAK, integer, typeset
from riskmodel.documents.svg import GREY, INK, PALE, rule, text

MINUS = "\u2212"
MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True)
class Format:
    """A drawing for a width of screen: `name` keeps its identifiers apart from the other's, one month in `named` has its name."""

    name: str
    width: int
    left: int
    named: int
    text: int


WIDE = Format("large", 760, 66, 2, 12)
NARROW = Format("etroit", 344, 60, 6, 11)
"""For a window, and for a telephone: the page shows one of the two."""


@dataclass(frozen=True)
class Panel:
    """One pair of axes: amounts from `low` to `high` (cents) between `top` and `bottom`, a line every `step`."""

    title: str
    top: int
    bottom: int
    low: int
    high: int
    step: int

    def y(self, cents: int) -> float:
        """Where an amount stands."""
        return self.bottom - (self.bottom - self.top) * (cents - self.low) / (self.high - self.low)


def month_label(month: str) -> str:
    """`2026-01` as « janv. 26 »."""
    return f"{MONTHS[int(month[5:]) - 1]}\u00a0{month[2:4]}"


def panel_of(title: str, top: int, bottom: int, values: Sequence[int]) -> Panel:
    """Axes that hold `values` and zero, on round amounts, five lines at most."""
    low, high = min(0, *values), max(0, *values)
    step = next(size for size in _round_amounts() if high - low <= 4 * size)
    first, last = step * (low // step), step * -(-high // step)
    return Panel(title, top, bottom, first, max(last, first + step), step)


def _round_amounts() -> Iterator[int]:
    """10 €, 20 €, 50 €, 100 €… in cents."""
    size = 1_000
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def frame(form: Format, panel: Panel) -> Iterator[str]:
    """Its title, its lines of amounts and its zero."""
    yield text(0, panel.top - 16, typeset(panel.title), form.text, weight="bold")
    for cents in range(panel.low, panel.high + 1, panel.step):
        y = panel.y(cents)
        yield rule(form.left, y, form.width, y, PALE)
        yield text(form.left - 6, y + 4, _whole(cents), form.text - 1, GREY, anchor="end")
    yield zero(form, panel)


def zero(form: Format, panel: Panel) -> str:
    """The line of zero, drawn over what stands on it."""
    return rule(form.left, panel.y(0), form.width, panel.y(0), INK, 1.5)


def _whole(cents: int) -> str:
    return f"{MINUS if cents < 0 else ''}{integer(abs(cents) // 100)}{NO_BREAK}€"


def slot(place: int, months: int, form: Format) -> tuple[float, float]:
    """Left edge and width of a month."""
    width = (form.width - form.left) / months
    return form.left + place * width, width


def names(months: Sequence[str], form: Format, y: int) -> Iterator[str]:
    """A tick a month; names counted back from the last, which always has one."""
    for place, month in enumerate(months):
        left, width = slot(place, len(months), form)
        is_named = (len(months) - 1 - place) % form.named == 0
        yield rule(left + width / 2, y, left + width / 2, y + (7 if is_named else 4), GREY)
        if is_named:
            anchor = "end" if place == len(months) - 1 else "middle"
            x = form.width if anchor == "end" else left + width / 2
            yield text(x, y + 20, month_label(month), form.text - 1, GREY, anchor=anchor)
