"""Pictures of indicators, each beside its table and told in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from riskmodel.coordination.indicators.figures import Figures, share
from riskmodel.coordination.indicators.ledger import Stock
from riskmodel.coordination.indicators.words import ACTS, STAGES
from riskmodel.coordination.plots import INK, PALE, blank, finished, lines
from riskmodel.documents.axes import month_label
from riskmodel.documents.french import decimal
from riskmodel.documents.page import Plot

_SHARES = {"En impayé": "owing", "3 mois et plus": "three_months", "12 mois et plus": "twelve_months"}
_DRAWN = ("payment_order", "summons", "lease_terminated")


def owed(found: Figures) -> Plot:
    """Month by month, shares of households late, by three months and by twelve."""
    months = (found.span.before, *found.span.months)
    series = {label: [_of(found.stock(month), name) for month in months] for label, name in _SHARES.items()}
    ends = " ; ".join(f"{label} : {_said(values[0])} puis {_said(values[-1])} pour cent" for label, values in series.items())
    heights = {label: list(map(float, values)) for label, values in series.items()}
    drawn = lines([month_label(month) for month in months], heights, "Ménages pour cent")
    return Plot(drawn, "Ménages en impayé, pour cent, au dernier soir de chaque mois", f"{ends}. Le tableau donne chaque mois.")


def _of(stock: Stock, name: str) -> Decimal:
    return share(getattr(stock, name), stock.households) or Decimal(0)


def _said(value: Decimal) -> str:
    return decimal(value, 1)


def acts(found: Figures) -> Plot:
    """Month by month, the three acts that mark a procedure."""
    series = {ACTS[act]: [found.done(act, [month]) for month in found.span.months] for act in _DRAWN}
    drawn = lines([month_label(month) for month in found.span.months], series, "Ménages dans le mois")
    told = " ; ".join(f"{label} : {sum(values)} en tout" for label, values in series.items())
    return Plot(drawn, "Commandements, assignations et résiliations de chaque mois", f"{told}. Le tableau donne chaque mois.")


def units(found: Figures) -> Plot:
    """Unit by unit, the share of households late."""
    stocks = found.stocks[found.span.month]
    shares = {found.unit(unit): _of(stocks.get(unit, Stock()), "owing") for unit in found.units}
    return _bars(shares, "Ménages en impayé, pour cent, par unité de gestion", "Ménages pour cent", 1)


def path(found: Figures) -> Plot:
    """Stage by stage, how many households came so far."""
    counts = {label: sum(one.has(stage) for one in found.reached) for stage, label in STAGES.items()}
    return _bars(counts, "Des signalés aux aides qui finissent bien", "Ménages", 0)


def _bars(values: Mapping[str, Decimal | int], title: str, axis: str, digits: int) -> Plot:
    figure, axes = blank(len(values))
    heights: Sequence[float] = [float(value) for value in values.values()]
    axes.barh(range(len(values)), heights, height=0.6, color=PALE, hatch="///", edgecolor=INK, linewidth=0.7)
    for rank, value in enumerate(values.values()):
        axes.annotate(f" {decimal(value, digits)}", (float(value), rank), va="center", fontsize=8, color=INK)
    said = " ; ".join(f"{label} : {decimal(value, digits)}" for label, value in values.items())
    return Plot(finished(figure, axes, list(values), axis), title, f"{said}.")
