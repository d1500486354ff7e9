"""Tables of a backtest report: every order at every length, strata, lead time, calibration, days, transparency, ties."""

from collections.abc import Callable

import pandas as pd

from riskmodel.backtest.evidence import CAPACITY, OPAQUE, UNSEEN, Question, lines
from riskmodel.backtest.figures import CUTS
from riskmodel.backtest.labels import STRATA
from riskmodel.backtest.wording import gap_below, hundred, named, tenths, thousandths, with_interval
from riskmodel.documents.french import counted, day, integer
from riskmodel.documents.page import Table


def lengths(question: Question, caption: str, cell: Callable[[str, str], str]) -> Table:
    """One row an order, one column a length; `cell` writes an order at a length."""
    orders = question.orders()
    headers = ("Façon de classer", *(_length(question, cut) for cut in CUTS))
    rows = tuple((_capital(named(model)), *(cell(model, cut) for cut in CUTS)) for model in orders)
    return Table(caption, headers, "l" + "r" * len(CUTS), rows, frozenset(range(len(question.models))))


def shares(question: Question, caption: str, column: str) -> Table:
    """Means over days of one share, with intervals."""
    return lengths(question, caption, lambda model, cut: with_interval(question.over_days(model, column, cut)))


def counts(question: Question, caption: str, column: str) -> Table:
    """Means over days of one count of households a Sunday."""
    means = {cut: question.mean(column, cut) for cut in CUTS}
    return lengths(question, caption, lambda model, cut: tenths(means[cut][model]))


def strata(question: Question) -> Table:
    """Early and late households apart, for the orders that matter most."""
    rows = [
        (
            f"{_capital(STRATA[stratum])} · {named(model)}",
            with_interval(question.over_days(model, "precision", stratum=stratum)),
            with_interval(question.over_days(model, "recall", stratum=stratum)),
            tenths(question.mean("events", stratum=stratum)[model]),
        )
        for stratum in ("precoce", "avance")
        for model in main(question)
    ]
    headers = ("Groupe et façon de classer", "Sur 100 signalés", "Sur 100 à qui c'est arrivé", "Événements par dimanche")
    strong = frozenset(place for place in range(len(rows)) if place % len(main(question)) < len(question.models))
    return Table("Tôt et tard, à la capacité des équipes", headers, "lrrr", tuple(rows), strong)


def leads(question: Question) -> Table:
    """Quartiles of the days before the event, for every order that has hits."""
    by_model = question.leads.set_index("model")
    there = [model for model in question.orders() if model in by_model.index]
    rows = tuple(
        (_capital(named(line.model)), tenths(line.hits), *(integer(int(days)) for days in (line.low, line.median, line.high)))
        for line in lines(by_model.loc[there].reset_index())
    )
    headers = ("Façon de classer", "Ménages trouvés", "Un quart avant", "La moitié avant", "Trois quarts avant")
    return Table("Jours entre la liste et l'événement, à la capacité", headers, "lrrrr", rows, _places(there, question))


def bands(rows: pd.DataFrame) -> Table:
    """Announced and observed, one row a band of one model."""
    shown = tuple(
        (
            f"Tranche {line.band}",
            f"{hundred(line.from_value)} à {hundred(line.to_value)}",
            hundred(line.predicted),
            f"{hundred(line.observed)}\n{hundred(line.observed_low)} à {hundred(line.observed_high)}",
            integer(int(line.n)),
            integer(int(line.events)),
        )
        for line in lines(rows)
    )
    headers = ("Tranche", "Chances annoncées, sur 100", "En moyenne", "Arrivé, sur 100", "Ménages", "Événements")
    return Table("Annoncé et arrivé, tous les dimanches ensemble", headers, "lrrrrr", shown)


def days(question: Question) -> Table:
    """One row a Sunday."""
    wide = question.at().pivot(index="as_of", columns="model", values="precision")
    about = question.at().drop_duplicates("as_of").sort_values("as_of")
    shown = [*question.models, question.rule]
    rows = tuple(
        (
            day(line.as_of.date()),
            *(integer(int(count)) for count in (line.eligible, line.events, line.unlabelled)),
            *(hundred(float(wide[model][line.as_of])) for model in shown),
        )
        for line in lines(about)
    )
    headers = ("Dimanche", "À classer", "Événements", "Sans réponse", *(_capital(named(model)) for model in shown))
    return Table("Sur 100 ménages signalés, dimanche par dimanche", headers, "lrrr" + "r" * len(shown), rows)


def transparency(question: Question) -> Table:
    """The fitted table beside each challenger, by time, then by time and household."""
    pairs = [("points" + suffix, opaque + suffix) for suffix in ("", UNSEEN) for opaque in OPAQUE]
    rows = tuple(
        (
            f"{_capital(named(model))}\n{named(opaque.removesuffix(UNSEEN))}",
            hundred(line.precision),
            hundred(line.precision_against),
            gap_below(line.difference, line.low, line.high),
            thousandths(line.average_precision),
            thousandths(line.average_precision_against),
        )
        for model, opaque in pairs
        for line in [question.against(model, opaque)]
        if line is not None
    )
    headers = (
        "Table, et en face",
        "Table, sur 100 signalés",
        "Calcul opaque",
        "Écart",
        "Précision moyenne, table",
        "calcul opaque",
    )
    return Table("Table lisible et calcul opaque, à la capacité", headers, "lrrrrr", rows)


def ties(question: Question) -> Table:
    """Worst, mean and best order of equal values at capacity."""
    means = question.at().groupby("model")[["precision_worst", "precision", "precision_best"]].mean()
    rows = tuple((_capital(named(model)), *(hundred(means[order][model]) for order in means)) for model in main(question))
    headers = ("Façon de classer", "Au pire", "En moyenne", "Au mieux")
    return Table(
        "Sur 100 ménages signalés, selon l'ordre des ex æquo", headers, "lrrr", rows, frozenset(range(len(question.models)))
    )


def _places(shown: list[str], question: Question) -> frozenset[int]:
    """Where the tables stand among the orders shown."""
    return frozenset(place for place, model in enumerate(shown) if model in question.models)


def main(question: Question) -> list[str]:
    """The orders that tell the story: tables, best rule, challenger, chance."""
    return [*question.models, question.rule, *([question.opaque] if question.opaque else []), "random"]


def _length(question: Question, cut: str) -> str:
    k = question.at(cut)["k"]
    shown = "Capacité" if cut == CAPACITY else cut.replace("%", " %")
    return f"{shown}\n{counted(round(k.mean()), 'ligne')}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
