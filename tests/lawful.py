"""Rows of a night of the law as the register keeps them, with sensible values: what tests of pages and files lay down."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.register import situations

Values = dict[str, Any]


def situation(lease_id: str, unit: str, **given: Any) -> Values:
    """A lease that owes 900,00 €, with nothing at stake."""
    nothing = dict.fromkeys(("urgency_rank", "urgency", "urgency_on", "urgency_text"))
    return {
        "lease_id": lease_id,
        "management_unit": unit,
        "legal_cents": 900_00,
        "claimable_cents": 900_00,
        "first_default_on": date(2026, 7, 5),
        "stage": "payment_order",
        "stage_on": date(2026, 8, 20),
        "is_suspended": False,
        "facts": {
            "term": {"due_on": "2026-10-05", "rent": 350_00, "charges": 50_00, "supplement": 0, "reduction": 20_00},
            "benefit": {"kind": "apl", "amount": 150_00, "paid_to": "landlord", "state": "open"},
        },
        "constitution": {
            "is_met": True,
            "on": "2026-09-05",
            "text": "La dette exigible atteint 2 fois le terme net.",
            "inputs": [["dette exigible retenue", "900,00 €"], ["seuil", "460,00 €"]],
            "reference": "CCH, art. R.824-1",
            "to_confirm": False,
            "doubts": [],
        },
        "rights": [],
        **nothing,
    } | given


def pressing(lease_id: str, unit: str, rank: int, text: str, on: date | None = None, **given: Any) -> Values:
    """A lease with a right at stake."""
    iso = on.isoformat() if on else None
    right = {"label": "Droit", "on": iso, "text": text, "reference": "Loi n° 89-462, art. 24 V", "to_confirm": False}
    told = {"urgency_rank": rank, "urgency": "clause_missed", "urgency_on": on, "urgency_text": text}
    return situation(lease_id, unit, rights=[right], **told, **given)


def deadline(lease_id: str, unit: str, due_on: date | None, **given: Any) -> Values:
    """A deadline whose act is not done."""
    said = {"code": "caf_report", "label": "Signalement", "who": "bailleur", "text": "L'aide est maintenue."}
    counted = {"explained": "2 mois à compter du 5 septembre 2026.", "reference": "CCH, art. R.824-4"}
    rest = {"due_on": due_on, "to_confirm": False, "done_on": None}
    return {"lease_id": lease_id, "management_unit": unit, **said, **counted, **rest} | given


def listed(code: str, position: int, lease_id: str, unit: str, due_on: date | None = None, **given: Any) -> Values:
    """A line of a statutory list."""
    said = {"list_code": code, "position": position, "due_on": due_on, "legal_cents": 900_00, "why": f"Raison {lease_id}."}
    return {"lease_id": lease_id, "management_unit": unit, **said, "reference": "CCH, art. R.824-4", "to_confirm": False} | given


def keep(session: Session, landlord_id: str, as_of: date, *rows: Values) -> bool:
    """Keep these rows as the landlord's night, each in its table."""
    told = [row for row in rows if "constitution" in row]
    lists = [row for row in rows if "list_code" in row]
    return situations.replace(session, landlord_id, as_of, told, [row for row in rows if "explained" in row], lists)
