-- §2. Due terms. The benefit expected is looked up only where none was received: the newest visible right of the month
-- and of the two before decides; those before only while the month is recent. `charge_cents` is what a term puts on the household's own
-- account (§5): a benefit above the rent is the household's, and one missing for a year is its own again.
WITH unanswered AS (
    SELECT
        m.lease_no,
        m.month,
        m.month > EXTRACT(YEAR FROM :as_of - 92) * 12 + EXTRACT(MONTH FROM :as_of - 92) - 1 AS is_recent
    FROM months m
    WHERE m.due_on <= :as_of AND m.received_cents <= 0 AND m.lease_no IN (SELECT lease_no FROM rights)
),
expected AS (
    SELECT
        u.lease_no,
        u.month,
        COALESCE(r0.expected_cents, r1.expected_cents, r2.expected_cents) AS expected_cents,
        COALESCE(r0.kind, r1.kind, r2.kind) AS benefit_kind
    FROM unanswered u
    LEFT JOIN rights r0 ON r0.lease_no = u.lease_no AND r0.month = u.month
    LEFT JOIN rights r1 ON r1.lease_no = u.lease_no AND r1.month = u.month - 1 AND u.is_recent
    LEFT JOIN rights r2 ON r2.lease_no = u.lease_no AND r2.month = u.month - 2 AND u.is_recent
),
counted AS (
    SELECT
        m.lease_no,
        m.month,
        m.due_on,
        m.gross_cents,
        m.received_cents,
        e.benefit_kind,
        GREATEST(0, LEAST(
            m.gross_cents,
            CASE WHEN m.received_cents > 0 THEN m.received_cents ELSE COALESCE(e.expected_cents, 0) END
        )) AS counted_cents
    FROM months m
    LEFT JOIN expected e ON e.lease_no = m.lease_no AND e.month = m.month
    WHERE m.due_on <= :as_of
)
SELECT
    *,
    gross_cents - counted_cents AS net_cents,
    gross_cents - received_cents - CASE WHEN received_cents <= 0 AND due_on > :as_of - 365 THEN counted_cents ELSE 0 END AS charge_cents
FROM counted
