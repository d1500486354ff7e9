-- §8. Contacts dated up to the day: which are an answer, which an attempt that failed.
SELECT
    o.lease_no,
    c.contacted_at,
    CAST(c.contacted_at AS DATE) AS contacted_on,
    c.channel,
    c.direction = 'inbound' AS is_inbound,
    c.direction = 'inbound' OR c.outcome IN ('reached', 'appointment_kept', 'refused') AS is_two_way,
    c.direction = 'outbound'
        AND c.outcome IN ('no_answer', 'message_left', 'undeliverable', 'unclaimed', 'appointment_missed') AS is_failed,
    c.outcome = 'appointment_missed' AS is_missed_appointment,
    c.channel IN ('letter', 'registered_letter') AND c.outcome IN ('undeliverable', 'unclaimed') AS is_returned
FROM contacts c
JOIN occupied o ON o.lease_id = c.lease_id
WHERE c.bucket BETWEEN :first_bucket AND :last_bucket AND CAST(c.contacted_at AS DATE) <= :as_of
