"""The dated rows behind a household's score, as the blocks of `sql/` read them: what facts and evidence are made of.

Each SELECT looks at blocks computed on unedited copies; `known_…` are the rows as delivered, with their own identifiers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from riskmodel.features.scenarios import AT_ONCE, Copies, Scenario

Row = dict[str, Any]

MEMORY_DAYS = 400
"""The longest time a rejected payment can weigh: twelve judged terms (docs/ledger.md, § 5)."""

_QUERIES = {
    "judged": """
        SELECT o.lease_id, j.rank, j.due_on, j.opened_on, j.judged_on, j.net_cents, g.paid_cents, g.is_unpaid,
            CASE WHEN g.is_unpaid THEN g.short_cents ELSE 0 END AS missing_cents,
            GREATEST(0, j.net_cents - g.paid_cents - GREATEST(0, g.short_cents)) AS surplus_cents
        FROM judged j
        JOIN judgements g ON g.lease_no = j.lease_no AND g.rank = j.rank
        JOIN occupied o ON o.lease_no = j.lease_no
        ORDER BY o.lease_id, j.rank DESC""",
    "debits": """
        SELECT o.lease_id, u.day, u.amount_cents, u.unpaid_cents, d.lease_no IS NOT NULL AS is_term,
            COALESCE(d.is_in_transit, FALSE) AS is_in_transit
        FROM unpaid u
        JOIN occupied o ON o.lease_no = u.lease_no
        LEFT JOIN (
            SELECT t.lease_no, t.due_on, BOOL_OR(t.due_on + m.lag_days > {as_of}) AS is_in_transit
            FROM terms t
            JOIN methods m ON m.lease_no = t.lease_no
            WHERE t.net_cents > 0
            GROUP BY t.lease_no, t.due_on
        ) d ON d.lease_no = u.lease_no AND d.due_on = u.day
        WHERE NOT u.is_technical
        ORDER BY o.lease_id, u.day""",
    "rejects": """
        SELECT e.lease_id, e.value_on AS day, LIST(e.row_key ORDER BY e.row_key) AS keys,
            CAST(SUM(e.amount_cents) AS BIGINT) AS amount_cents
        FROM known_entries e
        WHERE e.kind = 'payment_rejected' AND e.value_on <= {as_of} AND e.value_on > {as_of} - {memory_days}
        GROUP BY e.lease_id, e.value_on
        ORDER BY e.lease_id, e.value_on""",
    "plans": """
        SELECT o.lease_id, p.framework, p.signed_on, p.first_due_on, p.instalment_cents, p.instalments_tolerated
        FROM plan_in_force p
        JOIN occupied o ON o.lease_no = p.lease_no
        ORDER BY o.lease_id""",
    "rights": """
        SELECT b.lease_id, b.month, b.kind, b.amount_cents, b.paid_to, b.state, b.known_on, b.row_key, r.open_cents,
            COALESCE(m.received_cents, 0) AS received_cents
        FROM known_benefits b
        JOIN occupied o ON o.lease_id = b.lease_id
        JOIN periods p ON p.period = b.month
        JOIN rights r ON r.lease_no = o.lease_no AND r.month = p.month
        LEFT JOIN months m ON m.lease_no = o.lease_no AND m.month = p.month
        ORDER BY b.lease_id, b.month""",
    "attempts": """
        SELECT DISTINCT c.*, e.contacted_on, e.is_returned, e.is_missed_appointment, e.contacted_on > {as_of} - 180 AS is_recent
        FROM known_contacts c
        JOIN occupied o ON o.lease_id = c.lease_id
        JOIN exchanges e ON e.lease_no = o.lease_no AND e.contacted_at = c.contacted_at AND e.channel = c.channel AND e.is_failed
        JOIN answers a ON a.lease_no = o.lease_no
        WHERE e.contacted_on > {as_of} - 365 AND (a.answered_at IS NULL OR e.contacted_at > a.answered_at)
            AND c.direction = 'outbound'
        ORDER BY c.lease_id, c.contacted_at, c.row_key""",
    "obligations": """
        SELECT r.*
        FROM known_obligations r
        WHERE r.requested_on > {as_of} - 730 AND r.requested_on <= {as_of} AND r.due_on < {as_of}
            AND r.reminded_on IS NOT NULL AND r.fulfilled_on IS NULL
        ORDER BY r.lease_id, r.due_on, r.row_key""",
    "exchanges": """
        SELECT o.lease_id, CAST(a.answered_at AS DATE) AS answered_on, o.start_date
        FROM occupied o
        LEFT JOIN answers a ON a.lease_no = o.lease_no
        ORDER BY o.lease_id""",
    "broken": """
        SELECT p.lease_id, p.framework, p.signed_on, p.ended_on
        FROM known_plans p
        WHERE p.end_reason = 'broken' AND p.ended_on > {as_of} - 365 AND p.ended_on <= {as_of}
        ORDER BY p.lease_id, p.ended_on""",
}


@dataclass(frozen=True)
class Dossier:
    """One lease on `as_of`: its features, and the rows they were read from, oldest first.

    `judged`: terms looked at by § 5 of docs/ledger.md, each with its `missing_cents` (0 when fully paid). `debits`: current
    debits of which something is unpaid. `attempts`: failed ones since the last answer. `obligations`: unmet ones.
    """

    lease_id: str
    as_of: date
    features: Row
    judged: tuple[Row, ...]
    debits: tuple[Row, ...]
    rejects: tuple[Row, ...]
    plan: Row | None
    rights: tuple[Row, ...]
    attempts: tuple[Row, ...]
    obligations: tuple[Row, ...]
    exchanges: Row
    broken: tuple[Row, ...]


def read(copies: Copies, leases: Iterable[str]) -> dict[str, Dossier]:
    """The dossier of each of `leases` in force on the day of `copies`, AT_ONCE at a time: only the last rows are at hand."""
    wanted, found = sorted(set(leases)), dict[str, Dossier]()
    for first in range(0, len(wanted), AT_ONCE):
        found |= _share(copies, wanted[first : first + AT_ONCE])
    return found


def _share(copies: Copies, leases: list[str]) -> dict[str, Dossier]:
    frame = copies.features({lease_id: Scenario(lease_id) for lease_id in leases})
    found = {name: _by_lease(copies, sql) for name, sql in _QUERIES.items()}
    known = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {str(row["lease_id"]): _dossier({str(k): v for k, v in row.items()}, copies.as_of, found) for row in known}


def _by_lease(copies: Copies, sql: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in copies.rows(sql.format(as_of=f"DATE '{copies.as_of.isoformat()}'", memory_days=MEMORY_DAYS)):
        rows[row["lease_id"]].append(row)
    return rows


def _dossier(features: Row, as_of: date, found: dict[str, dict[str, list[Row]]]) -> Dossier:
    rows = {name: tuple(by_lease.get(features["lease_id"], ())) for name, by_lease in found.items()}
    return Dossier(
        features["lease_id"],
        as_of,
        features,
        judged=rows["judged"],
        debits=rows["debits"],
        rejects=rows["rejects"],
        plan=rows["plans"][0] if rows["plans"] else None,
        rights=rows["rights"],
        attempts=rows["attempts"],
        obligations=rows["obligations"],
        exchanges=rows["exchanges"][0],
        broken=rows["broken"],
    )
