-- The ERP's balance is the sum of the lease's entries booked by its day, deposits left out.
WITH summed AS (
    SELECT sent.file, sent.line, sent.lease_id, sent.as_of, sent.balance_cents,
        CAST(coalesce(sum(entry.amount_cents), 0) AS BIGINT) AS ledger_cents
    FROM staged_balances AS sent
    LEFT JOIN known_entries AS entry
        ON entry.lease_id = sent.lease_id AND entry.booked_on <= sent.as_of AND entry.kind <> 'deposit'
    GROUP BY ALL
)
SELECT file, line, concat('bail ', lease_id, ' : ', balance_cents * 0.01, ' €') AS value,
    concat(ledger_cents * 0.01, ' €, somme des écritures comptabilisées au ', as_of) AS expected
FROM summed
WHERE balance_cents <> ledger_cents
