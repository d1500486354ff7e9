-- Kinds of entries whose sign never varies: payments and benefits lower what is owed, a rejected payment raises it.
SELECT file, line, concat(kind, ' ', amount_cents * 0.01) AS value,
    CASE WHEN expected.sign > 0 THEN 'un montant positif' ELSE 'un montant négatif' END AS expected
FROM staged_$table
JOIN (VALUES $signs) AS expected (kind, sign) USING (kind)
WHERE sign(amount_cents) = -expected.sign
