"""The tables of a pack of indicators: by month, by unit, along the path of helps; shares are out of a hundred.

Units stand by their code, which leaves room for figures: plots and headings have their names.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from riskmodel.coordination.grids import Cell, Grid
from riskmodel.coordination.indicators.figures import REFERRED_DAYS, SPOKEN_DAYS, Figures, last_day, middle, share, within
from riskmodel.coordination.indicators.ledger import Default, Stock
from riskmodel.coordination.indicators.words import ACTS, DEFINITIONS, REFERENCES, STAGES
from riskmodel.coordination.tables import ALL
from riskmodel.documents.axes import month_label
from riskmodel.documents.french import day

_OWED = (
    *("Ménages", "En impayé", "% en impayé", "3 mois et plus", "% 3 mois", "12 mois et plus", "% 12 mois"),
    *("Gelées", "Dette réclamable (€)"),
)
_UNIT = "Unité"
Day = Callable[[Default], date | None]


def months(found: Figures) -> Grid:
    """Debts at the end of each month, the one before the first included; the day is said where it is not the month's last."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_ended(found, month), *_owed(found.stock(month))) for month in (found.span.before, *found.span.months)
    )
    return Grid("Impayés par mois", "Impayés au dernier soir de chaque mois", ("Mois", *_OWED), rows)


def _ended(found: Figures, month: str) -> str:
    on = found.read_on[month]
    return month_label(month) if on == last_day(month) else f"{month_label(month)} (au {day(on)})"


def units(found: Figures) -> Grid:
    """Debts of each unit at the end of the newest month, and their sum."""
    stocks = found.stocks[found.span.month]
    rows: list[tuple[Cell, ...]] = [(unit, *_owed(stocks.get(unit, Stock()))) for unit in found.units]
    total: tuple[Cell, ...] = (ALL, *_owed(found.stock(found.span.month)))
    caption = f"Impayés au {day(found.read_on[found.span.month])}, par unité de gestion"
    return Grid("Impayés par unité", caption, (_UNIT, *_OWED), (*rows, total), has_total=True)


def _owed(stock: Stock) -> tuple[Cell, ...]:
    parts = (stock.owing, stock.three_months, stock.twelve_months)
    counted = (cell for part in parts for cell in (part, share(part, stock.households)))
    return stock.households, *counted, stock.frozen, (Decimal(stock.claimable_cents) / 100).quantize(Decimal("0.01"))


def acts_by_month(found: Figures) -> Grid:
    """Acts of each of the twelve months, and their sum."""
    rows: list[tuple[Cell, ...]] = [
        (month_label(month), *(found.done(act, [month]) for act in ACTS)) for month in found.span.months
    ]
    total: tuple[Cell, ...] = (ALL, *(found.done(act, found.span.months) for act in ACTS))
    return Grid("Actes par mois", "Ménages par acte et par mois", ("Mois", *ACTS.values()), (*rows, total), has_total=True)


def acts_by_unit(found: Figures, spoken: str, wanted: Sequence[str]) -> Grid:
    """Acts of each unit over some months, `spoken` in the caption."""
    rows: list[tuple[Cell, ...]] = [(unit, *(found.only(unit).done(act, wanted) for act in ACTS)) for unit in found.units]
    total: tuple[Cell, ...] = (ALL, *(found.done(act, wanted) for act in ACTS))
    head = (_UNIT, *ACTS.values())
    return Grid(f"Actes, {spoken}", f"Ménages par acte, {spoken}, par unité", head, (*rows, total), has_total=True)


def path(found: Figures) -> Grid:
    """Households that came to each stage, out of those flagged and of those at the stage before."""
    counts = [sum(one.has(stage) for one in found.reached) for stage in STAGES]
    before = [counts[0], *counts]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, count, share(count, counts[0]), share(count, last))
        for label, count, last in zip(STAGES.values(), counts, before, strict=False)
    )
    headers = ("Étape", "Ménages", "% des signalés", "% de l'étape d'avant")
    return Grid("Parcours", "Ménages signalés dans les douze mois, et jusqu'où ils sont allés", headers, rows)


def path_by_unit(found: Figures) -> Grid:
    """The same counts, unit by unit."""
    rows: list[tuple[Cell, ...]] = [(unit, *_stages(found.only(unit))) for unit in found.units]
    head = (_UNIT, *STAGES.values())
    return Grid("Parcours par unité", "Ménages par étape et par unité", head, (*rows, (ALL, *_stages(found))), has_total=True)


def _stages(found: Figures) -> tuple[int, ...]:
    return tuple(sum(one.has(stage) for one in found.reached) for stage in STAGES)


def spoken(found: Figures) -> Grid:
    """How soon a default was followed by an exchange by word of mouth."""
    return _delays(
        found, "Premier échange", "Du premier impayé au premier échange de vive voix", SPOKEN_DAYS, lambda one: one.spoken_on
    )


def referred(found: Figures) -> Grid:
    """How soon a default was followed by a referral to the benefit office or to the commission."""
    caption = "Du premier impayé au signalement à la CAF ou à la MSA, ou à la saisine de la CCAPEX"
    return _delays(found, "Saisine", caption, REFERRED_DAYS, lambda one: one.referred_on)


def _delays(found: Figures, name: str, caption: str, limits: tuple[int, ...], on: Day) -> Grid:
    rows: list[tuple[Cell, ...]] = [(unit, *_delay(found.only(unit).followed(limits[-1]), limits, on)) for unit in found.units]
    total: tuple[Cell, ...] = (ALL, *_delay(found.followed(limits[-1]), limits, on))
    counted = (head for limit in limits for head in (f"Sous {limit} j", f"% {limit} j"))
    return Grid(name, caption, (_UNIT, "Premiers impayés", *counted, "Médiane (jours)"), (*rows, total), has_total=True)


def _delay(defaults: Sequence[Default], limits: tuple[int, ...], on: Day) -> tuple[Cell, ...]:
    counts = (within(defaults, on, limit) for limit in limits)
    counted = (cell for count in counts for cell in (count, share(count, len(defaults))))
    return len(defaults), *counted, middle(defaults, on, limits[-1])


def hearings(found: Figures) -> Grid:
    """Households spoken with, and met, before their hearing."""
    rows: list[tuple[Cell, ...]] = [(unit, *_heard(found.only(unit))) for unit in found.units if found.only(unit).heard()]
    head = (_UNIT, "Audiences", "Joints de vive voix", "% joints", "Rencontrés", "% rencontrés")
    caption = "Ménages joints ou rencontrés entre l'assignation et l'audience"
    return Grid("Avant l'audience", caption, head, (*rows, (ALL, *_heard(found))) if rows else (), has_total=bool(rows))


def _heard(found: Figures) -> tuple[Cell, ...]:
    every = found.heard()
    counts = (sum(one.is_spoken for one in every), sum(one.is_met for one in every))
    return len(every), *(cell for count in counts for cell in (count, share(count, len(every))))


def references(found: Figures) -> Grid:
    """Published figures beside the landlord's own."""
    now = found.stock(found.span.month)
    rows: list[tuple[Cell, ...]] = []
    for one in REFERENCES:
        part = found.done(one.figure, found.span.months) if one.figure in ACTS else getattr(now, one.figure)
        own = (Decimal(100 * part) / now.households).quantize(Decimal("0.01")) if now.households else None
        rows.append((one.label, part, own, one.per_hundred, one.source))
    headers = ("Indicateur", "Ménages", "Ici, %", "Repère, %", "Source du repère")
    return Grid("Repères", "À côté des repères publiés, en ménages pour cent", headers, tuple(rows))


def definitions() -> Grid:
    """What every figure counts."""
    rows = tuple((one.label, one.text, one.source) for one in DEFINITIONS)
    return Grid("Définitions", "Ce que compte chaque chiffre", ("Indicateur", "Ce qu'il compte", "D'où il vient"), rows)
