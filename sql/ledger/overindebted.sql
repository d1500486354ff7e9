-- §4, §7. The newest step of each overindebtedness file and, while it protects the household, the day its debt was frozen.
WITH steps AS (
    SELECT
        o.lease_no,
        s.step,
        s.dated,
        CASE s.step
            WHEN 'filed' THEN 1 WHEN 'admissible' THEN 2 WHEN 'measures' THEN 3 WHEN 'recovery_order' THEN 4 WHEN 'closed' THEN 5
        END AS legal_order
    FROM overindebtedness s
    JOIN occupied o ON o.lease_id = s.lease_id
    WHERE s.bucket BETWEEN :first_bucket AND :last_bucket
),
ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY lease_no ORDER BY dated DESC, legal_order DESC) AS rank,
        MAX(CASE WHEN step = 'admissible' THEN dated END) OVER (PARTITION BY lease_no) AS admissible_on
    FROM steps
)
SELECT
    lease_no,
    step,
    CASE WHEN step IN ('admissible', 'measures', 'recovery_order') THEN COALESCE(admissible_on, dated) END AS frozen_on
FROM ranked
WHERE rank = 1
