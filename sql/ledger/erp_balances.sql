-- §7. The newest visible balance of the ERP.
WITH ranked AS (
    SELECT
        o.lease_no,
        b.as_of AS erp_on,
        b.balance_cents,
        ROW_NUMBER() OVER (PARTITION BY o.lease_no ORDER BY b.as_of DESC) AS rank
    FROM balances b
    JOIN occupied o ON o.lease_id = b.lease_id
    WHERE b.bucket BETWEEN :first_bucket AND :last_bucket
)
SELECT lease_no, erp_on, balance_cents
FROM ranked
WHERE rank = 1
