"""Two invented households brought to a session, to show every file of a session filled with facts."""

from copy import deepcopy
from datetime import date
from typing import Any, cast

from riskmodel.documents.ccapex.facts import Dossier, Household
from riskmodel.documents.ccapex.packing import Seat, Sitting, attendance, packed, table
from riskmodel.documents.ccapex.writing import as_json, dossier

WHO = Household(("Zoé EXEMPLE",), ("2 RUE DES ESSAIS", "76000 ROUEN"), ("06 00 00 00 00",))
RENT, CHARGES = 40_000, 6_000
TERM = RENT + CHARGES
MISSED = 2
MONTHS = tuple(f"{2024 + (8 + rank) // 12}-{(8 + rank) % 12 + 1:02}" for rank in range(25))
"""From September 2024 to September 2026."""


def sample(lease_id: str = "B000001", **changes: Any) -> Dossier:
    """A household that missed its last two terms and answered everything; `changes` replace parts whole."""
    return cast(Dossier, deepcopy(_SAID) | {"lease": {**_LEASE, "lease_id": lease_id}} | changes)


def month(name: str, paid_cents: int, balance_cents: int) -> dict[str, Any]:
    """One month's rent and charges, and what was paid of it."""
    none = dict.fromkeys(("supplement_cents", "adjusted_cents", "benefit_cents", "third_party_cents", "other_cents"), 0)
    return {"month": name, "called_cents": TERM, "paid_cents": -paid_cents, **none, "balance_cents": balance_cents}


def rule(text: str, reference: str, *, to_confirm: bool = False) -> dict[str, Any]:
    """Something the law says."""
    return {"text": text, "reference": reference, "to_confirm": to_confirm}


def sitting(*cases: tuple[Dossier, Household]) -> Sitting:
    """A session of the technical level with these cases."""
    seats = tuple(
        Seat(label, "") for label in ("services de l'État", "Département", "CAF", "bailleur", "ménage ou son représentant")
    )
    held_on, closes_on = date(2026, 12, 10), date(2026, 12, 1)
    return Sitting("commission technique (CTPE)", held_on, closes_on, "OPH de l'Estuaire", True, cases, seats)


def samples() -> dict[str, bytes]:
    """Every file of an invented session, by name."""
    session = sitting((sample(), WHO), (sample("B000002", asks=[], views=[]), Household()))
    return {
        "dossier.pdf": dossier(sample(), WHO),
        "dossier.json": as_json(sample()),
        "seance.pdf": packed(session),
        "seance.xlsx": table(session),
        "presences.pdf": attendance(session),
    }


_LEASE = {
    "lease_id": "",
    "signed_on": "2019-03-01",
    "started_on": "2019-03-15",
    "terminated_on": None,
    "occupancy": "locataire en titre",
    "rent_term": "terme échu",
    "clause": rule("Délai du commandement de payer : 2 mois.", "Loi n° 89-462, art. 24 I"),
    "typology": "T3",
    "floor_area_m2": "62.50",
    "people": {"titulaire": 1, "caution": 1},
}
_LATE = MONTHS[-MISSED:]
_SAID: dict[str, Any] = {
    "schema": 1,
    "as_of": "2026-11-01",
    "is_synthetic": True,
    "landlord": {
        "landlord_id": "oph-estuaire",
        "name": "OPH de l'Estuaire",
        "siren": "",
        "address": ["1 QUAI DES EXEMPLES", "76600 LE HAVRE"],
        "phone": "02 00 00 00 00",
        "email": "",
        "management_unit": "UG01",
    },
    "charge": {
        "due_on": "2026-10-05",
        "rent_cents": RENT,
        "charges_cents": CHARGES,
        "supplement_cents": 0,
        "reduction_cents": 0,
        "benefit_cents": 0,
        "net_cents": TERM,
        "benefit": None,
    },
    "debt": {
        "legal_cents": MISSED * TERM,
        "claimable_cents": MISSED * TERM,
        "technical_cents": 0,
        "frozen_cents": 0,
        "net_terms_hundredths": 200,
        "first_default_on": "2026-10-05",
        "last_payment": {"on": "2026-08-05", "amount_cents": TERM},
        "opening_cents": 0,
        "months": [
            *(month(name, TERM, 0) for name in MONTHS[:-MISSED]),
            *(month(name, 0, rank * TERM) for rank, name in enumerate(_LATE, start=1)),
        ],
    },
    "contacts": [
        {"on": day, "direction": "sortant", "channel": channel, "topic": "impayé", "outcome": outcome}
        for day, channel, outcome in (
            ("2026-09-21", "téléphone", "sans réponse"),
            ("2026-10-05", "lettre simple", "remis"),
            ("2026-10-19", "visite", "joint"),
        )
    ],
    "plans": [
        {
            "framework": "plan amiable",
            "signed_on": "2025-02-01",
            "instalment_cents": 5_000,
            "instalments": 12,
            "missed": 0,
            "ended_on": "2026-02-01",
            "end_reason": "soldé",
        }
    ],
    "overindebtedness": [],
    "procedure": [{"on": "2026-10-20", "label": "mise en demeure", "amount_cents": 2 * TERM, "hearing_on": None}],
    "measures": [
        {"scheme": "Médiation", "partner": "Association A", "since": "2026-10-21", "state": "acceptée", "end": None}
    ],
    "law": {
        "constitution": rule("Aucune aide au logement en cours : rien à signaler à la CAF ou à la MSA.", "CCH, art. R.824-1"),
        "rights": [],
        "deadlines": [
            rule(
                "Saisine de la CCAPEX, aucune assignation n'étant prévue : avant toute assignation.",
                "Loi n° 89-462, art. 24 II",
                to_confirm=True,
            )
        ],
    },
    "asks": ["mesure d'accompagnement"],
    "views": ["souhaite rester dans le logement"],
    "declared": {"cause déclarée de l'impayé": "perte d'emploi", "projet du ménage": "rester"},
}  # fmt: skip
