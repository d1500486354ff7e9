-- docs/outcomes.md §4. What stops the watch before an event: one row a lease and reason, the day from which it is watched no more.
-- A reason dated before the day of the question and learnt later counts from the day after it.
WITH left_on AS (
    SELECT lease_no, lease_id, household_id, net_term_cents, end_date FROM watched_leases WHERE end_date IS NOT NULL
),
moved AS (
    SELECT DISTINCT e.lease_no
    FROM leases n
    JOIN left_on e ON e.household_id = n.household_id AND e.lease_id <> n.lease_id
    WHERE n.start_date >= e.end_date - 31 AND n.start_date <= e.end_date + 31
),
owing AS (
    SELECT e.lease_no
    FROM debt_paths d
    JOIN left_on e ON e.lease_no = d.lease_no
    WHERE d.day <= GREATEST(e.end_date, :as_of) AND (d.next_day IS NULL OR d.next_day > GREATEST(e.end_date, :as_of))
        AND 10 * d.current_cents >= 9 * COALESCE(e.net_term_cents, 3000)
),
reasons AS (
    SELECT f.lease_no, 1 AS rank, 'died' AS code, r.deceased_on AS day, TRUE AS stops_contact
    FROM watched_leases f JOIN rights_on r ON r.lease_id = f.lease_id
    UNION ALL
    SELECT f.lease_no, 2, 'objection', r.objected_on, TRUE FROM watched_leases f JOIN rights_on r ON r.lease_id = f.lease_id
    UNION ALL
    SELECT
        e.lease_no,
        3,
        CASE
            WHEN m.lease_no IS NOT NULL THEN 'moved' WHEN o.lease_no IS NOT NULL THEN 'left_owing' ELSE 'left_clear'
        END,
        e.end_date,
        TRUE
    FROM left_on e
    LEFT JOIN moved m ON m.lease_no = e.lease_no
    LEFT JOIN owing o ON o.lease_no = e.lease_no
    UNION ALL
    SELECT f.lease_no, 4, 'plan', p.signed_on, FALSE
    FROM plans p
    JOIN watched_leases f ON f.lease_id = p.lease_id
    WHERE p.bucket BETWEEN :first_bucket AND :last_bucket AND p.signed_on > :as_of
    UNION ALL
    SELECT f.lease_no, 5, 'frozen', s.dated, FALSE
    FROM overindebtedness s
    JOIN watched_leases f ON f.lease_id = s.lease_id
    WHERE s.bucket BETWEEN :first_bucket AND :last_bucket AND s.step = 'admissible' AND s.dated > :as_of
)
SELECT lease_no, rank, code, GREATEST(day, :as_of + 1) AS day, stops_contact
FROM reasons
WHERE day IS NOT NULL
