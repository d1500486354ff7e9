-- The one pass over the ledger: slim rows of the leases in force, deposits left out. `month` (months since year 0) is the
-- period of a term (§2) or of a benefit, which other kinds do not use; `is_received` marks what counts as money received (§5).
SELECT
    o.lease_no,
    CAST(e.kind AS entry_kind) AS kind,
    e.value_on,
    e.booked_on,
    CAST(COALESCE(
        p.month,
        EXTRACT(YEAR FROM e.value_on) * 12 + EXTRACT(MONTH FROM e.value_on) - 1
        - CASE WHEN o.is_in_arrears AND e.kind <> 'housing_benefit' THEN 1 ELSE 0 END
    ) AS INTEGER) AS month,
    e.amount_cents,
    CAST(e.method AS payment_method) AS method,
    r.entry_id IS NOT NULL AS is_reversed,
    e.kind IN ('payment', 'payment_rejected', 'third_party_payment')
        OR (e.kind IN ('charge_adjustment', 'transfer') AND e.amount_cents < 0) AS is_received
FROM entries e
JOIN occupied o ON o.lease_id = e.lease_id
LEFT JOIN periods p ON p.period = e.period
LEFT JOIN reversed r ON r.entry_id = e.entry_id
WHERE e.bucket BETWEEN :first_bucket AND :last_bucket
    AND e.kind <> 'deposit'
