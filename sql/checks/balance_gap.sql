-- The ERP's balance is the sum of the lease's entries booked by its day, deposits left out.
WITH summed AS (
    SELECT sent.file, sent.line, CAST(sum(entry.amount_cents) AS BIGINT) AS ledger_cents
    FROM known_entries AS entry
    JOIN staged_balances AS sent ON sent.lease_id = entry.lease_id AND sent.as_of >= entry.booked_on
    WHERE entry.kind <> 'deposit'
    GROUP BY sent.file, sent.line
),
compared AS (
    SELECT file, line, lease_id, as_of, balance_cents, coalesce(ledger_cents, 0) AS ledger_cents
    FROM staged_balances LEFT JOIN summed USING (file, line)
)
SELECT file, line, concat('bail ', lease_id, ' : ', balance_cents * 0.01, ' €') AS value,
    concat(ledger_cents * 0.01, ' €, somme des écritures comptabilisées au ', as_of) AS expected
FROM compared
WHERE balance_cents <> ledger_cents
