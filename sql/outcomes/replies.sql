-- docs/outcomes.md §5. Contacts of the half-year after the day: attempts that failed, and how many answers came before each.
-- An attempt of the very instant of an answer is answered.
WITH later AS (
    SELECT
        f.lease_no,
        c.contacted_at,
        c.channel,
        c.direction = 'outbound' AS is_attempt,
        c.direction = 'inbound' OR c.outcome IN ('reached', 'appointment_kept', 'refused') AS is_two_way,
        c.direction = 'outbound'
            AND c.outcome IN ('no_answer', 'message_left', 'undeliverable', 'unclaimed', 'appointment_missed') AS is_failed,
        c.channel IN ('letter', 'registered_letter') AND c.outcome IN ('undeliverable', 'unclaimed') AS is_returned
    FROM contacts c
    JOIN watched_leases f ON f.lease_id = c.lease_id
    WHERE c.bucket BETWEEN :first_bucket AND :last_bucket
        AND CAST(c.contacted_at AS DATE) > :as_of AND CAST(c.contacted_at AS DATE) <= :as_of + 180
)
SELECT
    lease_no,
    contacted_at,
    channel,
    is_attempt,
    is_failed AND MAX(CASE WHEN is_two_way THEN 1 ELSE 0 END) OVER (PARTITION BY lease_no, contacted_at) = 0 AS is_failed,
    is_returned,
    SUM(CASE WHEN is_two_way THEN 1 ELSE 0 END) OVER (PARTITION BY lease_no ORDER BY contacted_at) AS answers_before
FROM later
