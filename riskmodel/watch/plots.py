"""Pictures of the month, as SVG: readable in black and white, French labels, each drawn from a table that stands beside it."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from riskmodel.documents.pictures import svg

INK, SOFT, BAND = "#1B2A38", "#9AA5B1", "#E3E7EB"
WIDTH = 6.9
Interval = tuple[str, float, float, float]
"""Label, value, low, high."""


def forest(lines: Sequence[Interval], limits: tuple[float, float], axis: str) -> str:
    """Ratios with their intervals, one a line, on a scale where a half and a double are as far from 1; the declared limits as a
    grey band."""
    figure, axes = _blank(len(lines))
    axes.axvspan(*limits, color=BAND, zorder=0)
    axes.axvline(1, color=INK, linewidth=0.8, zorder=1)
    axes.set_xscale("log")
    for rank, (_, value, low, high) in enumerate(lines):
        axes.plot([max(low, 0.21), min(high, 4.7)], [rank, rank], color=INK, linewidth=1.4, zorder=2)
        axes.plot(min(max(value, 0.21), 4.7), rank, "o", color="white", markeredgecolor=INK, markersize=5.5, zorder=3)
    axes.set_xlim(0.2, 5)
    axes.xaxis.set_major_locator(FixedLocator([0.25, 0.5, limits[0], 1, limits[1], 2, 4]))
    axes.xaxis.set_minor_locator(NullLocator())
    return _named(figure, axes, [line[0] for line in lines], axis)


def shares(lines: Sequence[Interval], axis: str) -> str:
    """Shares between 0 and 1 with their intervals, one a line."""
    figure, axes = _blank(len(lines))
    for rank, (_, value, low, high) in enumerate(lines):
        axes.plot([low, high], [rank, rank], color=INK, linewidth=1.4)
        axes.plot(value, rank, "s", color="white", markeredgecolor=INK, markersize=5)
    axes.set_xlim(0, min(1.0, 1.1 * max((line[3] for line in lines), default=1.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f}\u00a0%"))
    return _named(figure, axes, [line[0] for line in lines], axis, is_percent=True)


def bars(lines: Sequence[tuple[str, float, float]], marks: Sequence[tuple[float, str]], axis: str) -> str:
    """One bar a line with, as a tick, what chance alone would give; `marks` are named vertical limits."""
    figure, axes = _blank(len(lines))
    for rank, (_, value, chance) in enumerate(lines):
        axes.barh(rank, value, height=0.55, color=SOFT, edgecolor=INK, linewidth=0.7, hatch="///")
        axes.plot([chance, chance], [rank - 0.38, rank + 0.38], color=INK, linewidth=2)
    for place, name in marks:
        axes.axvline(place, color=INK, linewidth=0.9, linestyle="--")
        axes.annotate(name, (place, -0.72), ha="center", va="bottom", fontsize=8, color=INK, annotation_clip=False)
    axes.set_xlim(0, 1.25 * max([*(line[1] for line in lines), *(place for place, _ in marks)]))
    return _named(figure, axes, [line[0] for line in lines], axis)


def _blank(lines: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, 0.7 + 0.245 * max(lines, 1)), layout="constrained")
    return figure, figure.subplots()


def _named(figure: Figure, axes: Axes, names: Sequence[str], axis: str, *, is_percent: bool = False) -> str:
    axes.set_yticks(range(len(names)), names, fontsize=8.5)
    axes.set_ylim(len(names) - 0.4, -0.75)
    axes.set_xlabel(axis, fontsize=8.5)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.tick_params(axis="y", length=0)
    if not is_percent:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}".replace(".", ",")))
    axes.spines[["top", "right", "left"]].set_visible(False)
    return svg(figure)
