-- §4, §5. The method by which each household last paid, and the days to wait for a payment on its way.
WITH newest AS (
    SELECT m.lease_no, MAX(m.method) AS method
    FROM moves m
    JOIN accounts a ON a.lease_no = m.lease_no AND a.method_on = m.value_on
    WHERE m.kind = 'payment' AND NOT m.is_reversed
    GROUP BY m.lease_no
),
known AS (
    SELECT o.lease_no, COALESCE(CAST(n.method AS VARCHAR), o.payment_method) AS method
    FROM occupied o
    LEFT JOIN newest n ON n.lease_no = o.lease_no
)
SELECT
    lease_no,
    method,
    CASE method
        WHEN 'cheque' THEN 14 WHEN 'direct_debit' THEN 8 WHEN 'money_order' THEN 8 WHEN 'representative' THEN 8 ELSE 5
    END AS lag_days
FROM known
