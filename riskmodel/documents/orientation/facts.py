"""What each document of an orientation needs, as facts handed in: nothing is looked up here, and nothing else can be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from riskmodel.schemes import PARTIES, Scheme, Told, Tried


@dataclass(frozen=True)
class Office:
    """An organisation that writes or signs: the landlord, the partner, the service that sends a household. Never a person."""

    name: str
    address: tuple[str, ...]
    phone: str
    email: str = ""


@dataclass(frozen=True)
class Household:
    """Who lives there, read from the landlord's delivery when the document is asked for, and kept nowhere."""

    names: tuple[str, ...]
    address: tuple[str, ...]
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dwelling:
    """The lease and its management unit."""

    lease_id: str
    management_unit: str


@dataclass(frozen=True)
class Appointment:
    """When and where the household is expected; `at` as it is read (« 14 h 30 »)."""

    on: date
    at: str
    where: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """A measure as agreed: its first day, its length in months and its planned last day."""

    starts_on: date
    months: int
    ends_on: date


class Facts(TypedDict, total=False):
    """Everything a document may be told. Codes (`goals`, `actions`, `end`, states) are those of the scheme or of `STATES`;
    `fields` are labels of what is transmitted; `meeting_weeks` is the rhythm of the meetings, in weeks."""

    is_synthetic: bool
    referral_id: int
    scheme: Scheme
    written_on: date
    place: str
    landlord: Office
    association: Office
    organisation: Office
    household: Household
    dwelling: Dwelling
    told: tuple[Told, ...]
    clock: tuple[tuple[str, date], ...]
    attempts: tuple[Tried, ...]
    fields: tuple[str, ...]
    rights_contact: str
    answer_by: date
    appointment: Appointment
    first_letter_on: date
    request_number: str
    sizes: tuple[str, ...]
    interview_on: date
    course: Course
    meeting_weeks: int
    goals: tuple[str, ...]
    actions: tuple[str, ...]
    goal_states: Mapping[str, str]
    action_states: Mapping[str, str]
    due_on: date
    signed_on: date
    ended_on: date
    end: str
    added_months: int


LABELS = {
    "is_synthetic": "données synthétiques ou réelles",
    "referral_id": "numéro de l'orientation",
    "scheme": "dispositif",
    "written_on": "date du document",
    "place": "lieu de rédaction",
    "landlord": "bailleur",
    "association": "association",
    "organisation": "service qui adresse la personne",
    "household": "ménage",
    "dwelling": "logement",
    "told": "faits autorisés par la convention",
    "clock": "échéances de la procédure",
    "attempts": "tentatives de contact",
    "fields": "informations transmises",
    "rights_contact": "adresse où exercer ses droits",
    "answer_by": "date limite de réponse",
    "appointment": "rendez-vous proposé",
    "first_letter_on": "date de la lettre simple",
    "request_number": "numéro unique de la demande de logement",
    "sizes": "types de logement souhaités",
    "interview_on": "date du premier entretien",
    "course": "mesure",
    "meeting_weeks": "rythme des rencontres",
    "goals": "objectifs",
    "actions": "actions",
    "goal_states": "état des objectifs",
    "action_states": "état des actions",
    "due_on": "échéance du bilan",
    "signed_on": "date de signature du document d'origine",
    "ended_on": "date de fin",
    "end": "fin de la mesure",
    "added_months": "mois ajoutés",
    "name": "nom",
    "names": "noms",
    "address": "adresse",
    "phone": "téléphone",
    "lease_id": "numéro du bail",
    "management_unit": "unité de gestion",
    "starts_on": "début",
    "months": "durée en mois",
    "ends_on": "fin prévue",
    "on": "date",
    "at": "heure",
    "where": "lieu",
    "field": "champ",
    "label": "libellé",
    "text": "valeur",
    "channel": "moyen",
    "outcome": "résultat",
}
"""Facts, and parts of facts, as a refusal names them."""

GOAL_STATES = {"reached": "atteint", "going": "en cours", "review": "à revoir"}
ACTION_STATES = {"done": "faite", "going": "en cours", "dropped": "abandonnée"}
SIZES = {"T1": "T1", "T2": "T2", "T3": "T3"}
"""Dwellings reserved by the scheme of Lomme's CCAS."""

_ALWAYS = ("is_synthetic", "referral_id", "scheme", "written_on")
_LETTER = (*_ALWAYS, "place", "landlord", "association", "household", "dwelling", "rights_contact")
_WORK = (*_ALWAYS, "landlord", "association", "dwelling")
_ACT = (*_ALWAYS, "place", "household", "dwelling")

NEEDS: Mapping[str, tuple[str, ...]] = {
    "lettre_information": (*_LETTER, "fields", "answer_by"),
    "fiche_orientation": (*_WORK, "household", "told", "rights_contact"),
    "courrier_simple": _LETTER,
    "courrier_recommande": (*_LETTER, "first_letter_on"),
    "fiche_liaison": (*_ALWAYS, "place", "organisation", "association", "household", "request_number", "told", "rights_contact"),
    "grille_evaluation": _WORK,
    "convention_tripartite": (*_ACT, "landlord", "association", "course", "goals", "actions", "rights_contact"),
    "engagement_tripartite": (*_ACT, "landlord", "association", "course", "goals", "rights_contact"),
    "contrat_accompagnement": (*_ACT, "course", "goals", "actions", "rights_contact"),
    "bilan_etape": (*_WORK, "course", "due_on", "goals", "actions"),
    "bilan_final": (*_WORK, "course", "goals", "actions"),
    "avenant": (*_ACT, "course", "signed_on"),
}
"""Facts without which a document is refused; whoever signs it is needed besides."""
MAY: Mapping[str, tuple[str, ...]] = {
    "fiche_orientation": ("clock", "attempts"),
    "courrier_simple": ("appointment",),
    "courrier_recommande": ("appointment",),
    "fiche_liaison": ("sizes",),
    "grille_evaluation": ("attempts", "interview_on", "goals", "actions"),
    "contrat_accompagnement": ("meeting_weeks",),
    "bilan_etape": ("goal_states", "action_states"),
    "bilan_final": ("goal_states", "action_states", "ended_on", "end"),
    "avenant": ("added_months", "goals", "actions"),
}
"""Facts that a document says when they are known: boxes to tick and blanks to fill in are left where they are not."""
SIGNERS = {"menage": "household", "bailleur": "landlord", "association": "association", "organisme": "organisation"}
"""The fact that says who a party is."""


_USUAL = {
    "fiche_orientation": ("bailleur",),
    "fiche_liaison": ("organisme",),
    "convention_tripartite": ("menage", "bailleur", "association"),
    "engagement_tripartite": ("menage", "bailleur", "association"),
    "contrat_accompagnement": ("menage", "association"),
    "grille_evaluation": ("association",),
    "bilan_etape": ("association",),
    "bilan_final": ("association",),
    "avenant": ("menage", "bailleur", "association"),
}


def signing(kind: str, scheme: Scheme) -> tuple[str, ...]:
    """Who signs this document in this scheme, in the order of the vocabulary; its usual parties where the scheme names none."""
    wanted = scheme.parties.get(kind) or _USUAL.get(kind, ())
    return tuple(party for party in PARTIES if party in wanted)


def needed(kind: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Facts that this document needs, signatories of its scheme included; no goal or action where the scheme lists none."""
    scheme = facts.get("scheme")
    if not isinstance(scheme, Scheme):
        return NEEDS[kind]
    without = {name for name in ("goals", "actions") if not getattr(scheme, name)}
    names = (*NEEDS[kind], *(SIGNERS[party] for party in signing(kind, scheme)))
    return tuple(name for name in dict.fromkeys(names) if name not in without)


def accepted(kind: str, facts: Mapping[str, Any]) -> frozenset[str]:
    """Every fact that this document has a place for: whoever gathers facts reads no other."""
    return frozenset({*NEEDS[kind], *needed(kind, facts), *MAY.get(kind, ())})
