-- §5. Payments that a reject reverses.
SELECT DISTINCT reverses AS entry_id
FROM entries
WHERE bucket BETWEEN :first_bucket AND :last_bucket
    AND kind = 'payment_rejected'
    AND reverses IS NOT NULL
