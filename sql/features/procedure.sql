-- §7. How far the law has gone: stage of the procedure, next hearing, overindebtedness.
WITH steps AS (
    SELECT
        o.lease_no,
        p.step,
        p.dated,
        p.hearing_on,
        CASE p.step
            WHEN 'reminder' THEN 1 WHEN 'formal_notice' THEN 2 WHEN 'caf_report' THEN 3 WHEN 'ccapex_referral' THEN 4
            WHEN 'payment_order' THEN 5 WHEN 'summons' THEN 6 WHEN 'hearing' THEN 7 WHEN 'judgment' THEN 8
            WHEN 'time_granted' THEN 9 WHEN 'lease_terminated' THEN 10 WHEN 'order_to_leave' THEN 11
            WHEN 'police_requested' THEN 12 WHEN 'police_granted' THEN 13 WHEN 'eviction' THEN 14
        END AS legal_order
    FROM procedures p
    JOIN occupied o ON o.lease_id = p.lease_id
    WHERE p.bucket BETWEEN :first_bucket AND :last_bucket
),
hearings AS (
    SELECT lease_no, MIN(hearing_on) AS hearing_on FROM steps WHERE hearing_on >= :as_of GROUP BY lease_no
),
closings AS (
    SELECT lease_no, MAX(dated) AS closed_on FROM steps WHERE step = 'closed' AND dated <= :as_of GROUP BY lease_no
),
ranked AS (
    SELECT s.lease_no, s.step, s.dated, ROW_NUMBER() OVER (PARTITION BY s.lease_no ORDER BY s.legal_order DESC, s.dated DESC) AS rank
    FROM steps s
    LEFT JOIN closings c ON c.lease_no = s.lease_no
    WHERE s.legal_order IS NOT NULL AND s.dated <= :as_of AND (c.closed_on IS NULL OR s.dated > c.closed_on)
)
SELECT
    o.lease_no,
    COALESCE(d.step, 'none') AS overindebtedness_step,
    COALESCE(r.step, 'none') AS stage,
    r.dated AS stage_on,
    h.hearing_on
FROM occupied o
LEFT JOIN overindebted d ON d.lease_no = o.lease_no
LEFT JOIN ranked r ON r.lease_no = o.lease_no AND r.rank = 1
LEFT JOIN hearings h ON h.lease_no = o.lease_no
