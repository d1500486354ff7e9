"""What the legal clock is told of a lease: terms and what is unpaid of them, month-end balances, acts, plans, stages, benefit.

Only what was known at the end of the day; read for thousands of leases at a time (docs/ledger.md, § 11).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from riskmodel.features import statements
from riskmodel.lake import Source, connect

BLOCKS = (*statements.BLOCKS, "ledger/overindebted", "ledger/plan_in_force", "households/instalments")
"""Files under `sql/`."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """One lease in force: its own row, and rows by kind, oldest first: `terms` (reduction positive here), `balances`, `acts`,
    `plans` (`missed` at the last instalment asked; `is_in_force`), `stages`, and at most one of `benefits`."""

    lease: Row
    rows: dict[str, list[Row]]


def read(source: Source, as_of: date, lease_ids: Iterable[str]) -> Iterator[Claim]:
    """The claims on these leases, those in force on `as_of`, in order of lease."""
    with connect(source, as_of) as con:
        for leases in statements.shares(con, lease_ids):
            with statements.only(con, as_of, leases, BLOCKS):
                yield from _claims(con, as_of)


def _claims(con: duckdb.DuckDBPyConnection, as_of: date) -> Iterator[Claim]:
    found = {name: _by_lease(con, sql, as_of) for name, sql in _ROWS.items()}
    for (lease,) in _by_lease(con, _LEASES, as_of).values():
        yield Claim(lease, {name: rows.get(lease["lease_id"], []) for name, rows in found.items()})


def _by_lease(con: duckdb.DuckDBPyConnection, sql: str, as_of: date) -> dict[str, list[Row]]:
    cursor = con.execute(sql.replace(":as_of", f"DATE '{as_of.isoformat()}'"))
    names = [column[0] for column in cursor.description or ()]
    found: dict[str, list[Row]] = defaultdict(list)
    for row in cursor.fetchall():
        found[row[0]].append(dict(zip(names, row, strict=True)))
    return found


_LEASES = """
    SELECT o.lease_id, o.management_unit, l.signed_on, l.start_date, l.terminated_on, l.occupancy
    FROM occupied o
    JOIN leases l ON l.lease_id = o.lease_id
    ORDER BY o.lease_id"""
_ROWS = {
    "terms": """
        SELECT o.lease_id, c.due_on, c.rent_cents, c.charges_cents, c.supplement_cents, -c.reduction_cents AS reduction_cents,
            c.benefit_cents, c.unpaid_cents
        FROM called c
        JOIN occupied o ON o.lease_no = c.lease_no
        ORDER BY o.lease_id, c.due_on, c.period""",
    "balances": """
        SELECT o.lease_id, LEAST(p.next_month - 1, :as_of) AS day, s.balance_cents
        FROM statement s
        JOIN occupied o ON o.lease_no = s.lease_no
        JOIN periods p ON p.period = s.period
        ORDER BY o.lease_id, p.month""",
    "acts": """
        SELECT lease_id, step, dated, amount_cents, hearing_on
        FROM procedures SEMI JOIN asked USING (lease_id)
        ORDER BY lease_id, dated, step_id""",
    "plans": """
        SELECT p.lease_id, p.framework, p.signed_on, p.first_due_on, p.instalment_cents, p.instalments, p.ended_on, p.end_reason,
            COALESCE(i.missed, 0) AS missed, f.plan_id IS NOT NULL AS is_in_force
        FROM plans p
        SEMI JOIN asked USING (lease_id)
        LEFT JOIN (SELECT plan_id, ARG_MAX(missed, day) AS missed FROM instalments GROUP BY plan_id) i ON i.plan_id = p.plan_id
        LEFT JOIN plan_in_force f ON f.plan_id = p.plan_id
        ORDER BY p.lease_id, p.signed_on, p.plan_id""",
    "stages": """
        SELECT lease_id, step, dated
        FROM overindebtedness SEMI JOIN asked USING (lease_id)
        ORDER BY lease_id, dated""",
    "benefits": """
        SELECT lease_id, kind, amount_cents, paid_to, state
        FROM benefits SEMI JOIN asked USING (lease_id)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY lease_id ORDER BY month DESC) = 1""",
}
