-- docs/outcomes.md §3. Calls and money dated up to the day of the question and learnt after it, less what was learnt to be wrong:
-- the same entries added up as they are known on the closing day and as they were known on the day itself.
WITH known AS (
    SELECT lease_no, amount_cents
    FROM moves
    WHERE value_on <= :as_of
        AND (is_received OR kind IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge') OR (kind = 'transfer' AND amount_cents > 0))
    UNION ALL
    SELECT f.lease_no, -e.amount_cents
    FROM entries_then e
    JOIN watched_leases f ON f.lease_id = e.lease_id
    WHERE e.bucket BETWEEN :first_bucket AND :last_bucket
        AND e.value_on <= :as_of
        AND (
            e.kind IN ('payment', 'payment_rejected', 'third_party_payment', 'transfer', 'rent', 'charges', 'rent_reduction', 'occupancy_charge')
            OR (e.kind = 'charge_adjustment' AND e.amount_cents < 0)
        )
)
SELECT lease_no, CAST(SUM(amount_cents) AS BIGINT) AS amount_cents
FROM known
GROUP BY lease_no
HAVING SUM(amount_cents) <> 0
