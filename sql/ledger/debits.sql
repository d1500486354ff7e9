-- §4. Debits of the leases that owe something, one row a day and class, as far back as what is left to pay reaches: half a year
-- for most, everything for the leases whose last half-year of debits does not cover it.
WITH lines AS (
    SELECT lease_no, due_on AS day, FALSE AS is_technical, net_cents AS amount_cents FROM terms WHERE net_cents > 0
    UNION ALL
    SELECT lease_no, value_on, FALSE, amount_cents FROM moves WHERE kind = 'transfer' AND amount_cents > 0 AND value_on <= :as_of
    UNION ALL
    SELECT lease_no, value_on, TRUE, amount_cents FROM technical
),
covered AS (
    SELECT l.lease_no
    FROM lines l
    JOIN rests r ON r.lease_no = l.lease_no
    WHERE l.day > :as_of - 183
    GROUP BY l.lease_no
    HAVING SUM(l.amount_cents) >= MIN(r.rest_cents)
)
SELECT lease_no, day, is_technical, CAST(SUM(amount_cents) AS BIGINT) AS amount_cents
FROM lines
WHERE lease_no IN (SELECT lease_no FROM rests WHERE rest_cents > 0)
    AND (day > :as_of - 183 OR lease_no NOT IN (SELECT lease_no FROM covered))
GROUP BY lease_no, day, is_technical
