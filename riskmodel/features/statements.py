"""Monthly statements of accounts: every movement of twenty-four months by nature, reconciled to the ledger to the cent.

In law the household owes the whole: nothing here is set apart as technical, frozen or awaited (docs/ledger.md, § 11).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from riskmodel.features import blocks
from riskmodel.lake import Source, connect

LEDGER = (
    "ledger/periods",
    "ledger/occupied",
    "ledger/reversed",
    "ledger/moves",
    "ledger/rights",
    "ledger/supplements",
    "ledger/months",
    "ledger/terms",
    "ledger/technical",
)
"""Files under `sql/` that statements rest on."""
BLOCKS = (*LEDGER, "statements/statement", "statements/owed", "statements/called")
AT_ONCE = 10_000
"""Leases read together: about one and a half million entries, some three hundred megabytes."""


@dataclass(frozen=True)
class Month:
    """What moved in a month ("2026-10") in the ledger's own sign: positive raises what is owed. Cents.

    `benefit_due_cents` is told beside, and is no movement; `balance_cents` is the legal balance at the end of the month.
    """

    month: str
    rent_cents: int
    occupancy_cents: int
    charges_cents: int
    supplement_cents: int
    reduction_cents: int
    adjustment_cents: int
    fee_cents: int
    benefit_cents: int
    benefit_recall_cents: int
    payment_cents: int
    rejected_cents: int
    third_party_cents: int
    write_off_cents: int
    transfer_cents: int
    benefit_due_cents: int
    balance_cents: int

    @property
    def moved_cents(self) -> int:
        """All movements of the month: what its balance has more than the one before."""
        return sum(getattr(self, name) for name in MOVEMENTS)


@dataclass(frozen=True)
class Term:
    """A term ("2026-09") that fell due: what it called, the benefit counted in it, and what is left unpaid of it when every
    payment goes to the oldest debt. Cents; a reduction is negative."""

    period: str
    due_on: date
    rent_cents: int
    charges_cents: int
    supplement_cents: int
    reduction_cents: int
    benefit_cents: int
    unpaid_cents: int


@dataclass(frozen=True)
class Statement:
    """A lease's statement on a day: `months` and `terms` oldest first. The opening balance and all movements make the legal
    balance, `closing_cents`."""

    lease_id: str
    as_of: date
    opening_cents: int
    months: tuple[Month, ...]
    terms: tuple[Term, ...]

    @property
    def closing_cents(self) -> int:
        """The legal balance: everything exigible on the day, deposits left out."""
        return self.months[-1].balance_cents if self.months else 0


MOVEMENTS = tuple(field.name for field in fields(Month) if field.name not in ("month", "benefit_due_cents", "balance_cents"))
"""Columns of a month that add up to its movement."""


def read(source: Source, as_of: date, lease_ids: Iterable[str] | None = None) -> Iterator[Statement]:
    """The statement of each of these leases in force on `as_of` (all of them when none is named), in order of lease, from what
    was known at the end of that day. An account that never moved has a statement without months."""
    with connect(source, as_of) as con:
        for leases in shares(con, lease_ids):
            with only(con, as_of, leases, BLOCKS):
                yield from _statements(con, as_of)


def shares(con: duckdb.DuckDBPyConnection, lease_ids: Iterable[str] | None) -> Iterator[list[str]]:
    """The leases asked about, in order, AT_ONCE together."""
    blocks.prepare(con)
    con.execute("ALTER VIEW leases RENAME TO known_leases")
    asked = sorted(set(_all(con) if lease_ids is None else lease_ids))
    for first in range(0, len(asked), AT_ONCE):
        yield asked[first : first + AT_ONCE]


def _all(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [lease_id for (lease_id,) in con.execute("SELECT lease_id FROM known_leases").fetchall()]


@contextmanager
def only(con: duckdb.DuckDBPyConnection, as_of: date, leases: list[str], wanted: Sequence[str]) -> Iterator[None]:
    """The wanted blocks, computed for these leases alone."""
    con.register("asked", pd.DataFrame({"lease_id": pd.Series(leases, dtype="object")}))
    con.execute("CREATE OR REPLACE TEMP TABLE leases AS SELECT * FROM known_leases SEMI JOIN asked USING (lease_id)")
    first, last = con.execute("SELECT COALESCE(MIN(bucket), 0), COALESCE(MAX(bucket), -1) FROM temp.leases").fetchall()[0]
    blocks.run(con, as_of, (first, last), wanted)
    yield
    con.unregister("asked")


def _statements(con: duckdb.DuckDBPyConnection, as_of: date) -> Iterator[Statement]:
    openings: dict[str, int] = {}
    months: dict[str, list[Month]] = defaultdict(list)
    for lease_id, opening, *month in _rows(con, "statement", "opening_cents", Month, "period"):
        openings.setdefault(lease_id, opening)
        months[lease_id].append(Month(*month))
    terms: dict[str, list[Term]] = defaultdict(list)
    for lease_id, _, *term in _rows(con, "called", "due_on", Term, "due_on, b.period"):
        terms[lease_id].append(Term(*term))
    for (lease_id,) in con.execute("SELECT lease_id FROM occupied ORDER BY lease_id").fetchall():
        yield Statement(lease_id, as_of, openings.get(lease_id, 0), tuple(months[lease_id]), tuple(terms[lease_id]))


def _rows(con: duckdb.DuckDBPyConnection, block: str, first: str, kind: type[Month | Term], order: str) -> list[tuple[Any, ...]]:
    """Rows of a block: the lease, one more column, and the fields of `kind` in order."""
    columns = ", ".join("b.period" if field.name == "month" else f"b.{field.name}" for field in fields(kind))
    return con.execute(
        f"SELECT o.lease_id, b.{first}, {columns} FROM {block} b JOIN occupied o ON o.lease_no = b.lease_no "
        f"ORDER BY o.lease_id, b.{order}"
    ).fetchall()
