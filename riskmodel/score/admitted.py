"""What may add a point to each score, which way, and between which bounds: nothing else is accepted in a table's file.

Whatever points a table gives to these inputs, paying never raises the drift score, a new unpaid term never lowers it, an answered
contact raises neither score, and a household up to date and quiet for a year has no drift point: tests/properties draws tables
from here. What is unknown is worth nothing: not knowing is no risk.
"""

from dataclasses import dataclass

from riskmodel.score.points import Sign


@dataclass(frozen=True)
class Admitted:
    """`lowest` and `highest` bound the cuts, both included; None where any cut will do."""

    sign: Sign = "up"
    lowest: float | None = None
    highest: float | None = None


_TERMS = Admitted(highest=2.0)
"""A ratio to the usual term: above two terms a new unpaid term that is larger than the others could bring it down."""
_AGE = Admitted(lowest=15)
"""Up to 14 days a payment may be on its way."""
_ANY = Admitted()
_CONTACT = {
    "failed_attempts_180d": _ANY,
    "failed_channels_180d": _ANY,
    "appointments_missed_180d": _ANY,
    "mail_returned_365d": _ANY,
    "silence_days": _ANY,
}

ADMITTED: dict[str, dict[str, Admitted]] = {
    "derive": {
        "overdue_terms": _TERMS,
        "oldest_unpaid_days": _AGE,
        "unpaid_terms_3": _ANY,
        "unpaid_terms_6": _ANY,
        "unpaid_terms_12": _ANY,
        "debt_rise_3_terms": _TERMS,
        "rejects_120d": _ANY,
        "reject_unpaid_days": _ANY,
        "plan_missed": _ANY,
        "is_clause_missed": _ANY,
        "plans_broken_365d": _ANY,
        "has_benefit_break": _ANY,
        **_CONTACT,
    },
    "decrochage": {
        **_CONTACT,
        "obligations_unmet": _ANY,
        "surveys_unmet": _ANY,
        "insurance_unmet": _ANY,
        "access_unmet": _ANY,
    },
}
"""By score, then by feature. No debt, benefit or plan counts in loss of contact; a request that stays unmet may count there for
two years, which is why it is no sign of drift."""
