-- docs/outcomes.md §3. Calls and money dated up to the day of the question and learnt after it, less what was replaced or removed.
WITH changes AS (
    SELECT lease_id, bucket, value_on, kind, amount_cents, 1 AS sign FROM entries_learnt
    UNION ALL
    SELECT lease_id, bucket, value_on, kind, amount_cents, -1 FROM entries_forgotten
)
SELECT w.lease_no, CAST(SUM(c.sign * c.amount_cents) AS BIGINT) AS amount_cents
FROM changes c
JOIN watched_leases w ON w.lease_id = c.lease_id
WHERE c.bucket BETWEEN :first_bucket AND :last_bucket
    AND c.value_on <= :as_of
    AND (
        c.kind IN ('payment', 'payment_rejected', 'third_party_payment', 'transfer', 'rent', 'charges', 'rent_reduction', 'occupancy_charge')
        OR (c.kind = 'charge_adjustment' AND c.amount_cents < 0)
    )
GROUP BY w.lease_no
