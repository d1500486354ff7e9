"""The ledger read again, lease by lease, from docs/ledger.md alone: slow, plain, and the judge of the SQL.

In: the tables as known on a day. Out: one row a lease, the columns of the data dictionary.
"""

from datetime import date

import pandas as pd

from riskmodel.features.dictionary import FEATURES
from tests.reference.balances import balances
from tests.reference.contact import contact, obligations
from tests.reference.plans import plans
from tests.reference.procedure import procedure
from tests.reference.rhythm import rhythm
from tests.reference.rows import Account, accounts
from tests.reference.shocks import shocks
from tests.reference.terms import gross_term, net_term, terms

COLUMNS = [feature.name for feature in FEATURES]


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
    return {
        "lease_id": account.lease.lease_id,
        "household_id": account.lease.household_id,
        "management_unit": account.management_unit,
        "tenancy_days": (as_of - account.lease.start_date).days,
        "due_terms": len(due),
        "net_term_cents": net_term(due),
        "gross_term_cents": gross_term(due),
        **balances(account, due, as_of),
        **rhythm(account, due, as_of),
        **shocks(account, due, as_of),
        **plans(account, due, as_of),
        **procedure(account, as_of),
        **contact(account, as_of),
        **obligations(account, as_of),
    }
