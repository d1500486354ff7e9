"""Drawn accounts: small tables in the source of a test, that a rent officer can read and correct.

    | valeur                  | écriture    | montant | période |
    | 2026-01-05 à 2026-03-05 | loyer       |  400,00 | mois    |
    | 2026-01-07              | prélèvement | -400,00 |         |

« 2026-01-05 à 2026-03-05 » is one line a month. « mois » and « mois-1 » are the month of the line's date and the one before.
A drawn household is the lease B1; a neighbour, with lines in every table, makes sure that each table was delivered.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count, takewhile
from typing import Any

from tests.lakes import Rows
from tests.reference.months import months_later, shift
from tests.spec.neighbour import LEASE, NEIGHBOUR

ENTRIES = {
    "loyer": ("rent", None),
    "charges": ("charges", None),
    "SLS": ("supplementary_rent", None),
    "RLS": ("rent_reduction", None),
    "indemnité d'occupation": ("occupancy_charge", None),
    "régularisation": ("charge_adjustment", None),
    "APL": ("housing_benefit", None),
    "rappel APL": ("benefit_adjustment", None),
    "indu APL": ("benefit_adjustment", None),
    "paiement": ("payment", None),
    "prélèvement": ("payment", "direct_debit"),
    "virement": ("payment", "transfer"),
    "carte": ("payment", "card"),
    "chèque": ("payment", "cheque"),
    "espèces": ("payment", "cash"),
    "mandat": ("payment", "money_order"),
    "tutelle": ("payment", "representative"),
    "rejet": ("payment_rejected", None),
    "FSL": ("third_party_payment", None),
    "frais": ("fee", None),
    "pénalité": ("penalty", None),
    "effacement": ("write_off", None),
    "dépôt de garantie": ("deposit", None),
    "reprise de solde": ("transfer", None),
}
CHANNELS = {
    "téléphone": "phone",
    "SMS": "sms",
    "courriel": "email",
    "lettre": "letter",
    "recommandé": "registered_letter",
    "visite": "visit",
    "accueil": "office",
    "portail": "portal",
}
OUTCOMES = {
    "joint": "reached",
    "message": "message_left",
    "sans réponse": "no_answer",
    "remis": "delivered",
    "NPAI": "undeliverable",
    "non réclamé": "unclaimed",
    "rendez-vous honoré": "appointment_kept",
    "rendez-vous manqué": "appointment_missed",
    "refus": "refused",
}
Cells = dict[str, str]


def household(*, lease: dict[str, Any] | None = None, never: tuple[str, ...] = (), **drawn: str) -> Rows:
    """All tables of a landlord with the drawn household B1 and its neighbour; tables in `never` were never delivered."""
    rows = {name: list(lines) for name, lines in NEIGHBOUR.items() if name not in never}
    rows["leases"].append(LEASE | (lease or {}))
    for name, text in drawn.items():
        rows[name] += [READERS[name](cells, number) for number, cells in enumerate(cells_of(text), start=1)]
    return rows


def cells_of(text: str) -> Iterator[Cells]:
    """The lines of a drawn table, a line a month where the first cell says « … à … »."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    titles = lines[0]
    for line in lines[1:]:
        cells = dict(zip(titles, line, strict=True))
        begin, is_repeated, end = cells[titles[0]].partition(" à ")
        for first in _monthly(begin, end) if is_repeated else [begin]:
            yield _in_month(cells | {titles[0]: first}, first[:7])


def cents(text: str) -> int:
    """« -1 234,56 » in cents."""
    euros, _, decimals = text.replace(" ", "").partition(",")
    sign = -1 if euros.startswith("-") else 1
    return sign * (abs(int(euros)) * 100 + int((decimals or "0").ljust(2, "0")))


def _monthly(begin: str, end: str) -> Iterator[str]:
    if len(begin) == len("2026-01"):
        yield from takewhile(lambda month: month <= end, (shift(begin, number) for number in count()))
        return
    days = (months_later(date.fromisoformat(begin), number) for number in count())
    yield from (day.isoformat() for day in takewhile(lambda day: day <= date.fromisoformat(end), days))


def _in_month(cells: Cells, month: str) -> Cells:
    if not {"mois", "mois-1"} & set(cells.values()):
        return cells
    words = {"mois": month, "mois-1": shift(month, -1)}
    return {title: words.get(cell, cell) for title, cell in cells.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _entry(cells: Cells, number: int) -> dict[str, Any]:
    kind, method = ENTRIES[cells["écriture"]]
    return {
        "entry_id": cells.get("réf") or f"E{number:03d}",
        "lease_id": "B1",
        "booked_on": _day(cells.get("comptabilisée")) or _day(cells["valeur"]),
        "value_on": _day(cells["valeur"]),
        "period": cells.get("période") or None,
        "kind": kind,
        "amount_cents": cents(cells["montant"]),
        "method": method,
        "reverses": cells.get("annule") or None,
    }


def _benefit(cells: Cells, _number: int) -> dict[str, Any]:
    return {
        "lease_id": "B1",
        "month": cells["mois du droit"],
        "kind": cells.get("aide", "APL").lower(),
        "amount_cents": cents(cells["droit"]),
        "paid_to": "tenant" if cells.get("versée au") == "locataire" else "landlord",
        "state": {"suspendu": "suspended", "fini": "ended"}.get(cells.get("état", ""), "open"),
        "known_on": _day(cells.get("su le")) or date.fromisoformat(cells["mois du droit"] + "-20"),
    }


def _contact(cells: Cells, number: int) -> dict[str, Any]:
    text = cells["le"] if " " in cells["le"] else cells["le"] + " 10:00"
    return {
        "contact_id": f"C{number:03d}",
        "lease_id": "B1",
        "contacted_at": datetime.fromisoformat(text),
        "channel": CHANNELS[cells["canal"]],
        "direction": {"sortant": "outbound", "entrant": "inbound"}[cells["sens"]],
        "outcome": OUTCOMES[cells["issue"]],
        "topic": "arrears",
        "recorded_on": _day(cells.get("saisi le")),
    }


def _obligation(cells: Cells, number: int) -> dict[str, Any]:
    return {
        "obligation_id": f"O{number:03d}",
        "lease_id": "B1",
        "kind": {
            "enquête OPS": "ops_survey",
            "enquête SLS": "sls_survey",
            "assurance": "insurance_certificate",
            "chaudière": "boiler_service",
            "accès technique": "technical_access",
        }[cells["demande"]],
        "requested_on": _day(cells["envoyée"]),
        "due_on": _day(cells["pour le"]),
        "reminded_on": _day(cells.get("relance")),
        "fulfilled_on": _day(cells.get("réponse")),
    }


def _plan(cells: Cells, number: int) -> dict[str, Any]:
    return {
        "plan_id": f"P{number}",
        "lease_id": "B1",
        "framework": {"CAF": "caf", "juge": "judge", "PCS": "pcs", "surendettement": "overindebtedness"}.get(
            cells["cadre"], "amicable"
        ),
        "signed_on": _day(cells["signé"]),
        "first_due_on": _day(cells["première"]),
        "instalment_cents": cents(cells["échéance"]),
        "instalments": int(cells["nombre"]),
        "debt_included_cents": cents(cells["dette"]),
        "ended_on": _day(cells.get("fini")),
        "end_reason": {"rompu": "broken", "soldé": "completed", "remplacé": "replaced"}.get(cells.get("motif", "")),
    }


def _step(cells: Cells, number: int) -> dict[str, Any]:
    return {
        "step_id": f"S{number:03d}",
        "lease_id": "B1",
        "step": cells["étape"],
        "dated": _day(cells["le"]),
        "hearing_on": _day(cells.get("audience")),
        "recorded_on": _day(cells.get("saisi le")),
    }


def _overindebtedness(cells: Cells, _number: int) -> dict[str, Any]:
    steps = {
        "dépôt": "filed",
        "recevabilité": "admissible",
        "mesures": "measures",
        "rétablissement personnel": "recovery_order",
        "clos": "closed",
    }
    return {"lease_id": "B1", "step": steps[cells["étape"]], "dated": _day(cells["le"])}


def _balance(cells: Cells, _number: int) -> dict[str, Any]:
    return {"lease_id": "B1", "as_of": _day(cells["arrêté"]), "balance_cents": cents(cells["solde"])}


READERS: dict[str, Callable[[Cells, int], dict[str, Any]]] = {
    "entries": _entry,
    "benefits": _benefit,
    "contacts": _contact,
    "obligations": _obligation,
    "plans": _plan,
    "procedures": _step,
    "overindebtedness": _overindebtedness,
    "balances": _balance,
}
