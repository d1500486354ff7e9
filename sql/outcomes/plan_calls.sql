-- docs/outcomes.md §3. Frozen debt that becomes payable: the instalments of the plan in force, and the whole rest when it ends.
WITH kept AS (
    SELECT
        f.lease_no,
        f.frozen_cents,
        p.instalment_cents,
        p.instalments,
        p.instalments_due,
        p.first_due_on,
        p.debt_included_cents,
        CASE WHEN e.ended_on IS NOT NULL THEN GREATEST(e.ended_on, :as_of + 1) END AS ended_on
    FROM watched_leases f
    JOIN plans_in_force p ON p.lease_id = f.lease_id
    LEFT JOIN plans e ON e.plan_id = p.plan_id AND e.bucket BETWEEN :first_bucket AND :last_bucket
    WHERE f.frozen_cents > 0
),
called AS (
    SELECT
        k.lease_no,
        k.ended_on,
        CAST(k.first_due_on + TO_MONTHS(CAST(k.instalments_due + n.number AS INTEGER)) AS DATE) AS day,
        LEAST(
            k.frozen_cents,
            GREATEST(0, k.debt_included_cents - k.instalment_cents * k.instalments_due)
                - GREATEST(0, k.debt_included_cents - k.instalment_cents * (k.instalments_due + n.number + 1))
        ) AS payable_cents
    FROM kept k
    CROSS JOIN (SELECT UNNEST([0, 1, 2, 3, 4, 5, 6]) AS number) n
    WHERE k.instalments_due + n.number < k.instalments
),
payable AS (
    SELECT lease_no, day, payable_cents FROM called WHERE day <= :closing_on AND (ended_on IS NULL OR day < ended_on)
    UNION ALL
    SELECT lease_no, ended_on, frozen_cents FROM kept WHERE ended_on <= :closing_on
)
SELECT
    lease_no,
    day,
    CAST(payable_cents - COALESCE(LAG(payable_cents) OVER (PARTITION BY lease_no ORDER BY day), 0) AS BIGINT) AS amount_cents
FROM payable
