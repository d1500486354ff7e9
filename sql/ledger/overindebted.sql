-- §4, §7. The newest step of each overindebtedness file and, while it protects the household, the day its debt was frozen;
-- it no longer does once the plan it led to was broken.
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
),
broken AS (
    SELECT o.lease_no, MAX(p.ended_on) AS broken_on
    FROM plans p
    JOIN occupied o ON o.lease_id = p.lease_id
    WHERE p.bucket BETWEEN :first_bucket AND :last_bucket AND p.framework = 'overindebtedness' AND p.end_reason = 'broken'
    GROUP BY o.lease_no
)
SELECT
    r.lease_no,
    r.step,
    CASE
        WHEN b.broken_on >= r.dated THEN NULL
        WHEN r.step IN ('admissible', 'measures', 'recovery_order') THEN COALESCE(r.admissible_on, r.dated)
    END AS frozen_on
FROM ranked r
LEFT JOIN broken b ON b.lease_no = r.lease_no
WHERE r.rank = 1
