"""Debts that are only a matter of timing: set aside with a cause, an amount and a day on which the cause ends.

Nothing is remembered from one night to the next: each night finds the causes again from its own features, so that no
suppression outlives its facts. Causes are those of the profession's calendar (CAF on the 25th or the 5th, settlement lags, yearly
regularisation) and of law (a household under an admissible overindebtedness may not pay old debt: C. consom. L722-5).
"""

from datetime import date, timedelta

import pandas as pd

from riskmodel.weekly.cohort import (
    ONE_TERM,
    entrant_until,
    in_days,
    is_entrant,
    is_flagged_by_balance,
    is_frozen_by_law,
    is_frozen_by_plan,
    sure,
)
from riskmodel.weekly.incident import COLLECTION_DAYS, incident_kind

LONGEST_LAG_DAYS = 14
TECHNICAL_DAYS = 60
NEXT_INSTALMENT_DAYS = 36
"""A month to the next instalment or term and five days' tolerance."""
INCIDENT_DAYS = 15
BENEFIT_LATE_DAY = 17
"""AL is paid on the 5th of the next month; twelve days later it is late. APL is late before that."""


def suppress(stock: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """`cause`, `amount_cents` and `until`, on the index of `stock`; `cause` is missing where nothing is to be set aside.

    A household is looked at when a plain balance flags it. An incident explains any amount; the calendar and lawful causes
    explain it when less than a term is left without them, and the largest names the row; else an entrant's pending right does.
    """
    amounts = _amounts(stock)
    flagged = is_flagged_by_balance(stock)
    explained = flagged & sure(stock["overdue_terms"] < ONE_TERM) & (amounts.max(axis=1) > 0)
    cause = amounts.idxmax(axis=1).astype("object").where(explained)
    amount = amounts.max(axis=1).where(explained)
    for name, mask in (("entrant", _waits_for_rights(stock, as_of) & ~explained), ("incident", incident_kind(stock).notna())):
        cause, amount = cause.mask(flagged & mask, name), amount.mask(flagged & mask, stock["legal_cents"].astype("Float64"))
    found = pd.DataFrame({"cause": cause.astype("object"), "amount_cents": amount.astype("Int64")})
    return found.assign(until=_until(stock, found["cause"], as_of))


def _amounts(stock: pd.DataFrame) -> pd.DataFrame:
    """Cents that each timing cause explains; on equal amounts the first named wins."""
    causes = {
        "aide_attendue": stock["benefit_gap_cents"].where(~sure(stock["benefit_late_months"] > 0), 0),
        "paiement_en_chemin": stock["in_transit_cents"],
        "dette_technique": stock["technical_cents"].where(sure(stock["technical_shock_cents"] > 0), 0),
        "plan_tenu": stock["frozen_cents"].where(is_frozen_by_plan(stock), 0),
        "surendettement": stock["frozen_cents"].where(is_frozen_by_law(stock), 0),
    }
    return pd.DataFrame({name: cents.astype("Float64").fillna(0).astype("int64") for name, cents in causes.items()})


def _waits_for_rights(stock: pd.DataFrame, as_of: date) -> pd.Series:
    return is_entrant(stock, as_of) & ~sure(stock["has_known_right"])


def _until(stock: pd.DataFrame, cause: pd.Series, as_of: date) -> pd.Series:
    """The latest day a cause can hold; the facts may end it sooner."""
    ends = cause.map(
        {
            "aide_attendue": next_benefit_limit(as_of),
            "paiement_en_chemin": in_days(as_of, LONGEST_LAG_DAYS),
            "dette_technique": in_days(as_of, TECHNICAL_DAYS),
            "plan_tenu": in_days(as_of, NEXT_INSTALMENT_DAYS),
            "surendettement": in_days(as_of, NEXT_INSTALMENT_DAYS),
            "incident": in_days(as_of, INCIDENT_DAYS),
        }
    ).astype("object")
    entrant = cause == "entrant"
    collection = (cause == "incident") & (incident_kind(stock) == "encaissement")
    ends = ends.mask(entrant, entrant_until(stock, as_of))
    return ends.mask(collection, stock["oldest_unpaid_days"].map(lambda days: _collection_end(as_of, days)))


def _collection_end(as_of: date, days: int | None) -> date | None:
    return None if pd.isna(days) else as_of + timedelta(days=COLLECTION_DAYS - int(days))


def next_benefit_limit(as_of: date) -> date:
    """The next day on which a month of benefit, still awaited on `as_of`, becomes late whatever its kind."""
    if as_of.day < BENEFIT_LATE_DAY:
        return as_of.replace(day=BENEFIT_LATE_DAY)
    return (as_of.replace(day=1) + timedelta(days=31)).replace(day=BENEFIT_LATE_DAY)
