-- docs/outcomes.md §2. Whose drift can be asked, whom a list may rank, and of whom nothing can be said.
WITH read AS (
    SELECT
        s.lease_id,
        s.overdue_terms,
        c.cause,
        d.doubt_code,
        NOT s.has_objected AND NOT s.is_deceased AND NOT s.is_terminated AS is_asked_of_anybody,
        COALESCE(s.overdue_terms < 0.9, FALSE) AND (
            COALESCE(s.plan_state = 'kept', FALSE)
            OR COALESCE(s.overindebtedness_step IN ('admissible', 'measures', 'recovery_order'), FALSE)
                AND COALESCE(s.plan_state NOT IN ('kept', 'missed'), TRUE)
        ) AS is_lawful
    FROM stock s
    JOIN causes c ON c.lease_id = s.lease_id
    JOIN cannot_say d ON d.lease_id = s.lease_id
),
asked AS (
    SELECT
        *,
        is_asked_of_anybody AND NOT is_lawful AND doubt_code IS NULL AND COALESCE(overdue_terms < 1.9, FALSE) AS drift_asked
    FROM read
)
SELECT
    lease_id,
    cause,
    doubt_code IS NOT NULL AS doubt,
    drift_asked AND overdue_terms >= 0.1 AND cause IS NULL AS in_drift,
    drift_asked,
    CASE WHEN is_asked_of_anybody AND NOT is_lawful AND COALESCE(overdue_terms < 1.9, TRUE) THEN doubt_code END AS cannot_say,
    CASE WHEN overdue_terms < 0.9 THEN 'precoce' WHEN overdue_terms IS NOT NULL THEN 'avance' END AS stratum
FROM asked
