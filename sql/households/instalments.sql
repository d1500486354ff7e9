-- docs/ledger.md §10: the plan's state (§7) asked of each instalment five days after its own day: how many were then missed, and how many
-- the instalment before left missed. An agreement suspended by overindebtedness asks for nothing from the freeze on.
WITH due AS (
    SELECT
        o.lease_no,
        o.lease_id,
        p.plan_id,
        p.framework,
        p.signed_on,
        p.instalment_cents,
        m.month - s.month AS number,
        CAST(p.first_due_on + TO_MONTHS(CAST(m.month - s.month AS INTEGER)) AS DATE) AS day,
        CASE WHEN p.framework IN ('amicable', 'caf', 'pcs') AND p.signed_on < d.frozen_on THEN d.frozen_on END AS frozen_on,
        p.ended_on
    FROM plans p
    JOIN occupied o ON o.lease_id = p.lease_id
    LEFT JOIN overindebted d ON d.lease_no = o.lease_no
    JOIN periods s ON p.first_due_on >= s.first_day AND p.first_due_on < s.next_month
    JOIN periods m ON m.month >= s.month AND m.month < s.month + p.instalments AND m.first_day <= :as_of
    WHERE p.bucket BETWEEN :first_bucket AND :last_bucket AND p.instalment_cents > 0
),
asked AS (
    SELECT *
    FROM due
    WHERE day <= :as_of - 5 AND (ended_on IS NULL OR day + 5 <= ended_on) AND (frozen_on IS NULL OR day < frozen_on)
),
called AS (
    SELECT a.plan_id, a.number, SUM(t.net_cents) AS net_cents
    FROM asked a
    JOIN terms t ON t.lease_no = a.lease_no AND t.due_on > a.signed_on AND t.due_on <= a.day
    GROUP BY a.plan_id, a.number
),
received AS (
    SELECT a.plan_id, a.number, -SUM(m.amount_cents) AS paid_cents
    FROM asked a
    JOIN moves m ON m.lease_no = a.lease_no AND m.is_received AND m.value_on > a.signed_on AND m.value_on <= a.day + 5
    GROUP BY a.plan_id, a.number
),
arrears AS (
    SELECT
        a.*,
        COALESCE(c.net_cents, 0) + a.instalment_cents * (a.number + 1) - COALESCE(r.paid_cents, 0) AS arrears_cents
    FROM asked a
    LEFT JOIN called c ON c.plan_id = a.plan_id AND c.number = a.number
    LEFT JOIN received r ON r.plan_id = a.plan_id AND r.number = a.number
),
missed AS (
    SELECT
        *,
        CASE
            WHEN 10 * arrears_cents <= instalment_cents THEN 0
            ELSE LEAST(
                number + 1,
                CAST(CEIL(CAST(10 * arrears_cents - instalment_cents AS DOUBLE) / (10 * instalment_cents)) AS BIGINT)
            )
        END AS missed
    FROM arrears
)
SELECT
    lease_id,
    plan_id,
    framework,
    day,
    instalment_cents,
    missed,
    COALESCE(LAG(missed) OVER (PARTITION BY plan_id ORDER BY number), 0) AS missed_before
FROM missed
