-- §5. Changes of method between days of payment in a year; looked at only where two methods were seen.
WITH days AS (
    SELECT m.lease_no, m.value_on, MAX(m.method) AS method
    FROM moves m
    WHERE m.kind = 'payment' AND NOT m.is_reversed AND m.method <> 'representative' AND m.value_on > :as_of - 365 AND m.value_on <= :as_of
    GROUP BY m.lease_no, m.value_on
),
mixed AS (
    SELECT lease_no FROM days GROUP BY lease_no HAVING MIN(method) <> MAX(method)
),
followed AS (
    SELECT d.lease_no, d.method, LAG(d.method) OVER (PARTITION BY d.lease_no ORDER BY d.value_on) AS method_before
    FROM days d
    WHERE d.lease_no IN (SELECT lease_no FROM mixed)
)
SELECT lease_no, CAST(SUM(CASE WHEN method <> method_before THEN 1 ELSE 0 END) AS BIGINT) AS method_changes_365d
FROM followed
GROUP BY lease_no
