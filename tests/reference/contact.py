"""docs/ledger.md § 8: who answered whom, and what was asked and left unanswered."""

from datetime import date

from tests.reference.months import is_within
from tests.reference.rows import Account, Row

ANSWERS = ("reached", "appointment_kept", "refused")
FAILURES = ("no_answer", "message_left", "undeliverable", "unclaimed", "appointment_missed")
SURVEYS = ("ops_survey", "sls_survey")
ACCESS = ("boiler_service", "technical_access")


def contact_features(account: Account, as_of: date) -> dict[str, object]:
    """The contact features of one lease, by name."""
    contacts = [row for row in account.contacts if _day(row) <= as_of]
    answers = [row for row in contacts if is_two_way(row)]
    answered_at = max((row.contacted_at for row in answers), default=None)
    unanswered = [row for row in contacts if answered_at is None or row.contacted_at > answered_at]
    attempts = [row for row in contacts if row.direction == "outbound" and is_within(_day(row), 180, as_of)]
    failed = [row for row in unanswered if has_failed(row) and is_within(_day(row), 180, as_of)]
    answered_on = max((_day(row) for row in answers), default=None)
    return {
        "days_since_two_way": _days_since(answered_on, as_of),
        "days_since_inbound": _days_since(max((_day(r) for r in contacts if r.direction == "inbound"), default=None), as_of),
        "attempts_180d": len(attempts),
        "failed_attempts_180d": len(failed),
        "failed_channels_180d": len({row.channel for row in failed}),
        "appointments_missed_180d": sum(row.outcome == "appointment_missed" for row in failed),
        "mail_returned_365d": sum(has_come_back(row) and is_within(_day(row), 365, as_of) for row in unanswered),
        "silence_days": _days_since(max(answered_on or date.min, account.lease.start_date), as_of) if len(failed) >= 2 else 0,
        "is_to_contact": not attempts and (answered_on is None or not is_within(answered_on, 365, as_of)),
    }


def obligation_features(account: Account, as_of: date) -> dict[str, object]:
    """The obligation features of one lease, by name."""
    unmet = [row.kind for row in account.obligations if _is_unmet(row, as_of)]
    return {
        "obligations_unmet": len(unmet),
        "surveys_unmet": sum(kind in SURVEYS for kind in unmet),
        "insurance_unmet": sum(kind == "insurance_certificate" for kind in unmet),
        "access_unmet": sum(kind in ACCESS for kind in unmet),
    }


def is_two_way(row: Row) -> bool:
    """The household called, or was reached: a refusal is an answer."""
    return row.direction == "inbound" or row.outcome in ANSWERS


def has_failed(row: Row) -> bool:
    """The landlord tried and nobody answered. « delivered » is neither an answer nor a failure."""
    return row.direction == "outbound" and row.outcome in FAILURES


def has_come_back(row: Row) -> bool:
    """A letter that the post could not deliver, or that nobody fetched."""
    return row.channel in ("letter", "registered_letter") and row.outcome in ("undeliverable", "unclaimed")


def _is_unmet(row: Row, as_of: date) -> bool:
    is_asked = is_within(row.requested_on, 730, as_of) and row.due_on < as_of
    return is_asked and row.reminded_on is not None and row.fulfilled_on is None


def _day(row: Row) -> date:
    return row.contacted_at.date()


def _days_since(day: date | None, as_of: date) -> int | None:
    return None if day is None else (as_of - day).days
