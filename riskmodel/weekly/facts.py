"""What a reviewer sees of a household beside the reasons: features by name, as plain values that a register can keep."""

from datetime import date
from typing import Any

import pandas as pd

FACTS = (
    "stage", "stage_on", "hearing_on", "is_terminated", "due_terms", "net_term_cents", "legal_cents", "current_cents",
    "technical_cents", "frozen_cents", "benefit_gap_cents", "benefit_advance_cents", "in_transit_cents",
    "overdue_cents", "current_terms", "overdue_terms", "legal_terms", "oldest_unpaid_on", "oldest_unpaid_days",
    "judged_terms", "unpaid_terms_3", "unpaid_terms_6", "unpaid_terms_12", "paid_share_3", "debt_rise_3_terms",
    "days_since_payment", "payment_delay_days", "payment_delay_drift_days", "rejects_120d", "reject_unpaid_days",
    "has_benefit_break", "benefit_late_months", "net_share_rise_pct", "technical_shock_cents", "plan_state",
    "plan_framework", "plan_missed", "overindebtedness_step", "is_clause_at_stake", "is_clause_missed", "erp_gap_cents",
    "days_since_two_way", "days_since_inbound", "attempts_180d", "failed_attempts_180d", "failed_channels_180d",
    "appointments_missed_180d", "mail_returned_365d", "silence_days", "obligations_unmet", "surveys_unmet",
    "insurance_unmet", "access_unmet", "is_to_contact",
)  # fmt: skip


def facts(row: dict[str, Any]) -> dict[str, Any]:
    """The features of a row that are shown; unknown is None."""
    return {name: plain(row[name]) for name in FACTS}


def plain(value: Any) -> Any:
    """A Python value for a pandas one: no missing marker, no numpy scalar, a day without hours."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value if isinstance(value, str | date) else value.item() if hasattr(value, "item") else value
