"""The ledger read again, lease by lease, from docs/ledger.md alone: slow, plain, and the judge of the SQL.

In: the tables as known on a day. Out: one row a lease, the columns of the data dictionary.
"""

from datetime import date

import pandas as pd

from riskmodel.features.dictionary import FEATURES
from tests.reference.balances import balance_features
from tests.reference.contact import contact_features, obligation_features
from tests.reference.plans import plan_features
from tests.reference.procedure import procedure_features
from tests.reference.rhythm import rhythm_features
from tests.reference.rows import Account, accounts
from tests.reference.shocks import shock_features
from tests.reference.terms import gross_term, net_term, terms

COLUMNS = [feature.name for feature in FEATURES]
UNKNOWN_WITHOUT = {
    "benefits": "benefit_late_months has_benefit_break has_known_right",
    "plans": "plan_state plan_framework plan_missed plans_broken_365d is_clause_at_stake is_clause_missed",
    "overindebtedness": "overindebtedness_step",
    "procedures": "stage stage_on hearing_on",
    "balances": "erp_gap_cents",
    "contacts": "days_since_two_way days_since_inbound attempts_180d failed_attempts_180d failed_channels_180d "
    "appointments_missed_180d mail_returned_365d silence_days is_to_contact",
    "obligations": "obligations_unmet surveys_unmet insurance_unmet access_unmet",
}
"""§ 9: features that say nothing when a table was never delivered."""


def reference(tables: dict[str, pd.DataFrame], as_of: date) -> pd.DataFrame:
    """Features of every lease in place on `as_of`, in order of lease; unknown values are None.

    `tables` hold what was known by then, under the lake's column names; a table that was never delivered is absent.
    """
    found = [features(account, as_of) for account in accounts(tables) if is_in_place(account, as_of)]
    return pd.DataFrame(found, columns=COLUMNS, dtype=object)


def is_in_place(account: Account, as_of: date) -> bool:
    """§ 1: the lease has begun and no end of it is known."""
    return account.lease.start_date <= as_of and account.lease.end_date is None


def features(account: Account, as_of: date) -> dict[str, object]:
    """Every feature of one lease, by name."""
    due = [term for term in terms(account, as_of) if term.due_on <= as_of]
    balances = balance_features(account, due, as_of)
    return {
        "lease_id": account.lease.lease_id,
        "household_id": account.lease.household_id,
        "management_unit": account.management_unit,
        "tenancy_days": (as_of - account.lease.start_date).days,
        "due_terms": len(due),
        "net_term_cents": net_term(due, as_of),
        "gross_term_cents": gross_term(due, as_of),
        **balances,
        **rhythm_features(account, due, as_of, balances["overdue_cents"]),
        **shock_features(account, due, as_of),
        **plan_features(account, due, as_of),
        **procedure_features(account, as_of),
        **contact_features(account, as_of),
        **obligation_features(account, as_of),
        **{name: None for table in account.missing for name in UNKNOWN_WITHOUT.get(table, "").split()},
    }
