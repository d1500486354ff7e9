"""Rows of features made by hand for the scores: everything known and calm, but for what a test says."""

from typing import Any

import pandas as pd

CALM: dict[str, Any] = {
    "lease_id": "B1",
    "overdue_terms": 0.0,
    "overdue_cents": 0,
    "oldest_unpaid_on": None,
    "oldest_unpaid_days": 0,
    "unpaid_terms_6": 0,
    "debt_rise_3_terms": 0.0,
    "rejects_120d": 0,
    "plan_missed": 0,
    "has_benefit_break": False,
    "failed_attempts_180d": 0,
    "failed_channels_180d": 0,
    "mail_returned_365d": 0,
    "obligations_unmet": 0,
    "appointments_missed_180d": 0,
    "silence_days": 0,
}


def features(*households: dict[str, Any]) -> pd.DataFrame:
    """A features frame with one row a household."""
    rows = [{**CALM, "lease_id": f"B{rank}", **household} for rank, household in enumerate(households, start=1)]
    return pd.DataFrame(rows).convert_dtypes()
