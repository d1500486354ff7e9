"""A file that did not arrive shows on the whole portfolio at once: such debts are the landlord's, not the households'.

Two signs, unit by unit and for the landlord as a whole: most expected benefit is late in the same month, or more households owe
their newest term than ever fall behind together.
"""

import pandas as pd

from riskmodel.weekly.cohort import ONE_TERM, TWO_TERMS, sure

LATE_BENEFIT_SHARE = 0.6
NEW_DEBT_SHARE = 0.3
"""In an ordinary month one to three households in a hundred start a debt."""
SMALLEST_GROUP = 20
COLLECTION_DAYS = 30
"""A debt younger than this may come from a missing file; settlement lags are over after 14 days, which leaves about 15."""


def incident_kind(stock: pd.DataFrame) -> pd.Series:
    """`aide` or `encaissement` for households that an incident of their unit or landlord touches, missing for the others."""
    late = sure(stock["benefit_late_months"] == 1)
    newest_only = sure(stock["overdue_terms"] < TWO_TERMS) & sure(stock["oldest_unpaid_days"] < COLLECTION_DAYS)
    fresh = sure(stock["overdue_terms"] >= ONE_TERM) & newest_only
    entitled = sure(stock["has_known_right"]) & sure(stock["gross_term_cents"] > stock["net_term_cents"])
    kind = pd.Series(pd.NA, index=stock.index, dtype="object")
    kind = kind.mask(fresh & _is_massive(stock, fresh, sure(stock["due_terms"] > 0), NEW_DEBT_SHARE), "encaissement")
    return kind.mask(late & _is_massive(stock, late, entitled, LATE_BENEFIT_SHARE), "aide")


def _is_massive(stock: pd.DataFrame, touched: pd.Series, exposed: pd.Series, share: float) -> pd.Series:
    """Whether more than `share` of the exposed households are touched, in the household's unit or over the landlord."""
    unit = stock["management_unit"]
    in_unit = (touched & exposed).groupby(unit).transform("sum") > share * exposed.groupby(unit).transform("sum")
    everywhere = (touched & exposed).sum() > share * exposed.sum() and exposed.sum() >= SMALLEST_GROUP
    return (in_unit & (exposed.groupby(unit).transform("sum") >= SMALLEST_GROUP)) | bool(everywhere)
