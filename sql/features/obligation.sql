-- §8. Requests left without an answer past their date and their reminder.
WITH unmet AS (
    SELECT
        o.lease_no,
        COUNT(*) AS obligations_unmet,
        CAST(SUM(CASE WHEN r.kind IN ('ops_survey', 'sls_survey') THEN 1 ELSE 0 END) AS BIGINT) AS surveys_unmet,
        CAST(SUM(CASE WHEN r.kind = 'insurance_certificate' THEN 1 ELSE 0 END) AS BIGINT) AS insurance_unmet,
        CAST(SUM(CASE WHEN r.kind IN ('boiler_service', 'technical_access') THEN 1 ELSE 0 END) AS BIGINT) AS access_unmet
    FROM obligations r
    JOIN occupied o ON o.lease_id = r.lease_id
    WHERE r.bucket BETWEEN :first_bucket AND :last_bucket
        AND r.requested_on > :as_of - 730 AND r.requested_on <= :as_of
        AND r.due_on < :as_of AND r.reminded_on IS NOT NULL AND r.fulfilled_on IS NULL
    GROUP BY o.lease_no
)
SELECT
    o.lease_no,
    COALESCE(u.obligations_unmet, 0) AS obligations_unmet,
    COALESCE(u.surveys_unmet, 0) AS surveys_unmet,
    COALESCE(u.insurance_unmet, 0) AS insurance_unmet,
    COALESCE(u.access_unmet, 0) AS access_unmet
FROM occupied o
LEFT JOIN unmet u ON u.lease_no = o.lease_no
