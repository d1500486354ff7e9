"""From what a night knows of leases to what the law room reads: those with a debt, a procedure, a plan, an overindebtedness."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from riskmodel import law
from riskmodel.errors import NothingKnown
from riskmodel.features import claims
from riskmodel.features.claims import Claim
from riskmodel.lake import Source

Row = Mapping[str, Any]
Features = Mapping[str, Row]
"""Rows of features by lease."""
READ = ("lease_id", "legal_cents", "frozen_cents", "technical_cents", "plan_missed", "paid_share_3", "unpaid_terms_3")
"""Features that the law room is told."""


def concerned(features: pd.DataFrame) -> Features:
    """The rows of a night's features that the law may say something of, by lease: those that owe something, or have a step, a
    hearing, a plan or an overindebtedness file. A table never delivered tells nothing."""
    codes = [features[name].fillna("none") != "none" for name in ("stage", "plan_state", "overindebtedness_step")]
    found = features[(features["legal_cents"] > 0) | features["hearing_on"].notna() | codes[0] | codes[1] | codes[2]]
    rows = found[list(READ)].astype(object).where(found[list(READ)].notna(), None)
    return {row[0]: dict(zip(READ, row, strict=True)) for row in rows.itertuples(index=False, name=None)}


def leases(known: Source, as_of: date, features: Features) -> Iterator[law.Lease]:
    """The leases of these features, in order, as they stood at the end of `as_of`.

    Features are those of the same day and delivery: raises NothingKnown when a statement does not make their balance.
    """
    for claim in claims.read(known, as_of, features):
        yield _lease(claim, features[claim.lease["lease_id"]])


def _lease(claim: Claim, row: Row) -> law.Lease:
    lease, rows = claim.lease, claim.rows
    _reconcile(claim, row["legal_cents"])
    return law.Lease(
        lease_id=lease["lease_id"],
        management_unit=lease["management_unit"],
        signed_on=lease["signed_on"],
        start_on=lease["start_date"],
        terminated_on=lease["terminated_on"],
        occupancy=lease["occupancy"],
        terms=tuple(law.Term(**_but_lease(term)) for term in rows["terms"]),
        legal_cents=row["legal_cents"],
        frozen_cents=row["frozen_cents"],
        technical_cents=row["technical_cents"],
        benefit=next((law.Benefit(**_but_lease(right)) for right in rows["benefits"]), None),
        acts=tuple(law.Act(act["step"], act["dated"], act["amount_cents"], act["hearing_on"]) for act in rows["acts"]),
        plans=tuple(_plan(plan, row["plan_missed"] or 0) for plan in rows["plans"]),
        overindebtedness=tuple(law.Stage(stage["step"], stage["dated"]) for stage in rows["stages"]),
        paid_share_3=row["paid_share_3"],
        unpaid_terms_3=row["unpaid_terms_3"],
        balances=tuple(law.Balance(balance["day"], balance["balance_cents"]) for balance in rows["balances"]),
    )


def _but_lease(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "lease_id"}


def _plan(plan: Row, missed: int) -> law.Plan:
    """A plan with what is missed of it: today of the one in force, at its last instalment of any other."""
    own = {name: value for name, value in plan.items() if name not in ("lease_id", "is_in_force")}
    return law.Plan(**own | {"missed": missed if plan["is_in_force"] else plan["missed"]})


def _reconcile(claim: Claim, legal_cents: int) -> None:
    ends = claim.rows["balances"]
    made = ends[-1]["balance_cents"] if ends else 0
    if made != legal_cents:
        raise NothingKnown(
            f"Bail {claim.lease['lease_id']} : le relevé mène à {made} centimes, les traits de la nuit disent {legal_cents}. "
            "Une livraison est arrivée entre les deux : relancez « riskmodel features build » pour ce jour, puis les échéances."
        )
