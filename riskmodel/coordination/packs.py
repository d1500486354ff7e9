"""A pack put together: its head, its agenda, then the sections that its kind names, each of tables and the pictures of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from riskmodel.coordination import counting, lists, months, plots, tables
from riskmodel.coordination.grids import Chapter, Grid, Pack, Part
from riskmodel.coordination.kinds import KINDS, YEAR, due_before
from riskmodel.coordination.known import NOBODY, Known
from riskmodel.documents.french import day
from riskmodel.documents.page import Bullets, Plot

FOOTER = "Document interne au bailleur et à ses partenaires · codes et numéros, aucun nom · petits effectifs : ne pas publier"
ADDS_UP = "Chaque ligne tombe juste : ouvertes au début, plus proposées, moins closes, font ouvertes à la fin."
HANDED = (
    "Chaque partenaire a ses propres feuilles : ne lui remettez que les siennes. "
    "Les suites convenues se notent ensuite dans l'application."
)
NOTHING = "Rien dans la période."
STAGED = (
    "À préparer : proposées ou validées ; envoyées : le partenaire n'a pas répondu ; en contact : acceptées, jusqu'à la mesure "
    "proposée ; en mesure : mesure en cours ou bail glissé ; en veille : veille sociale ; closes : closes dans la période."
)


def pack(known: Known, whose: str, *, is_synthetic: bool) -> Pack:
    """The pack of what is known."""
    kind = KINDS[known.kind]
    first, *others = [chapter for name in kind.sections for chapter in SECTIONS[name](known)]
    opened = Chapter(first.title, first.parts, opens_sheet=True)
    return Pack(
        kind=known.kind,
        title=kind.title,
        subtitle=whose,
        facts=tuple(_facts(known)),
        chapters=(opened, *others),
        as_of=known.span.last,
        is_synthetic=is_synthetic,
        footer=FOOTER,
    )


def _facts(known: Known) -> Iterator[tuple[str, str]]:
    span, kind = known.span, KINDS[known.kind]
    yield "À quoi il sert", kind.purpose
    yield "Période", f"du {day(span.first)} au {day(span.last)}"
    yield "Connu au", f"{day(span.on)} : ce qui a été noté plus tard n'y est pas"
    names = dict.fromkeys(scheme.name for scheme, _ in known.held)
    yield "Prévue par", ", ".join(names)
    yield "Partenaires", ", ".join(_partners_of(known)) or "aucun à ce jour"
    if known.kind == YEAR:
        before = due_before([meeting for _, meeting in known.held], span.last.year)
        yield "À remettre", f"avant le {day(before)}" if before else "dans l'année qui suit"
    else:
        yield "Prochaine fois", f"vers le {day(span.next_on)}"


def _partners_of(known: Known) -> list[str]:
    """Partners that follow somebody, or are there to."""
    numbers = {one.organisation_id for one in known.now if one.organisation_id} | {
        one.organisation_id for one in known.seats.workers
    }
    return sorted(known.partners[number] for number in numbers)


def _agenda(known: Known) -> Iterator[Chapter]:
    found = counting.counts(known)
    lines = tuple(
        f"{point.text} : {found[point.count]}." if found[point.count] else f"{point.otherwise}."
        for point in KINDS[known.kind].agenda
    )
    yield Chapter(KINDS[known.kind].opening, (Bullets(lines),))


def _movement(known: Known) -> Iterator[Chapter]:
    yield Chapter("Entrées et sorties", (_filled(tables.movement(known)), ADDS_UP))


def _months(known: Known) -> Iterator[Chapter]:
    yield Chapter("Mois par mois", (plots.months(known), months.table(known)))


def _states(known: Known) -> Iterator[Chapter]:
    found = _drawn(plots.stages(known), tables.stages(known)) + _drawn(None, tables.states(known))
    yield Chapter("Où en sont les orientations", (STAGED, *found))


def _partners(known: Known) -> Iterator[Chapter]:
    yield Chapter("Par partenaire", _drawn(None, tables.partners(known)))


def _units(known: Known) -> Iterator[Chapter]:
    yield Chapter("Par unité de gestion", (STAGED, *_drawn(plots.units(known), tables.units(known))))


def _places(known: Known) -> Iterator[Chapter]:
    yield Chapter(
        "Places", _drawn(plots.places(known), lists.lines(known), "Aucune ligne de financement cette année.")
        + _drawn(None, lists.workers(known), "Aucun intervenant ce jour-là."),
    )  # fmt: skip


def _delays(known: Known) -> Iterator[Chapter]:
    found = _drawn(None, tables.delays(known), "Aucune étape faite dans la période.")
    yield Chapter("Délais", (*plots.delays(known), *found))


def _late(known: Known) -> Iterator[Chapter]:
    yield Chapter("En retard", _drawn(None, lists.late(known), "Rien n'est en retard."))


def _late_counts(known: Known) -> Iterator[Chapter]:
    yield Chapter("En retard", _drawn(None, tables.late(known), "Rien n'est en retard."))


def _coming(known: Known) -> Iterator[Chapter]:
    nothing = f"Rien d'ici le {day(known.span.next_on)}."
    yield Chapter("D'ici la prochaine fois", _drawn(None, lists.coming(known), nothing))


def _decisions(known: Known) -> Iterator[Chapter]:
    yield Chapter("À décider", _drawn(None, lists.decisions(known), "Aucune situation à présenter."))


def _ends(known: Known) -> Iterator[Chapter]:
    ended = _drawn(plots.ends(known), tables.ends(known), "Aucune mesure terminée dans la période.")
    closed = _drawn(None, tables.closed(known), "Aucune orientation close dans la période.")
    yield Chapter(
        "Mesures, et comment elles finissent", _drawn(None, tables.measures(known), "Aucune mesure en cours.") + ended + closed
    )


def _evaluations(known: Known) -> Iterator[Chapter]:
    found = _drawn(None, tables.goals(known), "Aucune évaluation rendue dans la période.")
    yield Chapter("Évaluations rendues", found + (_drawn(None, tables.actions(known)) if tables.actions(known).rows else ()))


def _situations(known: Known) -> Iterator[Chapter]:
    """One chapter a partner, on sheets of its own."""
    numbers = sorted({one.organisation_id or 0 for one in known.now if one.is_open})
    for number in numbers:
        mine = known.only(lambda one, number=number: (one.organisation_id or 0) == number)  # type: ignore[misc]
        made = _chapter(known.partners[number] if number else NOBODY, [lists.situations(mine)])
        yield replace(made, parts=(HANDED, *made.parts))


def _each_unit(known: Known) -> Iterator[Chapter]:
    made = (tables.movement, tables.stages, tables.measures, tables.ends, lists.late, lists.coming)
    for code in sorted({one.management_unit for one in known.now if one.is_open or known.within(one.told.closed_on)}):
        mine = known.only(lambda one, code=code: one.management_unit == code)  # type: ignore[misc]
        yield _chapter(f"Unité {known.unit(code)}", [make(mine) for make in made])


def _each_scheme(known: Known) -> Iterator[Chapter]:
    made = (tables.states, tables.partners, tables.units, tables.measures, tables.late)
    for scheme, _ in known.held:
        mine = known.only(lambda one, code=scheme.code: one.scheme.code == code)  # type: ignore[misc]
        yield _chapter(f"Projet : {scheme.name}", [make(mine) for make in made])


def _chapter(title: str, grids: list[Grid]) -> Chapter:
    """Tables of one unit, project or partner, on sheets of paper of their own."""
    kept = tuple(replace(grid, of=title) for grid in grids if grid.rows)
    return Chapter(title, kept or (NOTHING,), opens_sheet=True)


def _filled(grid: Grid, nothing: str = NOTHING) -> Part:
    return grid if grid.rows else nothing


def _drawn(plot: Plot | None, grid: Grid, nothing: str = NOTHING) -> tuple[Part, ...]:
    """A table under its picture; a sentence where there is nothing."""
    if not grid.rows:
        return (nothing,)
    return (plot, grid) if plot else (grid,)


SECTIONS: Mapping[str, Callable[[Known], Iterator[Chapter]]] = {
    "agenda": _agenda,
    "movement": _movement,
    "months": _months,
    "states": _states,
    "partners": _partners,
    "units": _units,
    "places": _places,
    "delays": _delays,
    "late": _late,
    "late_counts": _late_counts,
    "coming": _coming,
    "decisions": _decisions,
    "ends": _ends,
    "evaluations": _evaluations,
    "situations": _situations,
    "each_unit": _each_unit,
    "each_scheme": _each_scheme,
}
"""What a kind of pack may hold, by the name its text gives it."""
