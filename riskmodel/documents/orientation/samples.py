"""One invented household, followed from its letter to the end of its measure, to show every document filled with facts."""

from datetime import date
from functools import cache
from typing import Any

from riskmodel.documents.orientation.facts import (
    NEEDS,
    Appointment,
    Course,
    Dwelling,
    Household,
    Office,
    accepted,
)
from riskmodel.documents.orientation.rendering import FILLED_IN, render, render_docx
from riskmodel.schemes import Scheme, Told, Tried, load

SCHEMES = {
    "fiche_liaison": "ccas_jeunes_actifs",
    "contrat_accompagnement": "asll_maintien",
    "engagement_tripartite": "bail_de_securisation",
}
"""Schemes that the samples follow; the bail de sauvegarde for every other document."""
_DAYS = {
    "lettre_information": date(2026, 10, 19),
    "fiche_orientation": date(2026, 10, 28),
    "courrier_simple": date(2026, 11, 2),
    "courrier_recommande": date(2026, 11, 17),
    "fiche_liaison": date(2026, 10, 28),
    "grille_evaluation": date(2026, 12, 18),
    "convention_tripartite": date(2027, 1, 11),
    "engagement_tripartite": date(2027, 1, 11),
    "contrat_accompagnement": date(2027, 1, 11),
    "bilan_etape": date(2027, 4, 15),
    "avenant": date(2028, 1, 10),
    "bilan_final": date(2028, 7, 17),
}
_TOLD = (
    Told("agreement", "ménage informé de l'orientation", "lettre d'information envoyée, le 19/10/2026"),
    Told("agreement", "accord du ménage, ou absence admise", "accord écrit, le 26/10/2026"),
    Told("as_of", "situation au soir du", "25/10/2026"),
    Told("lease_status", "situation dans le logement", "occupant après résiliation"),
    Told("legal_cents", "solde exigible", "2 346,18 €"),
    Told("debt_hundredths", "dette courante", "5,2 termes nets"),
    Told("stage", "étape de la procédure", "bail résilié"),
    Told("plan_in_force", "plan ou protocole en cours", "non"),
    Told("rent_resumed", "reprise du loyer ou de l'indemnité courante", "oui"),
    Told("benefit_break", "rupture de l'aide au logement", "non"),
    Told("overindebtedness", "surendettement", "aucun dossier en cours"),
    Told("contact", "lien avec le ménage", "répond peu"),
    Told("unmet_obligations", "demandes sans suite après relance", "1"),
    Told("declared", "un tiers est nécessaire entre le ménage et le bailleur", "oui"),
    Told("declared", "le ménage accepte un accompagnement", "oui"),
)
_YOUNG = (
    Told("agreement", "ménage informé de l'orientation", "dite en entretien, lettre remise, le 20/10/2026"),
    Told(
        "agreement",
        "accord du ménage, ou absence admise",
        "accord recueilli par le service qui adresse le candidat, le 20/10/2026",
    ),
    Told("declared", "moins de 30 ans", "oui"),
    Told("declared", "en emploi", "oui"),
)
_SAID: dict[str, Any] = {
    "is_synthetic": True,
    "referral_id": 27,
    "place": "Port-Estuaire",
    "landlord": Office(
        "OPH de l'Estuaire", ("12, quai des Exemples", "00000 Port-Estuaire"), "01 99 00 12 00", "contact@oph-estuaire.example"
    ),
    "association": Office(
        "Association Le Relais d'Exemple", ("4, rue Inventée", "00000 Port-Estuaire"), "01 99 00 34 56", "relais@asso.example"
    ),
    "organisation": Office("Mission locale d'Exemple", ("8, place Inventée", "00000 Port-Estuaire"), "01 99 00 78 90"),
    "household": Household(
        ("Titulaire d'exemple", "Cotitulaire d'exemple"),
        ("3, allée Fictive, bâtiment B", "00000 Port-Estuaire"),
        ("01 99 00 11 22",),
    ),
    "dwelling": Dwelling("B0004217", "05"),
    "told": _TOLD,
    "clock": (
        ("plus ancien terme impayé", date(2025, 9, 30)),
        ("date de cette étape", date(2026, 9, 14)),
        ("prochaine audience", date(2026, 12, 3)),
    ),
    "attempts": (
        Tried(date(2026, 9, 8), "lettre simple", "sans réponse"),
        Tried(date(2026, 9, 29), "téléphone", "ménage joint"),
        Tried(date(2026, 10, 13), "visite sur place", "rendez-vous pris"),
    ),
    "fields": (
        "votre nom, votre adresse et votre téléphone ;",
        "votre logement et votre bail ;",
        "votre compte, à la date d'envoi ;",
        "les dates où nous avons essayé de vous joindre.",
    ),
    "rights_contact": "OPH de l'Estuaire, délégué à la protection des données, 12, quai des Exemples, 00000 Port-Estuaire",
    "answer_by": date(2026, 11, 9),
    "appointment": Appointment(
        date(2026, 11, 24), "14 h 30", ("Association Le Relais d'Exemple", "4, rue Inventée", "00000 Port-Estuaire")
    ),
    "first_letter_on": date(2026, 11, 2),
    "request_number": "000 0000 00000 00000",
    "sizes": ("T1", "T2"),
    "interview_on": date(2026, 12, 8),
    "course": Course(date(2027, 1, 15), 12, date(2028, 1, 14)),
    "meeting_weeks": 2,
    "goals": ("settle", "rights"),
    "actions": ("caf_msa", "fsl"),
    "goal_states": {"settle": "going", "rights": "reached"},
    "action_states": {"caf_msa": "done", "fsl": "going"},
    "due_on": date(2027, 4, 15),
    "signed_on": date(2027, 1, 11),
    "added_months": 6,
}
_OF_KIND: dict[str, dict[str, Any]] = {
    "fiche_liaison": {
        "told": _YOUNG,
        "household": Household(("Candidat d'exemple",), ("chez un tiers, 5, rue Fictive", "00000 Port-Estuaire")),
    },
    "engagement_tripartite": {"goals": ("entry", "autonomy")},
    "grille_evaluation": {"goals": (), "actions": (), "attempts": (Tried(date(2026, 11, 2), "lettre simple", "sans réponse"),)},
    "avenant": {"course": Course(date(2027, 1, 15), 18, date(2028, 7, 14))},
    "bilan_final": {
        "course": Course(date(2027, 1, 15), 18, date(2028, 7, 14)),
        "ended_on": date(2028, 7, 14),
        "end": "slid",
        "goal_states": {"settle": "reached", "rights": "reached"},
        "action_states": {"caf_msa": "done", "fsl": "done"},
    },
}


@cache
def _schemes() -> dict[str, Scheme]:
    return load()


def facts_of(kind: str) -> dict[str, Any]:
    """Invented facts for one document: all that it needs and may say."""
    scheme = _schemes()[SCHEMES.get(kind, "bail_de_sauvegarde")]
    said = {**_SAID, "scheme": scheme, "written_on": _DAYS[kind], **_OF_KIND.get(kind, {})}
    return {name: said[name] for name in said if name in accepted(kind, said)}


def samples() -> dict[str, bytes]:
    """Every document under the name of its file, such as `avenant.pdf` and `avenant.docx`."""
    pages = {f"{kind}.pdf": render(kind, facts_of(kind)) for kind in NEEDS}
    return pages | {f"{kind}.docx": render_docx(kind, facts_of(kind)) for kind in FILLED_IN}
