-- A rejected payment reverses a payment of the same lease. A reject that names none is allowed: some sources do not know it.
SELECT reject.file, reject.line, reject.reverses AS value
FROM staged_entries AS reject
WHERE reject.kind = 'payment_rejected' AND reject.reverses IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM known_entries AS payment
        WHERE payment.entry_id = reject.reverses AND payment.lease_id = reject.lease_id
            AND payment.kind IN ('payment', 'third_party_payment')
    )
