-- §2, §6. The newest due terms of each lease, rank 1 the newest; `usual_rank` counts from the newest that is old enough to be judged,
-- and is 1 for the earliest term alone while there is none. Seven within nine months, three of them that old, are the rule; only
-- leases that have fewer are looked at further back.
WITH recent AS (
    SELECT lease_no, month, due_on, gross_cents, net_cents FROM terms WHERE due_on > :as_of - 280
),
complete AS (
    SELECT lease_no FROM recent GROUP BY lease_no HAVING COUNT(*) >= 7 AND SUM(CASE WHEN due_on <= :as_of - 25 THEN 1 ELSE 0 END) >= 3
),
looked_at AS (
    SELECT * FROM recent
    UNION ALL
    SELECT lease_no, month, due_on, gross_cents, net_cents
    FROM terms
    WHERE due_on <= :as_of - 280 AND lease_no NOT IN (SELECT lease_no FROM complete)
),
ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY lease_no ORDER BY due_on DESC, month DESC) AS rank,
        SUM(CASE WHEN due_on > :as_of - 25 THEN 1 ELSE 0 END) OVER (PARTITION BY lease_no) AS young_terms,
        COUNT(*) OVER (PARTITION BY lease_no) AS all_terms
    FROM looked_at
)
SELECT
    lease_no,
    rank,
    due_on,
    gross_cents,
    net_cents,
    CASE WHEN rank > young_terms THEN rank - young_terms WHEN rank = all_terms THEN 1 END AS usual_rank
FROM ranked
WHERE rank <= 7 OR rank <= young_terms + 3
