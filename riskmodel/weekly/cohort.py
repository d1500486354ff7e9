"""The words of the list as masks over the stock: one row a lease, features and scores side by side.

"Below one term" is below 0.9 and "reaches two" is 1.9 or more, so that cents and roundings make no event.
"""

from datetime import date, timedelta

import pandas as pd

ONE_TERM = 0.9
TWO_TERMS = 1.9
SOME_DEBT_TERMS = 0.5
SETTLED_TERMS = 0.1
FEWEST_TERMS = 3
ENTRANT_MONTHS = 3
FROZEN_STEPS = ("admissible", "measures", "recovery_order")


def sure(mask: pd.Series) -> pd.Series:
    """A mask in which "unknown" counts as no."""
    return mask.astype("boolean").fillna(False).astype(bool)


def is_flagged_by_balance(stock: pd.DataFrame) -> pd.Series:
    """Households that a plain list of balances would flag: one term or more exigible."""
    return sure(stock["legal_terms"] >= ONE_TERM)


def is_installed(stock: pd.DataFrame) -> pd.Series:
    """Arrears already there, which the team follows: two net terms or more of overdue current debt."""
    return sure(stock["overdue_terms"] >= TWO_TERMS)


def is_really_unpaid(stock: pd.DataFrame) -> pd.Series:
    """A net term or more is unpaid, benefit counted from a known right and payments on their way left aside."""
    return sure(stock["overdue_terms"] >= ONE_TERM) & sure(stock["has_known_right"])


def is_drift_cohort(stock: pd.DataFrame) -> pd.Series:
    """Households whose drift can be asked: lease not terminated, conduct not settled by a plan or by law, overdue debt known and
    below two net terms."""
    return sure(stock["overdue_terms"] < TWO_TERMS) & ~sure(stock["is_terminated"]) & ~is_lawful(stock)


def is_lost_already(stock: pd.DataFrame) -> pd.Series:
    """Loss of contact already there: three failed attempts on two channels, mail back twice, or two requests left unmet."""
    unanswered = sure(stock["failed_attempts_180d"] >= 3) & sure(stock["failed_channels_180d"] >= 2)
    return unanswered | sure(stock["mail_returned_365d"] >= 2) | sure(stock["obligations_unmet"] >= 2)


def is_contact_cohort(stock: pd.DataFrame) -> pd.Series:
    """Households whose loss of contact can be asked: lease not terminated, contacts delivered, contact not already lost."""
    return stock["attempts_180d"].notna() & ~sure(stock["is_terminated"]) & ~is_lost_already(stock)


def is_frozen_by_plan(stock: pd.DataFrame) -> pd.Series:
    """Old debt under a plan whose instalments and rents are paid."""
    return sure(stock["plan_state"] == "kept")


def is_frozen_by_law(stock: pd.DataFrame) -> pd.Series:
    """Old debt that an admissible overindebtedness forbids to pay, no plan being in force (C. consom. L722-5)."""
    return sure(stock["overindebtedness_step"].isin(FROZEN_STEPS)) & ~sure(stock["plan_state"].isin(["kept", "missed"]))


def is_lawful(stock: pd.DataFrame) -> pd.Series:
    """Less than a term is owed beside a debt frozen by a kept plan or by law: conduct as agreed, whatever happened before."""
    return (is_frozen_by_plan(stock) | is_frozen_by_law(stock)) & sure(stock["overdue_terms"] < ONE_TERM)


def is_without_debt(stock: pd.DataFrame) -> pd.Series:
    """Less than a tenth of a term is overdue."""
    return sure(stock["overdue_terms"] < SETTLED_TERMS)


def entrant_until(stock: pd.DataFrame, as_of: date) -> pd.Series:
    """Last day of the third calendar month of each tenancy, until when an entrant's first right may still be pending."""
    start = pd.to_datetime(as_of) - pd.to_timedelta(stock["tenancy_days"].astype("int64"), unit="D")
    first_day = start.dt.to_period("M").dt.to_timestamp()
    third_month = pd.DatetimeIndex(first_day) + pd.DateOffset(months=ENTRANT_MONTHS) - pd.Timedelta(days=1)
    return pd.Series(third_month.date, index=stock.index)


def is_entrant(stock: pd.DataFrame, as_of: date) -> pd.Series:
    """Fewer than three terms due, and the third month of the tenancy not over."""
    return sure(stock["due_terms"] < FEWEST_TERMS) & (entrant_until(stock, as_of) >= as_of)


def in_days(as_of: date, days: int) -> date:
    """The day `days` after the question."""
    return as_of + timedelta(days=days)
