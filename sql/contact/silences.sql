-- §8. Attempts of the last half-year, and those that failed since the last answer.
WITH since AS (
    SELECT
        e.*,
        e.contacted_on > :as_of - 180 AS is_recent,
        e.is_failed AND (a.answered_at IS NULL OR e.contacted_at > a.answered_at) AS is_unanswered
    FROM exchanges e
    JOIN answers a ON a.lease_no = e.lease_no
    WHERE e.contacted_on > :as_of - 365
)
SELECT
    lease_no,
    CAST(SUM(CASE WHEN is_recent AND NOT is_inbound THEN 1 ELSE 0 END) AS BIGINT) AS attempts_180d,
    CAST(SUM(CASE WHEN is_recent AND is_unanswered THEN 1 ELSE 0 END) AS BIGINT) AS failed_attempts_180d,
    COUNT(DISTINCT CASE WHEN is_recent AND is_unanswered THEN channel END) AS failed_channels_180d,
    CAST(SUM(CASE WHEN is_recent AND is_unanswered AND is_missed_appointment THEN 1 ELSE 0 END) AS BIGINT) AS appointments_missed_180d,
    CAST(SUM(CASE WHEN is_unanswered AND is_returned THEN 1 ELSE 0 END) AS BIGINT) AS mail_returned_365d
FROM since
GROUP BY lease_no
