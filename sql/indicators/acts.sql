-- docs/indicateurs.md. By management unit, month and act, households for which it was done: an act noted twice in a month counts once. A
-- protocol is told by the procedure, by the plans, or by both.
WITH done AS (
    SELECT lease_id, step AS act, dated
    FROM procedures
    WHERE step <> 'closed'
    UNION ALL
    SELECT lease_id, CASE framework WHEN 'pcs' THEN 'pcs_signed' ELSE 'plan_signed' END, signed_on
    FROM plans
    WHERE framework IN ('pcs', 'amicable', 'caf')
)
SELECT
    COALESCE(w.management_unit, 'sans unité') AS management_unit,
    STRFTIME(d.dated, '%Y-%m') AS month,
    d.act,
    CAST(COUNT(DISTINCT d.lease_id) AS BIGINT) AS households
FROM done d
JOIN leases l ON l.lease_id = d.lease_id
LEFT JOIN dwellings w ON w.dwelling_id = l.dwelling_id
WHERE d.dated <= :as_of
GROUP BY 1, 2, 3
