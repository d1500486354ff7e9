-- §5. The last fifteen judged terms of each lease (twelve are counted), rank 1 the newest, with the window in which each could be paid. `charge_cents` is
-- what each put on the household's own account. `is_oldest` marks the first of them, before which `looked_from` lies.
-- Sixteen days of term within 590 days is the rule; only leases that have fewer are looked at further back.
WITH recent AS (
    SELECT lease_no, due_on, CAST(SUM(net_cents) AS BIGINT) AS net_cents, CAST(SUM(charge_cents) AS BIGINT) AS charge_cents
    FROM terms
    WHERE due_on > :as_of - 590 AND due_on + 25 <= :as_of
    GROUP BY lease_no, due_on
),
complete AS (
    SELECT lease_no FROM recent GROUP BY lease_no HAVING COUNT(*) >= 16
),
days AS (
    SELECT * FROM recent
    UNION ALL
    SELECT lease_no, due_on, CAST(SUM(net_cents) AS BIGINT), CAST(SUM(charge_cents) AS BIGINT)
    FROM terms
    WHERE due_on <= :as_of - 590 AND lease_no NOT IN (SELECT lease_no FROM complete)
    GROUP BY lease_no, due_on
),
ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY lease_no ORDER BY due_on DESC) AS rank,
        LEAD(due_on) OVER (PARTITION BY lease_no ORDER BY due_on DESC) AS previous_due_on
    FROM days
)
SELECT
    lease_no,
    rank,
    due_on,
    net_cents,
    charge_cents,
    CASE WHEN previous_due_on IS NULL THEN due_on - 6 ELSE previous_due_on + 25 END AS opened_on,
    due_on + 25 AS judged_on,
    rank = 15 OR previous_due_on IS NULL AS is_oldest,
    CASE WHEN rank = 15 OR previous_due_on IS NULL THEN DATE '1900-01-01' ELSE previous_due_on + 25 END AS looked_from
FROM ranked
WHERE rank <= 15
