"""Parts of a document that are made of facts; a text calls one by its name after an @ sign."""

from collections.abc import Callable, Mapping
from typing import Any

from riskmodel.documents.french import counted, day
from riskmodel.documents.letter import spoken
from riskmodel.documents.orientation import facts as known
from riskmodel.documents.orientation.sheet import DAY_TO_FILL, TO_FILL, Choices, Part, box
from riskmodel.documents.page import Bullets, Table, Terms
from riskmodel.schemes import ACTORS, Meeting, Report, Scheme

Said = Mapping[str, Any]
"""Facts that were checked."""
TITLES = {"menage": "Le ménage", "bailleur": "Le bailleur", "association": "L'association", "organisme": "Le service référent"}
"""How a party is called where it signs."""
WHO = "☐ ménage   ☐ accompagnant   ☐ ensemble"


def reach(who: Any) -> str:
    """Address and telephone of an organisation, or address of a household, on one line."""
    return ", ".join((*who.address, *((who.phone,) if isinstance(who, known.Office) else ())))


def called(who: Any) -> str:
    """The name of an organisation, or the names of a household."""
    return who.name if isinstance(who, known.Office) else " et ".join(who.names)


def _parties(kind: str, facts: Said, *_: str) -> tuple[Part, ...]:
    signed = [(TITLES[party], facts[known.SIGNERS[party]]) for party in known.signing(kind, facts["scheme"])]
    return (Terms(tuple((title, f"{called(who)}\n{reach(who)}") for title, who in signed)),)


def _household(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    who = facts["household"]
    lines = (("Ménage", called(who)), ("Adresse", ", ".join(who.address)))
    ways = (("Téléphone", ", ".join(who.phones)), ("Courriel", ", ".join(who.emails)))
    return (Terms((*lines, *(way for way in ways if way[1]))),)


def _office(_: str, facts: Said, *names: str) -> tuple[Part, ...]:
    titles = {"landlord": "Bailleur", "association": "Partenaire", "organisation": "Service qui adresse"}
    return (Terms(tuple((titles[name], f"{called(facts[name])}\n{reach(facts[name])}") for name in names)),)


def _dwelling(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    home = facts["dwelling"]
    where = (("Adresse", ", ".join(facts["household"].address)),) if facts.get("household") else ()
    return (Terms((("Bail", home.lease_id), ("Unité de gestion", home.management_unit), *where)),)


def _told(_: str, facts: Said, *fields: str) -> tuple[Part, ...]:
    told = [(one.label[:1].upper() + one.label[1:], one.text) for one in facts["told"] if one.field in fields]
    return (Terms(tuple(told)),) if told else ()


def _clock(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    days = sorted(facts.get("clock") or (), key=lambda one: one[1])
    if not days:
        return ("Aucune échéance connue à ce jour.",)
    return (Terms(tuple((label[:1].upper() + label[1:], spoken(on)) for label, on in days)),)


def _attempts(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    tried = sorted(facts.get("attempts") or (), key=lambda one: one.on)
    if not tried:
        return ("Aucune tentative transmise.",)
    rows = tuple((day(one.on), one.channel, one.outcome) for one in tried)
    return (Table("Tentatives de contact, de la plus ancienne à la plus récente", ("Date", "Moyen", "Résultat"), "lll", rows),)


def _asked(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    steps = [step for step in facts["scheme"].steps if step.by != "bailleur"]
    labels = {step.code: step.label for step in facts["scheme"].steps}
    rows = tuple((step.label, counted(step.within_days, "jour"), labels.get(step.after or "", "Validation")) for step in steps)
    heads = ("Étape", "Délai", "À compter de")
    return (Table("Ce qui est demandé au partenaire", heads, "lll", rows),) if rows else ()


def _fields(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    return (Bullets(facts["fields"]),)


def _chosen(_: str, facts: Said, name: str) -> tuple[Part, ...]:
    codes = facts.get(name) or ()
    return (Bullets(tuple(label for code, label in getattr(facts["scheme"], name).items() if code in codes)),) if codes else ()


def _boxes(_: str, facts: Said, name: str) -> tuple[Part, ...]:
    ticked = (facts.get("end"),) if name == "ends" else facts.get(name) or ()
    of = known.SIZES if name == "sizes" else getattr(facts["scheme"], name)
    return (Choices(tuple(box(label, code in ticked) for code, label in of.items())),) if of else ()


def _states(_: str, facts: Said, name: str) -> tuple[Part, ...]:
    heads = {"goals": ("Objectif", "goal_states", known.GOAL_STATES), "actions": ("Action", "action_states", known.ACTION_STATES)}
    head, fact, states = heads[name]
    said, labels = facts.get(fact) or {}, getattr(facts["scheme"], name)
    rows = tuple(
        (labels[code], "   ".join(box(label, said.get(code) == state) for state, label in states.items()))
        for code in labels if code in (facts.get(name) or ())
    )  # fmt: skip
    return (Table(f"{head}s et leur état, une case par ligne", (head, "État"), "ll", rows),) if rows else ()


def _plan(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    labels = facts["scheme"].actions
    rows = tuple((label, WHO, DAY_TO_FILL) for code, label in labels.items() if code in (facts.get("actions") or ()))
    return (Table("Qui fait quoi, et pour quand", ("Démarche", "Par", "Pour le"), "lll", rows),) if rows else ()


def _course(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    course = facts["course"]
    dates = (("Début", spoken(course.starts_on)), ("Durée", f"{course.months} mois"), ("Fin prévue", spoken(course.ends_on)))
    ended = facts.get("ended_on")
    return (Terms((*dates, ("Terminée le", spoken(ended))) if ended else dates),)


def _longest(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    most = facts["scheme"].duration.max_months
    if most is None:
        return ("Elle peut être modifiée par un avenant, selon les besoins du ménage.",)
    return (f"Elle peut être prolongée par un avenant, sans dépasser {most} mois en tout.",)


def _slide(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    slide = facts["scheme"].slide
    if slide is None:
        return ()
    first = f"au plus tôt {slide.earliest_months} mois après le début" if slide.earliest_months else ""
    last = f"au plus tard après {slide.latest_months} mois" if slide.latest_months else ""
    when = ", et ".join(filter(None, (first, last)))
    notice = (
        f" Au moins {slide.notice_months} mois avant la fin prévue, le bailleur dit s'il propose ce bail, et sinon pourquoi."
        if slide.notice_months
        else ""
    )
    return (
        f"Quand le ménage est prêt, le bail « glisse » à son nom : il devient locataire du bailleur{', ' if when else ''}{when}. "
        f"Sa situation est examinée régulièrement avec lui.{notice}",
    )


def _follow(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    scheme: Scheme = facts["scheme"]
    lines = (*(_report(one) for one in scheme.reports), *(_meeting(one) for one in scheme.meetings if not one.yearly_before))
    after = (f"Veille sociale pendant {scheme.aftercare_months} mois après l'accompagnement",) if scheme.aftercare_months else ()
    return (Bullets((*lines, *after)),) if (*lines, *after) else ()


def _report(report: Report) -> str:
    who = ACTORS[report.by]
    by = f"par {'l’' if who[0] in 'ao' else 'le '}{who}"
    if report.every_months:
        return f"{report.label}, tous les {report.every_months} mois, {by}"
    return f"{report.label}, {by}"


def _meeting(meeting: Meeting) -> str:
    if meeting.every_weeks:
        return f"{meeting.label}, toutes les {meeting.every_weeks} semaines"
    often = "tous les mois" if meeting.every_months == 1 else f"tous les {meeting.every_months} mois"
    return f"{meeting.label}, {often}" if meeting.every_months else meeting.label


def _appointment(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    given = facts.get("appointment")
    if given is None:
        return ("Appelez-nous : nous conviendrons d'un jour et d'un lieu qui vous vont.",)
    said = (("Le", f"{spoken(given.on)} à {given.at}"), ("Où", ", ".join(given.where)))
    return ("Nous vous proposons ce rendez-vous :", Terms(said), "S'il ne vous convient pas, appelez-nous : nous le changerons.")


def _rhythm(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    """How often they meet: as agreed, or boxes to tick while they agree."""
    who, weeks = "Le ménage et la personne qui l'accompagne se voient", facts.get("meeting_weeks")
    if weeks:
        return (f"{who} au moins toutes les {weeks} semaines, tantôt au domicile, tantôt au bureau.",)
    often = ("chaque semaine", "toutes les deux semaines", "tous les mois", f"autrement : {TO_FILL}")
    return (f"{who} tantôt au domicile, tantôt au bureau, au moins :", Choices(tuple(box(one, is_ticked=False) for one in often)))


def _contacts(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    tried = {one.channel: (day(one.on), one.outcome) for one in facts.get("attempts") or ()}
    ways = ("lettre simple", "lettre recommandée", "visite sur place", "téléphone")
    empty = (DAY_TO_FILL, "☐ joint   ☐ sans réponse   ☐ revenu   ☐ rendez-vous pris")
    met = facts.get("interview_on")
    rows = (*((way, *tried.get(way, empty)) for way in dict.fromkeys((*ways, *tried))),
            ("premier entretien", day(met) if met else DAY_TO_FILL, "☒ tenu" if met else "☐ tenu   ☐ non tenu"))  # fmt: skip
    return (Table("Démarches faites vers le ménage", ("Démarche", "Date", "Résultat"), "lll", rows),)


def _change(_: str, facts: Said, *__: str) -> tuple[Part, ...]:
    added, course = facts.get("added_months"), facts["course"]
    if not added:
        return (f"La durée ne change pas : l'accompagnement se termine le {spoken(course.ends_on)}.",)
    return (
        f"L'accompagnement est prolongé de {added} mois. Commencé le {spoken(course.starts_on)}, "
        f"il dure {course.months} mois en tout et se termine le {spoken(course.ends_on)}.",
    )


PARTS: Mapping[str, Callable[..., tuple[Part, ...]]] = {
    "parties": _parties, "household": _household, "office": _office, "dwelling": _dwelling, "told": _told, "clock": _clock,
    "attempts": _attempts, "asked": _asked, "fields": _fields, "chosen": _chosen, "boxes": _boxes, "states": _states,
    "plan": _plan, "course": _course, "longest": _longest, "slide": _slide, "follow": _follow, "appointment": _appointment,
    "contacts": _contacts, "change": _change, "rhythm": _rhythm,
}  # fmt: skip
"""Each takes the kind of document, the facts, and words of the text that calls it."""
