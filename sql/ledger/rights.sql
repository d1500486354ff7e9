-- §2, §6. What each visible right of a month opens, and what of it the landlord may expect.
SELECT
    o.lease_no,
    p.month,
    b.kind,
    CASE WHEN b.state = 'open' THEN b.amount_cents ELSE 0 END AS open_cents,
    CASE WHEN b.state = 'open' AND b.paid_to = 'landlord' THEN b.amount_cents ELSE 0 END AS expected_cents
FROM benefits b
JOIN occupied o ON o.lease_id = b.lease_id
JOIN periods p ON p.period = b.month
WHERE b.bucket BETWEEN :first_bucket AND :last_bucket
