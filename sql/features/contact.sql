-- §8. Who answers, who was tried in vain, who was never tried.
WITH days AS (
    SELECT
        o.lease_no,
        o.start_date,
        CAST(a.answered_at AS DATE) AS answered_on,
        a.inbound_on,
        COALESCE(s.attempts_180d, 0) AS attempts_180d,
        COALESCE(s.failed_attempts_180d, 0) AS failed_attempts_180d,
        COALESCE(s.failed_channels_180d, 0) AS failed_channels_180d,
        COALESCE(s.appointments_missed_180d, 0) AS appointments_missed_180d,
        COALESCE(s.mail_returned_365d, 0) AS mail_returned_365d
    FROM occupied o
    LEFT JOIN answers a ON a.lease_no = o.lease_no
    LEFT JOIN silences s ON s.lease_no = o.lease_no
)
SELECT
    lease_no,
    DATE_DIFF('day', answered_on, :as_of) AS days_since_two_way,
    DATE_DIFF('day', inbound_on, :as_of) AS days_since_inbound,
    attempts_180d,
    failed_attempts_180d,
    failed_channels_180d,
    appointments_missed_180d,
    mail_returned_365d,
    CASE WHEN failed_attempts_180d >= 2 THEN DATE_DIFF('day', GREATEST(answered_on, start_date), :as_of) ELSE 0 END AS silence_days,
    attempts_180d = 0 AND (answered_on IS NULL OR answered_on <= :as_of - 365) AS is_to_contact
FROM days
