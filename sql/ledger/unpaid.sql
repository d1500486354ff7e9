-- §4. Oldest first: what is unpaid is the newest of the debits, up to what is left to pay. A technical debit of less than 60 days
-- counts as the newest of all.
WITH imputed AS (
    SELECT
        d.*,
        r.rest_cents - COALESCE(SUM(d.amount_cents) OVER (
            PARTITION BY d.lease_no
            ORDER BY (d.is_technical AND d.day > :as_of - 60) DESC, d.day DESC, d.is_technical DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS left_cents
    FROM debits d
    JOIN rests r ON r.lease_no = d.lease_no
)
SELECT lease_no, day, is_technical, amount_cents, CAST(LEAST(left_cents, amount_cents) AS BIGINT) AS unpaid_cents
FROM imputed
WHERE left_cents > 0
