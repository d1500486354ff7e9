"""What happened month by month, for a table and the picture drawn from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from riskmodel.coordination import counting
from riskmodel.coordination.grids import Cell, Grid
from riskmodel.coordination.known import Known
from riskmodel.documents.axes import month_label
from riskmodel.explain.months import month_of, shift


@dataclass(frozen=True)
class Months:
    """Each month of the pack's days, and by name how many of something there were in each."""

    labels: tuple[str, ...]
    series: Mapping[str, tuple[int, ...]]


def by_month(known: Known) -> Months:
    """Referrals proposed, measures begun, measures ended."""
    first, last = month_of(known.span.first), month_of(known.span.last)
    months = [first]
    while months[-1] < last:
        months.append(shift(months[-1], 1))
    days: dict[str, list[date | None]] = {
        "Orientations proposées": [one.proposed_on for one in known.now if known.within(one.proposed_on)],
        "Mesures commencées": [one.measure.starts_on for one in counting.started(known) if one.measure],
        "Mesures terminées": [one.measure.ended_on for one in counting.ended(known) if one.measure],
    }
    return Months(tuple(map(month_label, months)), {name: _counted(found, months) for name, found in days.items()})


def _counted(days: Iterable[date | None], months: list[str]) -> tuple[int, ...]:
    found = [month_of(day) for day in days if day]
    return tuple(found.count(month) for month in months)


def table(known: Known) -> Grid:
    """One row a month, and their sum."""
    found = by_month(known)
    rows: tuple[tuple[Cell, ...], ...] = tuple(zip(found.labels, *found.series.values(), strict=True))
    sums: tuple[Cell, ...] = ("Ensemble", *(sum(values) for values in found.series.values()))
    return Grid("Mois", "Nombre dans chaque mois", ("Mois", *found.series), (*rows, sums), has_total=True)
