-- §5. Money received in the window of each judged term, and its first payment.
SELECT
    j.lease_no,
    j.rank,
    CAST(-SUM(m.amount_cents) AS BIGINT) AS paid_cents,
    MIN(CASE WHEN m.kind IN ('payment', 'third_party_payment') AND NOT m.is_reversed THEN m.value_on END) AS first_paid_on
FROM moves m
JOIN judged j ON j.lease_no = m.lease_no AND m.value_on > j.opened_on AND m.value_on <= j.judged_on
WHERE m.is_received
GROUP BY j.lease_no, j.rank
