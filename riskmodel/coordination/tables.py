"""The tables of a pack: movement, stages by group, delays, ends, evaluations."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from riskmodel.coordination import counting
from riskmodel.coordination.counting import STAGES
from riskmodel.coordination.following import Followed
from riskmodel.coordination.grids import Cell, Grid
from riskmodel.coordination.known import Known
from riskmodel.referrals.seats import RECALLED
from riskmodel.referrals.states import STATES
from riskmodel.schemes import ACTORS, Scheme

ALL = "Ensemble"


def movement(known: Known) -> Grid:
    """By scheme, what came in and went out: the first three columns make the fourth."""
    rows: list[tuple[Cell, ...]] = [(scheme.name, *_moved(known.only(_is(scheme)))) for scheme in schemes(known)]
    headers = ("Dispositif", "Ouvertes au début", "Proposées", "Closes", "Ouvertes à la fin")
    caption = "Orientations entrées et sorties, par dispositif"
    return _summed("Mouvement", caption, headers, [row for row in rows if any(row[1:])])


def _moved(known: Known) -> tuple[int, ...]:
    found = counting.movement(known)
    return found.before, found.proposed, found.closed, found.after


def stages(known: Known) -> Grid:
    """By scheme, where open referrals stand, and those closed since the first day."""
    return _staged(known, "Dispositifs", "Où en sont les orientations, par dispositif", "Dispositif", lambda one: one.scheme.name)


def partners(known: Known) -> Grid:
    """By partner, where open referrals stand."""
    return _staged(known, "Partenaires", "Où en sont les orientations, par partenaire", "Partenaire", known.partner)


def units(known: Known) -> Grid:
    """By management unit, where open referrals stand."""
    caption = "Où en sont les orientations, par unité de gestion"
    return _staged(known, "Unités", caption, "Unité de gestion", lambda one: known.unit(one.management_unit))


def states(known: Known) -> Grid:
    """Every state with its referrals: all that were ever proposed."""
    found = Counter(one.told.state for one in known.now)
    rows = [(label.capitalize(), found[state]) for state, label in STATES.items() if found[state]]
    return _summed("États", "Toutes les orientations connues, par état", ("État", "Orientations"), rows)


def _staged(known: Known, name: str, caption: str, head: str, by: Callable[[Followed], str]) -> Grid:
    shown = [one for one in known.now if one.is_open or known.within(one.told.closed_on)]
    found = counting.stages(shown, by)
    rows: list[tuple[Cell, ...]] = [
        (group, *(found[group][stage] for stage in STAGES), sum(found[group].values())) for group in _groups(shown, by)
    ]
    return _summed(name, caption, (head, *STAGES, "Total"), rows)


def _groups(shown: list[Followed], by: Callable[[Followed], str]) -> list[str]:
    """Schemes in the order of the ladder, anything else by name."""
    rungs = {by(one): (one.scheme.rung if by(one) == one.scheme.name else 0, by(one)) for one in shown}
    return sorted(rungs, key=rungs.__getitem__)


def delays(known: Known) -> Grid:
    """By step, the days it took against those the scheme allows."""
    rows: list[tuple[Cell, ...]] = [
        (one.scheme.name, one.step.label, len(one.days), one.median, one.days[-1], one.step.within_days, one.over)
        for one in counting.delays(known)
    ]
    headers = ("Dispositif", "Étape", "Faites", "Médiane (jours)", "Plus longue", "Prévu (jours)", "Au-delà du prévu")
    return Grid(
        "Délais", "Jours entre une étape et la précédente, étapes faites dans la période", headers, tuple(rows), is_grouped=True
    )


def ends(known: Known) -> Grid:
    """By scheme and reason, how measures that had begun ended; with those that began and those that run."""
    found = Counter((one.scheme.code, end_label(one)) for one in counting.ended(known))
    names = {scheme.code: (scheme.rung, scheme.name) for scheme in schemes(known)}
    rows = [
        (names[code][1], label, number) for (code, label), number in sorted(found.items(), key=lambda e: (names[e[0][0]], e[0]))
    ]
    found_ends = _summed("Fins", "Mesures terminées dans la période, par motif", ("Dispositif", "Fin", "Mesures"), rows)
    return replace(found_ends, is_grouped=True)


def closed(known: Known) -> Grid:
    """How and why referrals were closed, with or without a measure: as many as went out."""
    order = list(STATES)
    found = sorted(counting.closed(known).items(), key=lambda entry: (order.index(entry[0][0]), entry[0][1]))
    rows: list[tuple[Cell, ...]] = [(STATES[state].capitalize(), why, number) for (state, why), number in found]
    made = _summed("Closes", "Orientations closes dans la période, par motif", ("Comment", "Pourquoi", "Orientations"), rows)
    return replace(made, is_grouped=True)


def end_label(one: Followed) -> str:
    """How a measure ended, as its scheme says it."""
    end = one.measure.end if one.measure else None
    return "fiche rappelée" if end == RECALLED else one.scheme.ends.get(end or "", end or "")


def measures(known: Known) -> Grid:
    """By scheme, measures that began, ended, and run at the end."""
    columns = [Counter(one.scheme.name for one in found) for found in _lives(known)]
    rows: list[tuple[Cell, ...]] = [
        (scheme.name, *(column[scheme.name] for column in columns)) for scheme in schemes(known) if scheme.uses_place
    ]
    kept = [row for row in rows if any(row[1:])]
    headers = ("Dispositif", "Commencées", "Prolongées", "Baux glissés", "Terminées", "En cours à la fin")
    return _summed("Mesures", "Mesures de la période, par dispositif", headers, kept)


def _lives(known: Known) -> tuple[list[Followed], ...]:
    renewed, slid = ([one for one, _ in known.moves(code)] for code in ("renew", "slide"))
    return counting.started(known), renewed, slid, counting.ended(known), counting.running(known)


def late(known: Known) -> Grid:
    """By scheme and thing to do, how many are overdue, and for how long the oldest is."""
    days = defaultdict[tuple[int, str, str, str], list[int]](list)
    for todo in counting.late(known):
        scheme = todo.one.scheme
        days[scheme.rung, scheme.name, todo.due.label, ACTORS[todo.due.who]].append(todo.days_late)
    rows: list[tuple[Cell, ...]] = [(*group[1:], len(found), max(found)) for group, found in sorted(days.items())]
    headers = ("Dispositif", "À faire", "Par", "En retard", "Le plus ancien (jours)")
    return Grid("Retards", "Étapes et bilans en retard, par dispositif", headers, tuple(rows), is_grouped=True)


def goals(known: Known) -> Grid:
    """Goals that evaluations recommend."""
    return _coded(known, "goals", "Objectifs", "Objectifs des évaluations rendues", "Objectif", lambda scheme: scheme.goals)


def actions(known: Known) -> Grid:
    """Actions that evaluations recommend."""
    return _coded(known, "actions", "Actions", "Actions des évaluations rendues", "Action", lambda scheme: scheme.actions)


def _coded(known: Known, detail: str, name: str, caption: str, head: str, labels: Callable[[Scheme], Mapping[str, str]]) -> Grid:
    """Several codes may stand in one evaluation: nothing is summed."""
    found = counting.coded(known, detail)
    rows: list[tuple[Cell, ...]] = [
        (scheme.name, label, found[scheme.code, code])
        for scheme in schemes(known)
        for code, label in labels(scheme).items()
        if found[scheme.code, code]
    ]
    return Grid(name, caption, ("Dispositif", head, "Évaluations"), tuple(rows), is_grouped=True)


def schemes(known: Known) -> list[Scheme]:
    """Schemes that have referrals here, in the order of the ladder."""
    found = {one.scheme.code: one.scheme for one in known.now}
    return sorted(found.values(), key=lambda scheme: (scheme.rung, scheme.code))


def _is(scheme: Scheme) -> Callable[[Followed], bool]:
    return lambda one: one.scheme.code == scheme.code


def _summed(name: str, caption: str, headers: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Grid:
    """With a last row that sums the columns of figures."""
    if not rows:
        return Grid(name, caption, headers, ())
    texts = sum(isinstance(cell, str) for cell in rows[0])
    sums = tuple(sum(cell for row in rows if isinstance(cell := row[place], int)) for place in range(texts, len(headers)))
    return Grid(name, caption, headers, (*rows, (ALL, *("",) * (texts - 1), *sums)), has_total=True)
