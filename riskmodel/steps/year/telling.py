"""What a simulated year was, in French, with what was checked and how: every figure is counted from the register."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.coordination.counting import counts, movement
from riskmodel.coordination.kinds import YEAR
from riskmodel.coordination.known import gather
from riskmodel.documents.orientation import FILLED_IN, NEEDS
from riskmodel.places.allocation import WHY
from riskmodel.register.models import (
    Correction,
    Decision,
    Measure,
    Objection,
    Organisation,
    Referral,
    SharedOut,
    StepReport,
    Transition,
    WeeklyList,
)
from riskmodel.settings import Settings
from riskmodel.steps.orienting import schemes_of
from riskmodel.steps.year.witness import Doubter, unused

_PAGE = """# Une année d'orientations, vécue par le bailleur de démonstration

**Données synthétiques.** Page écrite par `riskmodel demo year --report` : ne la modifiez pas à la main. Les ménages, les
partenaires et leurs réponses sont inventés ; les listes sont celles que le service aurait faites ces lundis-là. Ce que devient
un ménage suit une somme de contrôle, jamais le hasard. Les personnes simulées choisissent, parmi les dispositifs qui
conviennent, le moins employé : l'année doit les montrer tous. **Rien ici ne dit ce que valent ces dispositifs.**

## Ce qui a été vécu en {year}

{lived}

## Ce qui a été vérifié

{checked}

## Par dispositif

| dispositif | proposées | parties ou engagées | mesures commencées | mesures terminées | closes |
|---|---:|---:|---:|---:|---:|
{schemes}

## Les places

{places}
"""


def faults(session: Session, settings: Settings, seen: Doubter, year: int) -> list[str]:
    """Everything that a year should have shown and did not, in French; nothing when it is whole."""
    found = [f"limite dépassée : {fault}" for fault in seen.broken]
    found += [f"document jamais écrit : {kind}" for kind in seen.missing()]
    found += [f"dispositif jamais employé : {code}" for code in unused(session, settings, seen.landlord_id)]
    figures, again = evaluated(session, settings, seen.landlord_id, year), counted_again(session, seen.landlord_id)
    apart = [name for name in figures if figures[name] != again[name]]
    return found + [f"évaluation annuelle, {name} : {figures[name]}, registre : {again[name]}" for name in apart]


def evaluated(session: Session, settings: Settings, landlord_id: str, year: int) -> dict[str, int]:
    """Figures of the annual evaluation of a year, as its pack counts them."""
    known = gather(session, landlord_id, schemes_of(settings, landlord_id), YEAR, date(year, 12, 31))
    moved, figures = movement(known), counts(known)
    return {
        "orientations proposées": moved.proposed,
        "orientations closes": moved.closed,
        "orientations ouvertes": moved.after,
        "mesures commencées": figures["started"],
        "mesures terminées": figures["ended"],
        "mesures en cours": figures["running"],
        "évaluations rendues": figures["evaluated"],
    }


def counted_again(session: Session, landlord_id: str) -> dict[str, int]:
    """The same figures, counted from the rows of a register that holds that year alone."""
    mine, begun = Referral.landlord_id == landlord_id, (Measure.landlord_id == landlord_id, Measure.starts_on.is_not(None))
    return {
        "orientations proposées": _count(session, mine),
        "orientations closes": _count(session, mine, Referral.closed_on.is_not(None)),
        "orientations ouvertes": _count(session, mine, Referral.closed_on.is_(None)),
        "mesures commencées": _count(session, *begun),
        "mesures terminées": _count(session, *begun, Measure.ended_on.is_not(None)),
        "mesures en cours": _count(session, *begun, Measure.ended_on.is_(None)),
        "évaluations rendues": _count(session, Transition.code == "return_evaluation", Transition.undone_at.is_(None)),
    }


def told(session: Session, settings: Settings, seen: Doubter, year: int) -> str:
    """The page."""
    return _PAGE.format(
        year=year,
        lived=_bullets(_lived(session)),
        checked=_bullets(_checked(session, settings, seen, year)),
        schemes="\n".join(_schemes(session, settings, seen.landlord_id)),
        places=_bullets(_places(session, settings, seen)),
    )


def _lived(session: Session) -> Iterator[str]:
    recalls = Transition.code.in_(("recall", "recall_facts"))
    yield f"lundis avec liste : {session.scalar(select(func.count(WeeklyList.week.distinct())))}"
    for label, condition in {
        "lignes décidées": Decision.id > 0,
        "orientations": Referral.id > 0,
        "étapes notées": Transition.id > 0,
        "étapes annulées": Transition.undone_at.is_not(None),
        "mesures commencées": Measure.starts_on.is_not(None),
        "bilans déposés": StepReport.filed_on.is_not(None),
        "oppositions": Objection.id > 0,
        "données contestées": Correction.id > 0,
        "fiches rappelées": recalls,
    }.items():
        yield f"{label} : {_count(session, condition)}"


def _checked(session: Session, settings: Settings, seen: Doubter, year: int) -> Iterator[str]:
    schemes = schemes_of(settings, seen.landlord_id)
    used = len(schemes) - len(unused(session, settings, seen.landlord_id))
    yield f"dispositifs employés au moins une fois : {used} sur {len(schemes)}"
    yield f"limites des partenaires comptées {seen.evenings} soirs : {len(seen.broken)} dépassement"
    written = {kind for kind, _ in seen.written}
    filled_in = len(written & set(FILLED_IN))
    yield f"documents écrits, pour chaque main qui les demande : {len(written)} sur {len(NEEDS)} en PDF, dont {filled_in} en DOCX"
    figures, again = evaluated(session, settings, seen.landlord_id, year), counted_again(session, seen.landlord_id)
    for name, number in figures.items():
        yield f"évaluation annuelle, {name} : {number} ; lignes du registre : {again[name]}"


def _schemes(session: Session, settings: Settings, landlord_id: str) -> Iterator[str]:
    left = select(Transition.referral_id).where(Transition.code.in_(("send", "start")))
    for scheme in sorted(schemes_of(settings, landlord_id).values(), key=lambda one: one.rung):
        mine = (Referral.scheme == scheme.code, Referral.landlord_id == landlord_id)
        measures = (Measure.scheme == scheme.code, Measure.starts_on.is_not(None))
        figures = (
            _count(session, *mine),
            _count(session, *mine, Referral.id.in_(left)),
            _count(session, *measures),
            _count(session, *measures, Measure.ended_on.is_not(None)),
            _count(session, *mine, Referral.closed_on.is_not(None)),
        )
        yield f"| {scheme.name} | " + " | ".join(map(str, figures)) + " |"


def _places(session: Session, settings: Settings, seen: Doubter) -> Iterator[str]:
    results = list(session.scalars(select(SharedOut.result)))
    waited = {one["referral_id"] for result in results for one in result["unserved"]}
    why = Counter(one["why"] for result in results for one in result["unserved"])
    yield f"{len(results)} répartitions, {sum(len(result['assigned']) for result in results)} places données"
    yield f"{len(waited)} orientations ont attendu au moins une semaine : " + ", ".join(
        f"{label} ({why[code]} fois)" for code, label in WHY.items() if why[code]
    )
    names = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    schemes = schemes_of(settings, seen.landlord_id)
    for partner, scheme, line in sorted(seen.full):
        yield f"complet au moins un soir : {names[partner]}, {schemes[scheme].name}" + (f", ligne {line}" if line else "")


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]


def _bullets(lines: Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
