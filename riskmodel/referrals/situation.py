"""The facts a ladder reads, from a frozen row and its household's file; schemes/facts.toml says in French what each one is."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from riskmodel.contracts.contacts import CHANNELS, OUTCOMES

Facts = Mapping[str, Any]
RECENT = timedelta(days=180)

_STAGES = {
    "payment_order": "cdp",
    "summons": "summons",
    **dict.fromkeys(("hearing", "judgment", "time_granted"), "hearing"),
    "lease_terminated": "terminated",
    "order_to_leave": "cql",
    **dict.fromkeys(("police_requested", "police_granted", "eviction"), "cfp"),
}
"""Acts of a procedure; what comes before a commandement is none."""
_DEBT_STEPS = {"filed": "filed", "admissible": "admissible", "measures": "measures", "recovery_order": "erased"}
_CONTACT = re.compile(r"Vers le ménage, (?P<channel>[^(]+) \([^)]*\) : (?P<outcome>.+)")
"""How the timeline of a household's file tells an attempt (explain/timeline.py)."""
_CHANNEL_CODES = {label: code for code, label in CHANNELS.items()}
_OUTCOME_CODES = {label: code for code, label in OUTCOMES.items()}


def of_row(facts: Facts, file: Mapping[str, Any] | None, as_of: date, *, is_subtenant: bool = False) -> dict[str, Any]:
    """What may be frozen with a referral: facts of the vocabulary, days written ISO, attempts as codes; unknown is left out.

    `facts` are those of a thawed row, `file` what its list froze of the household (None when it has none); `is_subtenant` when a
    sub-lease signed here is running. No score, no point and no sentence is read.
    """
    found = {
        "as_of": as_of.isoformat(),
        "lease_status": _status(facts, is_subtenant),
        "debt_hundredths": _hundredths(facts.get("current_terms")),
        "legal_cents": facts.get("legal_cents"),
        "stage": _STAGES.get(facts["stage"], "none") if facts.get("stage") else None,
        "contact": contact(facts),
        "unmet_obligations": facts.get("obligations_unmet"),
        "benefit_break": facts.get("has_benefit_break"),
        "overindebtedness": _DEBT_STEPS.get(facts["overindebtedness_step"], "none")
        if facts.get("overindebtedness_step")
        else None,
        "rent_resumed": _resumed(file, as_of) if file else None,
        "plan_in_force": facts["plan_state"] in ("kept", "missed") if facts.get("plan_state") else None,
        **{name: _iso(facts.get(name)) for name in ("oldest_unpaid_on", "stage_on", "hearing_on")},
        "attempts": _attempts(file, as_of) if file else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def of_candidate(as_of: date) -> dict[str, Any]:
    """What is known of a household that asks for a dwelling: nothing else is read of it."""
    return {"as_of": as_of.isoformat(), "lease_status": "candidate"}


def contact(facts: Facts) -> str | None:
    """The link with a household: lost as the outcome counts it (docs/outcomes.md §5: three attempts on two channels, two letters
    returned, or two requests unmet), weak when attempts failed or brought no exchange in half a year."""
    failed, since = facts.get("failed_attempts_180d"), facts.get("days_since_two_way")
    if failed is None:
        return None
    tried_out = failed >= 3 and (facts.get("failed_channels_180d") or 0) >= 2
    if tried_out or (facts.get("mail_returned_365d") or 0) >= 2 or (facts.get("obligations_unmet") or 0) >= 2:
        return "lost"
    has_exchanged = since is not None and since <= RECENT.days
    if failed == 0 and has_exchanged:
        return "answers"
    return "weak" if failed or facts.get("attempts_180d") else "never_tried"


def _status(facts: Facts, is_subtenant: bool) -> str | None:
    if is_subtenant:
        return "subtenant"
    terminated = facts.get("is_terminated")
    return None if terminated is None else "occupant" if terminated else "tenant"


def _hundredths(terms: float | None) -> int | None:
    return None if terms is None else int((Decimal(str(terms)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _resumed(file: Mapping[str, Any], as_of: date) -> bool | None:
    """Whether the last term of a whole month was paid in that month; None when none fell due."""
    whole = [month for month in file["series"] if month["month"] < f"{as_of:%Y-%m}" and month["net"] > 0]
    return whole[-1]["paid"] >= whole[-1]["net"] if whole else None


def _attempts(file: Mapping[str, Any], as_of: date) -> list[dict[str, str]]:
    """Attempts of half a year, newest first."""
    since = (as_of - RECENT).isoformat()
    events = [event for event in file["timeline"] if event["kind"] == "contact" and event["on"] > since]
    found = [(event["on"], _CONTACT.fullmatch(event["text"])) for event in events]
    return [
        {"on": on, "channel": _CHANNEL_CODES[told["channel"]], "outcome": _OUTCOME_CODES[told["outcome"]]}
        for on, told in found
        if told and told["channel"] in _CHANNEL_CODES and told["outcome"] in _OUTCOME_CODES
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
