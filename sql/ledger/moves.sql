-- The one pass over the ledger: slim rows of the leases in force, deposits left out. `month` (months since year 0) is the
-- period of a term (§2) or of a benefit; `is_received` marks what counts as money received (§5).
WITH slim AS (
    SELECT
        o.lease_no,
        o.is_in_arrears,
        e.entry_id,
        CAST(e.kind AS entry_kind) AS kind,
        e.value_on,
        e.booked_on,
        e.period,
        e.amount_cents,
        CAST(e.method AS payment_method) AS method
    FROM entries e
    JOIN occupied o ON o.lease_id = e.lease_id
    WHERE e.bucket BETWEEN :first_bucket AND :last_bucket AND e.kind <> 'deposit'
)
SELECT
    s.lease_no,
    s.kind,
    s.value_on,
    s.booked_on,
    CAST(CASE
        WHEN p.month IS NOT NULL THEN p.month
        WHEN s.kind = 'housing_benefit' THEN EXTRACT(YEAR FROM s.value_on) * 12 + EXTRACT(MONTH FROM s.value_on) - 1
        WHEN s.kind IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge', 'supplementary_rent')
            THEN EXTRACT(YEAR FROM s.value_on) * 12 + EXTRACT(MONTH FROM s.value_on) - 1 - CASE WHEN s.is_in_arrears THEN 1 ELSE 0 END
    END AS INTEGER) AS month,
    s.amount_cents,
    s.method,
    r.entry_id IS NOT NULL AS is_reversed,
    s.kind IN ('payment', 'payment_rejected', 'third_party_payment')
        OR (s.kind IN ('charge_adjustment', 'transfer') AND s.amount_cents < 0) AS is_received
FROM slim s
LEFT JOIN periods p ON p.period = s.period
LEFT JOIN reversed r ON r.entry_id = CASE WHEN s.kind IN ('payment', 'third_party_payment') THEN s.entry_id END
