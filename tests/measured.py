"""Outcomes as the product measures them, beside the plain reading of the same days."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from riskmodel import outcomes
from riskmodel.features import FEATURES
from riskmodel.lake import Source
from riskmodel.outcomes.calendar import closing_day
from riskmodel.weekly.cohort import is_drift_cohort, is_without_debt, sure
from riskmodel.weekly.doubt import doubts
from riskmodel.weekly.suppression import suppress
from tests.lakes import tables_of
from tests.reference import outcomes as plainly

Measured = dict[str, dict[str, Any]]
FEATURE_NAMES = [feature.name for feature in FEATURES]


def measured(source: Source, as_of: date, last_delivery: date, folder: Path) -> Measured:
    """What the product measures, by lease, as plain Python values."""
    target = folder / "jour.parquet"
    rows = outcomes.measure(source, as_of, last_delivery, target)
    found = {row["lease_id"]: row for row in pq.read_table(target).to_pylist()}
    assert len(found) == rows, "the same lease twice"
    return found


def read_plainly(
    source: Source, as_of: date, last_delivery: date, found: Measured, tenants: Iterable[dict[str, Any]]
) -> Measured:
    """The reference's outcomes of the same leases, on the features the product computed, which have a reference of their own."""
    closing = closing_day(as_of, last_delivery)
    then, now = tables_of(source, as_of), tables_of(source, closing)
    return plain_values(plainly.outcomes(then, now, found, dates_of(tenants, closing), as_of, last_delivery))


def plain_values(frame: pd.DataFrame) -> Measured:
    """The reference's frame by lease, None where unknown."""
    return by_lease(frame.set_index("lease_id", drop=False))


def disagreements(found: Measured, expected: Measured) -> list[str]:
    """One line a disagreement of the outcome columns."""
    lines = [f"{lease_id} : in one reading only" for lease_id in sorted(found.keys() ^ expected.keys())]
    for lease_id in sorted(found.keys() & expected.keys()):
        lines += [
            f"{lease_id} {name}: SQL {found[lease_id][name]!r}, reference {value!r}"
            for name, value in expected[lease_id].items()
            if found[lease_id][name] != value
        ]
    return lines


def dates_of(tenants: Iterable[dict[str, Any]], closing: date) -> plainly.Dates:
    """§ 4: by lease, a holder's first objection and the day on which a holder had died and no other was left."""
    holders: dict[str, list[dict[str, Any]]] = {}
    for tenant in tenants:
        if tenant["role"] in ("holder", "co_holder"):
            known = {name: _known(tenant.get(name), closing) for name in ("objected_on", "deceased_on", "left_on")}
            holders.setdefault(tenant["lease_id"], []).append(known)
    return {lease_id: (_objected(found), _deceased(found)) for lease_id, found in holders.items()}


def _known(day: date | None, closing: date) -> date | None:
    return day if day is not None and day <= closing else None


def _objected(holders: list[dict[str, date | None]]) -> date | None:
    return min((holder["objected_on"] for holder in holders if holder["objected_on"]), default=None)


def _deceased(holders: list[dict[str, date | None]]) -> date | None:
    gone = [min((day for day in (h["deceased_on"], h["left_on"]) if day), default=None) for h in holders]
    died = [holder["deceased_on"] for holder in holders if holder["deceased_on"]]
    if not died or None in gone:
        return None
    return max(min(died), *(day for day in gone if day))


def tenant(lease_id: str, number: int, **known: Any) -> dict[str, Any]:
    """A row of the tenants' table for a test."""
    return {"tenant_id": f"T-{lease_id}-{number}", "lease_id": lease_id, "role": "holder", "last_name": "EXEMPLE", **known}


def said_by_the_list(stock: pd.DataFrame, as_of: date) -> Measured:
    """The drift cohorts of a stock (features and rights) in the words of the weekly list, by lease."""
    stock = stock.set_index("lease_id", drop=False)
    cause, doubt = suppress(stock, as_of)["cause"], doubts(stock).notna()
    asked = is_drift_cohort(stock) & ~doubt & ~sure(stock["has_objected"]) & ~sure(stock["is_deceased"])
    in_drift = asked & cause.isna() & ~is_without_debt(stock)
    return by_lease(pd.DataFrame({"cause": cause, "doubt": doubt, "drift_asked": asked, "in_drift": in_drift}))


def by_lease(frame: pd.DataFrame) -> Measured:
    """A frame indexed by lease as plain values, None where unknown."""
    return {
        str(lease_id): {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for lease_id, row in zip(frame.index, frame.to_dict("records"), strict=True)
    }
