"""The tables that name referrals, by their number alone: what is late, what comes, the situations of a partner, places."""

from decimal import Decimal

from riskmodel.coordination import counting
from riskmodel.coordination.counting import Todo
from riskmodel.coordination.following import Followed
from riskmodel.coordination.grids import BLANK, Cell, Grid
from riskmodel.coordination.known import Known
from riskmodel.documents.french import day
from riskmodel.referrals.states import STATES
from riskmodel.schemes import ACTORS

_TODO = ("N°", "Unité", "Partenaire", "Dispositif", "À faire", "Par")


def late(known: Known) -> Grid:
    """What is overdue, the latest first."""
    rows = [(*_todo(known, todo), todo.due.due_on, todo.days_late) for todo in counting.late(known)]
    return Grid("En retard", "Étapes et bilans en retard, le plus ancien d'abord", (*_TODO, "Avant le", "Jours"), tuple(rows))


def coming(known: Known) -> Grid:
    """What falls due by the next meeting."""
    rows = [(*_todo(known, todo), todo.due.due_on) for todo in counting.coming(known)]
    caption = f"À faire d'ici le {day(known.span.next_on)}, le plus proche d'abord"
    return Grid("À venir", caption, (*_TODO, "Avant le"), tuple(rows))


def decisions(known: Known) -> Grid:
    """What waits for the committee's own decision, with a column to write it in."""
    found = [todo for todo in counting.todos(known) if todo.due.who == "commission"]
    rows = [(*_todo(known, todo)[:4], todo.due.label, todo.due.due_on, BLANK) for todo in found]
    headers = ("N°", "Unité", "Partenaire", "Dispositif", "À décider", "Avant le", "Décision")
    return Grid("À décider", "Situations présentées, une ligne chacune", headers, tuple(rows))


def _todo(known: Known, todo: Todo) -> tuple[Cell, ...]:
    one = todo.one
    return (_number(one), one.management_unit, known.partner(one), one.scheme.name, todo.due.label, ACTORS[todo.due.who])


def _number(one: Followed) -> str:
    return f"n° {one.referral_id}"


def situations(known: Known) -> Grid:
    """Every open referral and what it has to do next, with a column to write what is agreed."""
    rows = [_situation(known, one) for one in known.now if one.is_open]
    headers = (
        "N°",
        "Unité",
        "Dispositif",
        "Où elle en est",
        "Depuis le",
        "Prochaine étape",
        "Avant le",
        "Retard",
        "Suite convenue",
    )
    return Grid("Situations", "Situations ouvertes, une ligne chacune (retard en jours)", headers, tuple(rows))


def _situation(known: Known, one: Followed) -> tuple[Cell, ...]:
    since = one.told.since(one.told.state) or one.proposed_on
    head = (_number(one), one.management_unit, one.scheme.name, STATES[one.told.state], since)
    if not one.dues:
        return (*head, "rien à ce jour", None, None, BLANK)
    nearest = one.dues[0]
    overdue = (known.span.last - nearest.due_on).days
    return (*head, nearest.label, nearest.due_on, overdue if overdue > 0 else None, BLANK)


def lines(known: Known) -> Grid:
    """Lines of funding of the year: what is used, of what is allowed; those that nothing uses and nothing bounds apart."""
    shown = [line for line in known.seats.lines if line.tightest or line.measures[0] or line.places[0]]
    rows = [
        (
            known.partners[line.organisation_id],
            f"{line.scheme.name}, {line.code} {line.year}",
            *line.measures,
            *line.months,
            *line.places,
        )
        for line in shown
    ]
    headers = ("Partenaire", "Ligne", "Mesures", "permises", "Mois-mesures", "permis", "Places", "permises")
    caption = "Utilisé et permis sur chaque ligne de l'année (— : sans limite)"
    return Grid("Places", caption, headers, tuple(rows), is_grouped=True)


def workers(known: Known) -> Grid:
    """Workers of the partners: their time, and what their households take of it."""
    rows = [
        (known.partners[one.organisation_id], one.code, one.households, _time(one.fte_hundredths), _time(one.used_hundredths))
        for one in known.seats.workers
    ]
    headers = ("Partenaire", "Intervenant", "Ménages suivis", "Temps (ETP)", "Temps occupé (ETP)")
    return Grid("Intervenants", "Temps des intervenants, tous dispositifs ensemble", headers, tuple(rows), is_grouped=True)


def _time(hundredths: int) -> Decimal:
    return (Decimal(hundredths) / 100).quantize(Decimal("0.01"))
