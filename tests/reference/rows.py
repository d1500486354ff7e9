"""Frames cut into plain rows, one account a lease. Money is integer cents, a day is a `date`, an unknown value is None."""

from collections import namedtuple
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from riskmodel.contracts import TABLES

Row = Any
"""A named tuple with one field a stored column."""


@dataclass
class Account:
    """Everything known about one lease. A table that was never delivered is named in `missing`, its list is empty."""

    lease: Row
    management_unit: str | None
    missing: frozenset[str]
    entries: list[Row] = field(default_factory=list)
    benefits: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    obligations: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)
    procedures: list[Row] = field(default_factory=list)
    overindebtedness: list[Row] = field(default_factory=list)
    balances: list[Row] = field(default_factory=list)


def accounts(tables: dict[str, pd.DataFrame]) -> list[Account]:
    """One account a lease of the table `leases`, in order of lease."""
    units = {dwelling.dwelling_id: dwelling.management_unit for dwelling in rows(tables, "dwellings")}
    missing = frozenset(TABLES) - frozenset(tables)
    found = {lease.lease_id: Account(lease, units.get(lease.dwelling_id), missing) for lease in rows(tables, "leases")}
    for name in ("entries", "benefits", "contacts", "obligations", "plans", "procedures", "overindebtedness", "balances"):
        for row in rows(tables, name):
            if row.lease_id in found:
                getattr(found[row.lease_id], name).append(row)
    return [found[lease_id] for lease_id in sorted(found)]


def rows(tables: dict[str, pd.DataFrame], name: str) -> list[Row]:
    """The rows of one table as named tuples of plain Python values; none when the table was never delivered."""
    if name not in tables:
        return []
    frame = tables[name]
    shown = [column for column in TABLES[name].columns if column.stored in frame.columns]
    row = namedtuple("row", [column.stored for column in shown])  # type: ignore[misc]
    return [row(*values) for values in zip(*(_plain(frame[column.stored], column.type) for column in shown), strict=True)]


def _plain(values: pd.Series, type_: str) -> list[Any]:
    known = values.notna()
    if type_ == "date":
        values = pd.to_datetime(values).dt.date
    if type_ in ("int", "money"):
        values = values.where(known, 0).astype("int64")
    return [value if is_known else None for value, is_known in zip(values.tolist(), known, strict=True)]
