"""A stock made by hand: calm households with a normal account, but for what a test says."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel.features.dictionary import FEATURES
from riskmodel.score import apply, published
from riskmodel.settings import Landlord
from riskmodel.weekly.compose import compose
from riskmodel.weekly.edition import Edition
from riskmodel.weekly.frozen import FrozenList
from riskmodel.weekly.stock import assemble, place

MONDAY = date(2026, 11, 2)
AS_OF = date(2026, 11, 1)

CALM: dict[str, Any] = {
    "household_id": "M1",
    "management_unit": "UG01",
    "tenancy_days": 2_000,
    "is_terminated": False,
    "due_terms": 30,
    "net_term_cents": 40_000,
    "gross_term_cents": 55_000,
    "overdue_terms": 0.0,
    "current_terms": 0.0,
    "legal_terms": 0.0,
    "judged_terms": 12,
    "paid_share_3": 100,
    "has_benefit_break": False,
    "has_known_right": True,
    "plan_state": "none",
    "overindebtedness_step": "none",
    "stage": "none",
    "is_clause_at_stake": False,
    "is_clause_missed": False,
    "is_to_contact": False,
    "days_since_two_way": 30,
}
OWES_A_TERM = {"overdue_terms": 1.2, "legal_terms": 1.2, "overdue_cents": 48_000, "legal_cents": 48_000, "unpaid_terms_6": 2}
LOST = {"failed_attempts_180d": 3, "failed_channels_180d": 2, "obligations_unmet": 2}
DTYPES = {"BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean", "DATE": "object", "VARCHAR": "object"}


def edition(capacity: int = 6, **changes: Any) -> Edition:
    """The lists of one Monday for a landlord whose teams review `capacity` rows."""
    landlord = Landlord("essai", "Bailleur essai", "canonique", Path("inbox"), default_capacity=capacity)
    given = {"landlord": landlord, "monday": MONDAY, "last_delivery": AS_OF, **changes}
    return Edition(drift=published("derive"), contact=published("decrochage"), **given)


def features(*households: dict[str, Any]) -> pd.DataFrame:
    """One row a household, `B1`, `B2`… in order; figures not given are zero, dates unknown."""
    rows = [{**CALM, "lease_id": f"B{rank}", **household} for rank, household in enumerate(households, start=1)]
    zero = {"BIGINT": 0, "DOUBLE": 0.0, "BOOLEAN": False}
    return pd.DataFrame(
        {f.name: pd.Series([row.get(f.name, zero.get(f.type)) for row in rows], dtype=DTYPES[f.type]) for f in FEATURES}
    )


def placed(*households: dict[str, Any], on: Edition | None = None, rights: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    """The stock with its tabs; `rights` names leases that object or whose holder died."""
    on = on or edition()
    frame = features(*households)
    scores = pd.concat([apply(table, frame).assign(table=table.name) for table in (on.drift, on.contact)])
    known = pd.DataFrame(rights or [], columns=["lease_id", "has_objected", "is_deceased", "is_represented"])
    out = set(known.loc[known["has_objected"].eq(True) | known["is_deceased"].eq(True), "lease_id"])
    return place(assemble(frame, scores[~scores["lease_id"].isin(out)], known), on)


def tabs(*households: dict[str, Any], **said: Any) -> list[str | None]:
    """The tab of each household, None where there is nothing to say."""
    return [None if pd.isna(tab) else tab for tab in placed(*households, **said)["tab"]]


def the_list(*households: dict[str, Any], capacity: int = 6, previous: FrozenList | None = None, **said: Any) -> FrozenList:
    """The frozen list of the one unit of these households."""
    on = said.pop("on", None) or edition(capacity)
    before = {previous.management_unit: previous} if previous else {}
    return compose(placed(*households, on=on, **said), on, before).lists[0]
