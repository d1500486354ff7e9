-- §7. The plan in force, what of it was missed past five days, and plans broken in a year.
WITH terms_since AS (
    SELECT p.lease_no, CAST(SUM(t.net_cents) AS BIGINT) AS net_cents
    FROM terms t
    JOIN plan_in_force p ON p.lease_no = t.lease_no
    WHERE t.due_on > p.signed_on AND t.due_on <= :as_of - 5
    GROUP BY p.lease_no
),
arrears AS (
    SELECT
        p.*,
        COALESCE(t.net_cents, 0) + p.instalment_cents * p.instalments_tolerated - COALESCE(a.plan_paid_cents, 0) AS arrears_cents
    FROM plan_in_force p
    LEFT JOIN terms_since t ON t.lease_no = p.lease_no
    LEFT JOIN accounts a ON a.lease_no = p.lease_no
),
missed AS (
    SELECT
        *,
        CASE
            WHEN instalment_cents <= 0 OR 10 * arrears_cents <= instalment_cents THEN 0
            ELSE LEAST(
                instalments_tolerated,
                CAST(CEIL(CAST(10 * arrears_cents - instalment_cents AS DOUBLE) / (10 * instalment_cents)) AS BIGINT)
            )
        END AS plan_missed
    FROM arrears
),
broken AS (
    SELECT o.lease_no, COUNT(*) AS plans
    FROM plans p
    JOIN occupied o ON o.lease_id = p.lease_id
    WHERE p.bucket BETWEEN :first_bucket AND :last_bucket
        AND p.end_reason = 'broken' AND p.ended_on > :as_of - 365 AND p.ended_on <= :as_of
    GROUP BY o.lease_no
)
SELECT
    o.lease_no,
    CASE
        WHEN m.plan_missed = 0 THEN 'kept' WHEN m.plan_missed > 0 THEN 'missed' WHEN b.plans > 0 THEN 'broken' ELSE 'none'
    END AS plan_state,
    m.framework AS plan_framework,
    COALESCE(m.plan_missed, 0) AS plan_missed,
    COALESCE(b.plans, 0) AS plans_broken_365d,
    COALESCE(m.framework IN ('judge', 'pcs'), FALSE) AS is_clause_at_stake,
    COALESCE(m.framework IN ('judge', 'pcs') AND m.plan_missed >= 1, FALSE) AS is_clause_missed
FROM occupied o
LEFT JOIN missed m ON m.lease_no = o.lease_no
LEFT JOIN broken b ON b.lease_no = o.lease_no
