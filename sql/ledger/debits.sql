-- §4. Debits of the leases that owe something, one row a day and class.
WITH lines AS (
    SELECT lease_no, due_on AS day, FALSE AS is_technical, net_cents AS amount_cents FROM terms WHERE net_cents > 0
    UNION ALL
    SELECT lease_no, value_on, FALSE, amount_cents FROM moves WHERE kind = 'transfer' AND amount_cents > 0 AND value_on <= :as_of
    UNION ALL
    SELECT lease_no, value_on, TRUE, amount_cents FROM technical
)
SELECT l.lease_no, l.day, l.is_technical, CAST(SUM(l.amount_cents) AS BIGINT) AS amount_cents
FROM lines l
JOIN rests r ON r.lease_no = l.lease_no
WHERE r.rest_cents > 0
GROUP BY l.lease_no, l.day, l.is_technical
