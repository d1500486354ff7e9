"""A night of the law as rows of the register (models/law.py): codes, days, cents, and sentences made of them."""

from collections import Counter
from datetime import date
from typing import Any

from riskmodel.law import Constitution, Lease, Situation
from riskmodel.law.wording import explained
from riskmodel.steps.law_night import Night

Values = dict[str, Any]


def of_situations(night: Night) -> list[Values]:
    """One row a lease; those with a right at stake have their rank among the landlord's."""
    urgent = {one.lease_id: (rank, at_stake) for rank, (one, at_stake) in enumerate(night.urgent, start=1)}
    found = []
    for lease, one in night.read:
        rank, at_stake = urgent.get(one.lease_id, (None, None))
        pressing = {
            "urgency_rank": rank,
            "urgency": at_stake.code if at_stake else None,
            "urgency_on": at_stake.on if at_stake else None,
            "urgency_text": at_stake.text if at_stake else None,
        }
        found.append(_situation(lease, one) | pressing)
    return found


def _situation(lease: Lease, one: Situation) -> Values:
    return {
        "management_unit": one.management_unit,
        "lease_id": one.lease_id,
        "legal_cents": one.legal_cents,
        "claimable_cents": one.claimable_cents,
        "first_default_on": one.first_default_on,
        "stage": one.stage,
        "stage_on": one.stage_on,
        "is_suspended": one.is_suspended_by_overindebtedness,
        "facts": _facts(lease),
        "constitution": _constitution(one.constitution),
        "rights": [
            {
                "label": right.label,
                "on": _day(right.on),
                "text": right.text,
                "reference": right.rule.reference,
                "to_confirm": right.to_confirm,
            }
            for right in one.rights
        ],
    }


def _facts(lease: Lease) -> Values:
    term, benefit = lease.terms[-1] if lease.terms else None, lease.benefit
    return {
        "term": term
        and {
            "due_on": term.due_on.isoformat(),
            "rent": term.rent_cents,
            "charges": term.charges_cents,
            "supplement": term.supplement_cents,
            "reduction": term.reduction_cents,
        },
        "benefit": benefit
        and {"kind": benefit.kind, "amount": benefit.amount_cents, "paid_to": benefit.paid_to, "state": benefit.state},
    }


def _constitution(found: Constitution) -> Values:
    return {
        "is_met": found.is_met,
        "on": _day(found.on),
        "text": found.text,
        "inputs": [list(pair) for pair in found.inputs],
        "reference": found.rule.reference,
        "to_confirm": found.to_confirm,
        "doubts": list(found.doubts),
    }


def of_deadlines(night: Night) -> list[Values]:
    """Every deadline of every lease, those already done included, with how each was counted."""
    return [
        {
            "management_unit": one.management_unit,
            "lease_id": one.lease_id,
            "code": deadline.code,
            "label": deadline.label,
            "due_on": deadline.on,
            "who": deadline.who,
            "text": deadline.text,
            "explained": explained(deadline),
            "reference": deadline.rule.reference,
            "to_confirm": deadline.to_confirm,
            "done_on": deadline.done_on,
        }
        for _, one in night.read
        for deadline in one.deadlines
    ]


def of_lists(night: Night) -> list[Values]:
    """Every line of the statutory lists, numbered in its list."""
    places: Counter[str] = Counter()
    found = []
    for row in night.lists:
        places[row.list] += 1
        found.append(
            {
                "list_code": row.list,
                "position": places[row.list],
                "management_unit": row.management_unit,
                "lease_id": row.lease_id,
                "due_on": row.due_on,
                "legal_cents": row.legal_cents,
                "why": row.why,
                "reference": row.reference,
                "to_confirm": row.to_confirm,
            }
        )
    return found


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
