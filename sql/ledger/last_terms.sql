-- §2, §6. The seven newest due terms of each lease, rank 1 the newest. Seven within nine months is the rule; only leases
-- that have fewer are looked at further back.
WITH recent AS (
    SELECT lease_no, month, due_on, gross_cents, net_cents FROM terms WHERE due_on > :as_of - 280
),
complete AS (
    SELECT lease_no FROM recent GROUP BY lease_no HAVING COUNT(*) >= 7
),
looked_at AS (
    SELECT * FROM recent
    UNION ALL
    SELECT lease_no, month, due_on, gross_cents, net_cents
    FROM terms
    WHERE due_on <= :as_of - 280 AND lease_no NOT IN (SELECT lease_no FROM complete)
),
ranked AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY lease_no ORDER BY due_on DESC, month DESC) AS rank
    FROM looked_at
)
SELECT lease_no, rank, due_on, gross_cents, net_cents
FROM ranked
WHERE rank <= 7
