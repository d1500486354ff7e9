"""A pack of indicators put together: in brief, debts, acts, the path of helps, delays, hearings, each unit, definitions."""

from collections.abc import Iterator
from dataclasses import replace

from riskmodel.coordination.grids import Chapter, Grid, Pack, Part
from riskmodel.coordination.indicators import plots, tables
from riskmodel.coordination.indicators.figures import Figures, share
from riskmodel.coordination.indicators.ledger import Stock
from riskmodel.coordination.indicators.words import KINDS, STAGES, YEAR
from riskmodel.documents.french import counted, day, decimal, euros, integer
from riskmodel.documents.page import Bullets
from riskmodel.explain.months import of

FOOTER = "Document interne au bailleur · comptes et parts, aucun ménage nommé · ne pas publier"
ORDER = "À lire en ordre de grandeur : dates, parcs et définitions diffèrent d'une source à l'autre."
INVENTED = "Données synthétiques : ni la ressemblance ni l'écart avec ces repères ne prouvent quoi que ce soit."
LATE = {"en impayé": "owing", "de trois mois et plus": "three_months", "de douze mois et plus": "twelve_months"}
SMALL = "Une part calculée sur quelques ménages varie beaucoup d'une année à l'autre : lisez le nombre d'abord."


def pack(found: Figures, whose: str, *, is_synthetic: bool) -> Pack:
    """The pack of these figures, of a landlord or of one of its units."""
    said = KINDS[found.kind]
    chapters = tuple(_chapters(found, is_synthetic=is_synthetic))
    return Pack(
        kind=found.kind,
        title=f"{said.title} : {_spoken(found)}",
        subtitle=whose,
        facts=tuple(_facts(found, said.purpose)),
        chapters=chapters,
        as_of=found.span.last,
        is_synthetic=is_synthetic,
        footer=FOOTER,
    )


def _spoken(found: Figures) -> str:
    return found.span.month[:4] if found.kind == YEAR else of(found.span.month).removeprefix("de ").removeprefix("d'")


def _facts(found: Figures, purpose: str) -> Iterator[tuple[str, str]]:
    yield "À quoi il sert", purpose
    yield "Douze mois", f"du {day(found.span.first)} au {day(found.span.last)}"
    yield (
        "Impayés et délais",
        "tels que connus au dernier soir de chaque mois, ou à la dernière livraison du mois quand elle est plus ancienne",
    )
    yield "Actes, audiences, parcours", f"tels que connus au {day(found.span.on)}"


def _chapters(found: Figures, *, is_synthetic: bool) -> Iterator[Chapter]:
    yield Chapter("En bref", (Bullets(tuple(_brief(found))),), opens_sheet=True)
    yield Chapter("Impayés", (plots.owed(found), tables.months(found), plots.units(found), tables.units(found)))
    yield Chapter("Procédures", tuple(_acts(found)))
    yield Chapter("Du signalement à l'aide", tuple(_path(found)))
    yield Chapter("Délais depuis le premier impayé", (SMALL, tables.spoken(found), tables.referred(found)))
    heard = tables.hearings(found)
    yield Chapter("Avant l'audience", (heard,) if heard.rows else ("Aucune audience dans les douze mois.",))
    if found.kind == YEAR:
        yield Chapter("Repères publiés", (ORDER, *([INVENTED] if is_synthetic else []), tables.references(found)))
    else:
        yield from (_unit(found, code) for code in found.units)
    yield Chapter("Définitions", (tables.definitions(),), opens_sheet=True)


def _brief(found: Figures) -> Iterator[str]:
    now, before = found.stock(found.span.month), found.stock(found.span.before)
    for label, name in (
        ("en impayé", "owing"),
        ("de trois mois et plus", "three_months"),
        ("de douze mois et plus", "twelve_months"),
    ):
        yield (
            f"Ménages {label} : {integer(getattr(now, name))} sur {integer(now.households)}{_rate(now, name)} ; "
            f"un an plus tôt, {integer(getattr(before, name))} sur {integer(before.households)}{_rate(before, name)}."
        )
    frozen = counted(now.frozen, "ménage")
    yield f"Dette réclamable : {euros(now.claimable_cents)} ; dettes gelées par un surendettement : {frozen}."
    yield f"Commandements de payer en douze mois : {integer(found.done('payment_order', found.span.months))}."
    flagged, helped = (sum(one.has(stage) for one in found.reached) for stage in ("flagged", "helped"))
    yield f"Ménages signalés en douze mois : {integer(flagged)}, dont {integer(helped)} avec une aide décidée."
    heard = found.heard()
    met = sum(one.is_met for one in heard)
    yield f"Audiences en douze mois : {integer(len(heard))}, dont {integer(met)} après une rencontre avec le ménage."


def _rate(stock: Stock, name: str) -> str:
    found = share(getattr(stock, name), stock.households)
    return "" if found is None else f" ({decimal(found, 1)} %)"


def _acts(found: Figures) -> Iterator[Part]:
    yield plots.acts(found)
    yield tables.acts_by_month(found)
    if found.kind != YEAR:
        yield tables.acts_by_unit(found, "dernier mois", [found.span.month])
    yield tables.acts_by_unit(found, "douze mois", found.span.months)


def _path(found: Figures) -> Iterator[Part]:
    if not found.reached:
        yield "Aucun ménage signalé sur une liste de ces douze mois."
        return
    yield f"Chaque étape est comprise dans celle d'avant : {', '.join(label.lower() for label in STAGES.values())}."
    yield plots.path(found)
    yield tables.path(found)
    yield tables.path_by_unit(found)


def _unit(found: Figures, code: str) -> Chapter:
    """One unit on sheets of paper of its own."""
    mine, title = found.only(code), f"Unité {found.unit(code)}"
    grids: list[Grid] = [tables.months(mine), tables.acts_by_month(mine)]
    return Chapter(title, tuple(replace(grid, of=title) for grid in grids), opens_sheet=True)
