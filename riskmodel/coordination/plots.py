"""Pictures of a pack, each drawn from a table that stands beside it and told in words."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import shorten

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from riskmodel.coordination import counting, tables
from riskmodel.coordination.counting import OPEN
from riskmodel.coordination.known import Known
from riskmodel.coordination.months import by_month
from riskmodel.documents.page import Plot
from riskmodel.documents.pictures import svg

INK, SOFT, PALE, BAND = "#1B2A38", "#9AA5B1", "#D5DBE1", "#E3E7EB"
WIDTH = 6.9
FILLS: Sequence[tuple[str, str]] = (("#FFFFFF", ""), ("#FFFFFF", "...."), (PALE, "///"), (SOFT, ""), (INK, ""))
"""Ground and hatching of each open stage, told apart without colour."""
LOOKS: Sequence[tuple[str, str]] = (("-", "o"), ("--", "s"), (":", "^"))
SHORT = 46
DELAYS = "Jours : médiane (barre) et délai prévu (trait)"


def stages(known: Known) -> Plot | None:
    """Open referrals by scheme, one bar each, in as many pieces as stages."""
    grid = tables.stages(known)
    return _stacked("Orientations ouvertes par dispositif et par étape", [row for row in grid.rows[:-1] if _open(row)])


def units(known: Known) -> Plot | None:
    """Open referrals by unit."""
    grid = tables.units(known)
    return _stacked("Orientations ouvertes par unité de gestion et par étape", [row for row in grid.rows[:-1] if _open(row)])


def _open(row: Sequence[object]) -> int:
    return sum(cell for cell in row[1 : 1 + len(OPEN)] if isinstance(cell, int))


def _stacked(title: str, rows: Sequence[Sequence[object]]) -> Plot | None:
    if not rows:
        return None
    figure, axes = blank(len(rows), legend=0.35)
    left = [0] * len(rows)
    for place, stage in enumerate(OPEN):
        values = [_whole(row[place + 1]) for row in rows]
        ground, hatch = FILLS[place]
        axes.barh(
            range(len(rows)), values, left=left, height=0.6, color=ground, hatch=hatch, edgecolor=INK, linewidth=0.7, label=stage
        )
        left = [before + value for before, value in zip(left, values, strict=True)]
    figure.legend(loc="outside upper center", ncols=len(OPEN), fontsize=7.5, frameon=False, handlelength=1.6)
    said = " ; ".join(f"{row[0]} : {_told(row)}" for row in rows)
    return Plot(finished(figure, axes, [str(row[0]) for row in rows], "Orientations ouvertes"), title, f"{said}.")


def _told(row: Sequence[object]) -> str:
    found = [f"{stage.lower()} {row[place]}" for place, stage in enumerate(OPEN, start=1) if row[place]]
    return ", ".join(found)


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def places(known: Known) -> Plot | None:
    """How full each line is, where the least is left of it."""
    bound = [(line, pair) for line in known.seats.lines if (pair := line.tightest)]
    if not bound:
        return None
    figure, axes = blank(len(bound))
    for rank, (_, (used, limit)) in enumerate(bound):
        axes.barh(rank, 100, height=0.6, color="#FFFFFF", edgecolor=SOFT, linewidth=0.7)
        axes.barh(rank, 100 * used / limit, height=0.6, color=PALE, hatch="///", edgecolor=INK, linewidth=0.7)
        axes.annotate(f"{used} sur {limit}", (102, rank), va="center", fontsize=8, color=INK, annotation_clip=False)
    axes.axvline(100, color=INK, linewidth=1.4)
    axes.set_xlim(0, 118)
    names = [f"{line.code} {line.year}, {known.partners[line.organisation_id]}" for line, _ in bound]
    drawn = finished(figure, axes, names, "Part utilisée de la limite la plus serrée de la ligne, sur 100")
    said = " ; ".join(f"{name} : {used} sur {limit}" for name, (_, (used, limit)) in zip(names, bound, strict=True))
    return Plot(drawn, "Lignes de financement : utilisé sur permis", f"{said}.")


def delays(known: Known) -> Iterator[Plot]:
    """Scheme by scheme, the middle delay of each step, and as an upright stroke what the scheme allows."""
    for name, grouped in groupby(counting.delays(known), key=lambda one: one.scheme.name):
        found = list(grouped)
        figure, axes = blank(len(found))
        for rank, one in enumerate(found):
            axes.barh(rank, one.median, height=0.55, color=PALE, edgecolor=INK, linewidth=0.7, hatch="///")
            axes.plot([one.step.within_days] * 2, [rank - 0.38, rank + 0.38], color=INK, linewidth=2.2)
        drawn = finished(figure, axes, [one.step.label for one in found], DELAYS)
        said = " ; ".join(f"{one.step.label} : {one.median} jours, {one.step.within_days} prévus" for one in found)
        yield Plot(drawn, f"{name} : délais", f"{said}.")


def ends(known: Known) -> Plot | None:
    """How measures ended, all schemes together."""
    found: dict[str, int] = {}
    for one in counting.ended(known):
        found[tables.end_label(one)] = found.get(tables.end_label(one), 0) + 1
    if not found:
        return None
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    figure, axes = blank(len(ordered))
    axes.barh(
        range(len(ordered)), [number for _, number in ordered], height=0.6, color=PALE, hatch="///", edgecolor=INK, linewidth=0.7
    )
    said = " ; ".join(f"{label} : {number}" for label, number in ordered)
    return Plot(
        finished(figure, axes, [label for label, _ in ordered], "Mesures terminées"), "Comment les mesures ont fini", f"{said}."
    )


def months(known: Known) -> Plot:
    """Month by month, referrals proposed, measures begun and measures ended."""
    found = by_month(known)
    drawn = lines(found.labels, found.series, "Nombre dans le mois")
    return Plot(drawn, "Orientations et mesures de chaque mois", _sums(found.series))


def lines(labels: Sequence[str], series: Mapping[str, Sequence[float]], axis: str) -> str:
    """A line a series over the same months, three at most, told apart without colour; the picture as SVG."""
    figure = Figure(figsize=(WIDTH, 2.5), layout="constrained")
    axes = figure.subplots()
    for (name, values), (dashes, mark) in zip(series.items(), LOOKS, strict=True):
        axes.plot(range(len(labels)), values, linestyle=dashes, marker=mark, color=INK, markerfacecolor="#FFFFFF", label=name)
    axes.set_xticks(range(len(labels)), labels, fontsize=8)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_ylim(bottom=0)
    axes.set_ylabel(axis, fontsize=8.5)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside upper center", ncols=3, fontsize=8, frameon=False)
    return svg(figure)


def _sums(series: Mapping[str, Sequence[int]]) -> str:
    return " ; ".join(f"{name} : {sum(values)} en tout" for name, values in series.items()) + ". Le tableau donne chaque mois."


def blank(lines: int, legend: float = 0.0) -> tuple[Figure, Axes]:
    """A figure for so many bars lying down, with room for a legend."""
    figure = Figure(figsize=(WIDTH, 0.7 + legend + 0.27 * max(lines, 1)), layout="constrained")
    return figure, figure.subplots()


def finished(figure: Figure, axes: Axes, names: Sequence[str], axis: str) -> str:
    """Bars named and measured along one axis; the picture as SVG."""
    axes.set_yticks(range(len(names)), [shorten(name, SHORT, placeholder=" …") for name in names], fontsize=8.5)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.set_xlabel(axis, fontsize=8.5)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    return svg(figure)
