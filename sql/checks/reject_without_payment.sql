-- A rejected payment reverses a payment of the same lease. A reject that names none is allowed: some sources do not know it.
WITH rejects AS (
    SELECT file, line, lease_id, reverses AS entry_id FROM staged_entries WHERE kind = 'payment_rejected' AND reverses IS NOT NULL
),
reversed AS (
    SELECT entry_id, lease_id FROM known_entries SEMI JOIN rejects USING (entry_id, lease_id)
    WHERE kind IN ('payment', 'third_party_payment')
)
SELECT file, line, entry_id AS value FROM rejects ANTI JOIN reversed USING (entry_id, lease_id)
