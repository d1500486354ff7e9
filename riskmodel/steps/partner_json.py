"""What a partner was sent, as plain JSON values: the same ones in the API and in the files that are dropped for it.

Codes are those of the register; labels are beside them for people. Days are written YYYY-MM-DD, amounts as texts of the fiche.
"""

from math import floor
from typing import Any

from riskmodel.people.identity import Identity
from riskmodel.places.offers import LineLeft, Offer
from riskmodel.referrals.fiche import Fiche
from riskmodel.referrals.late import Late
from riskmodel.referrals.moves import Possible
from riskmodel.register.models import Measure
from riskmodel.steps.received import Noted, Received, Seen


def headed(one: Received) -> dict[str, Any]:
    """One line of the list of referrals."""
    return {
        "id": one.referral_id,
        "scheme": {"code": one.scheme, "label": one.scheme_name},
        "state": {"code": one.state, "label": one.state_label},
        "sent_on": one.sent_on.isoformat(),
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
        "version": one.version,
        "next_due": due(one.next_due) if one.next_due else None,
    }


def whole(seen: Seen) -> dict[str, Any]:
    """One referral whole."""
    return headed(seen.head) | {
        "fiche": _fiche(seen.fiche) if seen.fiche else None,
        "moves": [_possible(one) for one in seen.moves],
        "can_undo": seen.can_undo,
        "history": [_noted(one) for one in seen.acts],
        "dues": [due(one) for one in seen.dues],
        "measure": _measure(seen.measure) if seen.measure else None,
        "signatures": [
            {"document": one.document, "party": one.party, "signed_on": one.signed_on.isoformat()} for one in seen.signatures
        ],
        "reports": [
            {"report": one.kind, "due_on": one.due_on.isoformat(), "filed_on": one.filed_on.isoformat() if one.filed_on else None}
            for one in seen.reports
        ],
    }


def due(one: Late) -> dict[str, Any]:
    """One thing that the partner has to do."""
    return {"step": one.step, "label": one.label, "due_on": one.due_on.isoformat(), "days_late": max(0, one.days_late)}


def identified(identity: Identity) -> dict[str, Any]:
    """Who a household is."""
    return {
        "names": list(identity.names),
        "phones": list(identity.phones),
        "emails": list(identity.emails),
        "address": list(identity.address),
        "is_represented": identity.is_represented,
    }


def offered(offer: Offer) -> dict[str, Any]:
    """What is left of a partner's places for one scheme; null means without a limit."""
    return {
        "scheme": offer.scheme,
        "territories": list(offer.territories),
        "free_households": offer.free_households,
        "lines": [_line(line) for line in offer.lines],
        "workers": [{"id": one.worker_id, "code": one.code, "free_hundredths": floor(one.room * 100)} for one in offer.workers],
    }


def _line(line: LineLeft) -> dict[str, Any]:
    return {
        "id": line.line_id,
        "code": line.code,
        "year": line.year,
        "measures_left": line.measures_left,
        "months_left": line.months_left,
        "places_left": line.places_left,
        "households_per_worker": line.households_per_worker,
    }


def _fiche(fiche: Fiche) -> dict[str, Any]:
    return {
        "on": fiche.on.isoformat(),
        "lines": [{"field": line.field, "label": line.label, "text": line.text} for line in fiche.lines],
        "clock": [{"label": label, "on": day.isoformat()} for label, day in fiche.clock],
        "attempts": [{"on": one.on.isoformat(), "channel": one.channel, "outcome": one.outcome} for one in fiche.attempts],
        "shows_identity": fiche.shows_identity,
    }


def _possible(one: Possible) -> dict[str, Any]:
    fields = {name: dict(codes) if codes is not None else None for name, codes in {**one.needs, **one.may}.items()}
    return {
        "code": one.code,
        "label": one.label,
        "needs": {name: fields[name] for name in one.needs},
        "may": {name: fields[name] for name in one.may},
    }


def _noted(one: Noted) -> dict[str, Any]:
    return {
        "number": one.number,
        "code": one.code,
        "label": one.label,
        "on_day": one.on_day.isoformat(),
        "details": dict(one.details),
        "by": one.account,
        "is_undone": one.is_undone,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    days = ("booked_on", "starts_on", "planned_end_on", "slid_on", "ended_on", "aftercare_until")
    told = {name: getattr(measure, name) for name in days}
    return {
        "months": measure.months,
        "worker_id": measure.worker_id,
        "line_id": measure.funding_line_id,
        "end": measure.end,
    } | {name: day.isoformat() if day else None for name, day in told.items()}
