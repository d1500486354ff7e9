"""One lease's account as the engine read it: the rows behind its features, for a person who wants to check."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from riskmodel.errors import NothingKnown
from riskmodel.features import blocks
from riskmodel.features.build import frame_sql
from riskmodel.lake import Source, connect

Rows = list[dict[str, Any]]

TERMS = """
SELECT
    p.period, t.due_on, t.gross_cents, t.counted_cents, t.received_cents > 0 AS is_received, t.net_cents,
    j.paid_cents, j.is_unpaid
FROM terms t
JOIN occupied o ON o.lease_no = t.lease_no
JOIN periods p ON p.month = t.month
LEFT JOIN judgements j ON j.lease_no = t.lease_no AND j.due_on = t.due_on
WHERE o.lease_id = ?
ORDER BY t.due_on, p.period
"""
DEBITS = """
SELECT u.day, u.is_technical, u.amount_cents, u.unpaid_cents
FROM unpaid u
JOIN occupied o ON o.lease_no = u.lease_no
WHERE o.lease_id = ?
ORDER BY u.day, u.is_technical
"""


@dataclass(frozen=True)
class Account:
    """`terms`: due terms, oldest first, judged ones with the money of their window. `debits`: those not fully paid, oldest first.
    `features`: the lease's line of the features frame."""

    terms: Rows
    debits: Rows
    features: dict[str, Any]


def read_account(source: Source, as_of: date, lease_id: str, *, memory: str = "2GB") -> Account:
    """The account of one lease on `as_of`; raises NothingKnown when the lease is not in force that day."""
    with connect(source, as_of, memory=memory) as con:
        blocks.prepare(con)
        bucket = _bucket(con, as_of, lease_id)
        blocks.run(con, as_of, (bucket, bucket))
        features = _rows(con, f"SELECT * FROM ({frame_sql(source.pins)}) WHERE lease_id = ?", lease_id)
        return Account(_rows(con, TERMS, lease_id), _rows(con, DEBITS, lease_id), features[0])


def _bucket(con: duckdb.DuckDBPyConnection, as_of: date, lease_id: str) -> int:
    found = con.execute(
        "SELECT bucket FROM leases WHERE lease_id = ? AND start_date <= ? AND end_date IS NULL", [lease_id, as_of]
    ).fetchone()
    if found is None:
        raise NothingKnown(
            f"Bail {lease_id} : pas de bail en cours au {as_of:%d/%m/%Y}. "
            "Vérifiez le jour et l'identifiant (colonne lease_id de la liste)."
        )
    return int(found[0])


def _rows(con: duckdb.DuckDBPyConnection, sql: str, lease_id: str) -> Rows:
    cursor = con.execute(sql, [lease_id])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
