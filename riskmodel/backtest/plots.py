"""Pictures of a backtest as SVG: lines told apart by dashes and marks, named beside, drawn from a table that stands near."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from riskmodel.documents.pictures import svg

INK, SOFT, BAND, PLAIN = "#1B2A38", "#5B6B7A", "#C9D1D9", "#FFFFFF"
WIDTH = 7.3
MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True)
class Look:
    """How a line is told from the others without colour."""

    dashes: str | tuple[int, tuple[int, ...]]
    mark: str
    width: float
    color: str = INK
    face: str = PLAIN


LOOKS = {
    "points": Look("-", "o", 2.2, face=INK),
    "pose": Look("-", "s", 1.3),
    "rule": Look((0, (6, 3)), "^", 1.5),
    "opaque": Look((0, (1, 2)), "D", 1.5),
    "random": Look((0, (6, 2, 1, 2)), "", 1.1, SOFT),
}
"""By the part a line plays: fitted table, hand-set table, best rule, challenger, chance."""


@dataclass(frozen=True)
class Line:
    """A value a day, as a share; missing days are left out by whoever draws."""

    role: str
    name: str
    days: tuple[date, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Interval:
    """A named line of a picture: a value between two others, and where there is one a value to hold it against."""

    name: str
    value: float
    low: float
    high: float
    expected: float | None = None


def over_time(lines: Sequence[Line], axis: str) -> str:
    """One line an order through the days, its name at the right end."""
    figure = Figure(figsize=(WIDTH, 3.5), layout="constrained")
    axes = figure.subplots()
    for line in lines:
        look = LOOKS[line.role]
        (drawn,) = axes.plot([_at(day) for day in line.days], line.values, look.mark, color=look.color, markersize=5)
        drawn.set(linestyle=look.dashes, linewidth=look.width, markerfacecolor=look.face, markeredgecolor=look.color)
    _percent(axes.yaxis, axes.set_ylim, [value for line in lines for value in line.values])
    _months(axes, sorted({day for line in lines for day in line.days}))
    axes.set_ylabel(axis, fontsize=8.5)
    axes.grid(axis="y", color=BAND, linewidth=0.5)
    _ends(axes, lines)
    return _finished(figure, axes)


def intervals(lines: Sequence[Interval], axis: str, *, is_share: bool) -> str:
    """One row a line: its interval, its value as a disc, and what was expected as an upright stroke."""
    figure = Figure(figsize=(WIDTH, 0.75 + 0.29 * max(len(lines), 1)), layout="constrained")
    axes = figure.subplots()
    for rank, line in enumerate(lines):
        axes.plot([line.low, line.high], [rank, rank], color=INK, linewidth=1.5, zorder=2)
        axes.plot(line.value, rank, "o", color=PLAIN, markeredgecolor=INK, markersize=5.5, zorder=3)
        if line.expected is not None:
            axes.plot([line.expected, line.expected], [rank - 0.33, rank + 0.33], color=INK, linewidth=2.6, zorder=4)
    highest = [max(line.high, line.expected or 0) for line in lines]
    _percent(axes.xaxis, axes.set_xlim, highest) if is_share else axes.set_xlim(0, 1.06 * max(highest, default=1))
    axes.set_yticks(range(len(lines)), [line.name for line in lines], fontsize=8.5)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_xlabel(axis, fontsize=8.5)
    axes.grid(axis="x", color=BAND, linewidth=0.5)
    return _finished(figure, axes)


def boxes(days: Sequence[date], quantiles: Sequence[tuple[float, ...]], axis: str, *, is_share: bool) -> str:
    """One box a day: from the lowest tenth to the highest, the middle half thick, the middle as a stroke."""
    figure = Figure(figsize=(WIDTH, 2.5), layout="constrained")
    axes = figure.subplots()
    for day, (low, under, middle, above, high) in zip(days, quantiles, strict=True):
        axes.plot([_at(day)] * 2, [low, high], color=INK, linewidth=1)
        axes.plot([_at(day)] * 2, [under, above], color=BAND, linewidth=9, solid_capstyle="butt")
        axes.plot(_at(day), middle, "_", color=INK, markersize=13, markeredgewidth=2)
    if is_share:
        _percent(axes.yaxis, axes.set_ylim, [high for *_, high in quantiles])
    else:
        axes.set_ylim(0, 1.08 * max((high for *_, high in quantiles), default=1) or 1)
    _months(axes, list(days))
    axes.set_ylabel(axis, fontsize=8.5)
    axes.grid(axis="y", color=BAND, linewidth=0.5)
    return _finished(figure, axes)


def _ends(axes: Axes, lines: Sequence[Line]) -> None:
    """Names at the right of the last day, tied to their lines by a thin stroke."""
    first, last = (edge(_at(day) for line in lines for day in line.days) for edge in (min, max))
    beside = last + max(last - first, 1.0) * 0.05
    in_order = sorted(lines, key=lambda line: (line.values[-1], line.name))
    texts = [fill(line.name, 26) for line in in_order]
    low, high = axes.get_ylim()
    places = _apart([line.values[-1] for line in in_order], [(high - low) * 0.064 * (1 + text.count("\n")) for text in texts])
    for line, text, place in zip(in_order, texts, places, strict=True):
        stroke = {"arrowstyle": "-", "color": SOFT, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 4, "relpos": (0, 0.5)}
        end = (_at(line.days[-1]), line.values[-1])
        axes.annotate(text, end, (beside, place), fontsize=8, va="center", annotation_clip=False, arrowprops=stroke)


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles of texts in rising order, none over another, none under the axis: those that meet share the way up and down."""
    groups: list[tuple[list[float], list[float]]] = []
    for middle, height in zip(wanted, heights, strict=True):
        groups.append(([middle], [height]))
        while len(groups) > 1 and _foot(*groups[-1]) < _foot(*groups[-2]) + sum(groups[-2][1]):
            above, below = groups.pop(), groups.pop()
            groups.append((below[0] + above[0], below[1] + above[1]))
    found = []
    for middles, sizes in groups:
        foot = _foot(middles, sizes)
        found += [foot + sum(sizes[:place]) + size / 2 for place, size in enumerate(sizes)]
    return found


def _foot(middles: Sequence[float], heights: Sequence[float]) -> float:
    """Where a pile of texts begins, its middle at the mean of where they were wanted."""
    return max(sum(middles) / len(middles) - sum(heights) / 2, 0.0)


def _percent(ruler: Axis, limit: Callable[[float, float], object], values: Sequence[float]) -> None:
    """Shares read as « sur 100 », from 0 to a little over the highest."""
    limit(0, min(1.0, 1.12 * max([*values, 0.01])))
    ruler.set_major_locator(MaxNLocator(6, min_n_ticks=4))
    ruler.set_major_formatter(FuncFormatter(_hundredths))


def _hundredths(share: float, _: object) -> str:
    return f"{100 * share:.3g}".replace(".", ",")


def _months(axes: Axes, days: Sequence[date]) -> None:
    """At most seven days named under the axis, the first with its year and each that opens another."""
    shown = days[:: -(-len(days) // 7)]
    opens = {day for before, day in zip([None, *shown], shown, strict=False) if before is None or before.year != day.year}
    names = [f"{_first(day.day)} {MONTHS[day.month - 1]}" + (f"\n{day.year}" if day in opens else "") for day in shown]
    axes.set_xticks([_at(day) for day in shown], names, fontsize=8.5)


def _at(day: date) -> float:
    """Where a day stands on the axis."""
    return float(date2num(day))


def _first(number: int) -> str:
    """The first of a month is « 1er »."""
    return "1er" if number == 1 else str(number)


def _finished(figure: Figure, axes: Axes) -> str:
    axes.tick_params(labelsize=8.5)
    axes.spines[["top", "right"]].set_visible(False)
    return svg(figure)
