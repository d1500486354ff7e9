-- §4. The days to wait for a payment on its way: those of the slowest means the lease names or the household used within a year.
SELECT
    o.lease_no,
    GREATEST(
        COALESCE(a.lag_days, 5),
        CASE o.payment_method
            WHEN 'cheque' THEN 14 WHEN 'direct_debit' THEN 8 WHEN 'money_order' THEN 8 WHEN 'representative' THEN 8 ELSE 5
        END
    ) AS lag_days
FROM occupied o
LEFT JOIN accounts a ON a.lease_no = o.lease_no
