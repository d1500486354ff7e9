"""What the lake says: debts of each unit at the end of a month, acts of each month, how long after a default somebody spoke."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import duckdb

from riskmodel.features import blocks, statements
from riskmodel.lake import Source, connect

ACCOUNTS = (
    "ledger/periods",
    "ledger/occupied",
    "ledger/reversed",
    "ledger/moves",
    "ledger/rights",
    "ledger/supplements",
    "ledger/months",
    "ledger/terms",
)
OWED = (
    *ACCOUNTS,
    "ledger/last_terms",
    "ledger/overindebted",
    "ledger/plan_in_force",
    "ledger/erp_balances",
    "ledger/accounts",
    "ledger/benefit_gaps",
    "ledger/rests",
    "features/term",
    "indicators/stock",
)
SINCE_DEFAULT = (*ACCOUNTS, "statements/statement", "indicators/spoken", "indicators/defaults")
DONE = ("indicators/acts", "indicators/spoken", "indicators/hearings")
"""Files under `sql/`, in the order in which they run."""


@dataclass(frozen=True)
class Stock:
    """Households on a day, and those that owe something, at least three and at least twelve of their usual net terms; `frozen`
    have a debt that overindebtedness forbids to claim, left out of the others. Cents: what may be claimed, and the whole debt."""

    households: int = 0
    owing: int = 0
    three_months: int = 0
    twelve_months: int = 0
    frozen: int = 0
    claimable_cents: int = 0
    legal_cents: int = 0

    def __add__(self, other: "Stock") -> "Stock":
        return Stock(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Stock)))


@dataclass(frozen=True)
class Act:
    """Households of a unit for which an act was done in a month ("2026-10")."""

    management_unit: str
    month: str
    act: str
    households: int


@dataclass(frozen=True)
class Default:
    """An account that fell into debt and stayed there: since when, the first exchange and the first referral that followed."""

    management_unit: str
    default_on: date
    spoken_on: date | None
    referred_on: date | None


@dataclass(frozen=True)
class Hearing:
    """A hearing, and whether the household had been spoken with, or met, since the summons."""

    management_unit: str
    hearing_on: date
    is_spoken: bool
    is_met: bool


def stock(source: Source, as_of: date) -> dict[str, Stock]:
    """By management unit, the debts at the end of a day, as they were known then."""
    found = defaultdict[str, Stock](Stock)
    for unit, *values in _of_accounts(source, as_of, OWED, "stock"):
        found[unit] += Stock(*values)
    return dict(found)


def defaults(source: Source, as_of: date) -> list[Default]:
    """First defaults of the last twenty-four months, of leases still in force on `as_of`, by day."""
    found = (Default(*row) for row in _of_accounts(source, as_of, SINCE_DEFAULT, "defaults"))
    return sorted(found, key=lambda one: (one.default_on, one.management_unit))


def done(source: Source, as_of: date) -> tuple[list[Act], list[Hearing]]:
    """Every act and hearing dated up to `as_of` and known that day, of leases ended since too."""
    with connect(source, as_of) as con:
        blocks.run(con, as_of, (0, 0), DONE)
        acts = [Act(*row) for row in _all(con, "acts")]
        return acts, [Hearing(*row) for row in _all(con, "hearings")]


def _of_accounts(source: Source, as_of: date, wanted: tuple[str, ...], block: str) -> Iterator[tuple[Any, ...]]:
    with connect(source, as_of) as con:
        for leases in statements.shares(con, None):
            with statements.only(con, as_of, leases, wanted):
                yield from _all(con, block)


def _all(con: duckdb.DuckDBPyConnection, block: str) -> list[tuple[Any, ...]]:
    return con.execute(f"SELECT * FROM {block} ORDER BY ALL").fetchall()
