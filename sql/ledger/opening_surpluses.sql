-- §5. The credit a household had when its first judged term opened; benefit that had come ahead of its term is not its own.
WITH credits AS (
    SELECT j.lease_no, MIN(j.opened_on) AS opened_on, -MIN(a.opening_cents) AS credit_cents
    FROM judged j
    JOIN accounts a ON a.lease_no = j.lease_no
    WHERE a.opening_cents < 0
    GROUP BY j.lease_no
),
latest AS (
    SELECT c.lease_no, MAX(m.month) AS month
    FROM months m
    JOIN credits c ON c.lease_no = m.lease_no AND c.opened_on >= m.due_on
    GROUP BY c.lease_no
),
ahead AS (
    SELECT c.lease_no, c.opened_on, m.month
    FROM months m
    JOIN credits c ON c.lease_no = m.lease_no
    LEFT JOIN latest l ON l.lease_no = c.lease_no
    WHERE m.due_on > c.opened_on OR (m.due_on IS NULL AND (l.month IS NULL OR m.month > l.month))
),
advances AS (
    SELECT h.lease_no, CAST(-SUM(m.amount_cents) AS BIGINT) AS advance_cents
    FROM moves m
    JOIN ahead h ON h.lease_no = m.lease_no AND h.month = m.month
    WHERE m.kind = 'housing_benefit' AND m.value_on <= h.opened_on
    GROUP BY h.lease_no
)
SELECT c.lease_no, GREATEST(0, c.credit_cents - COALESCE(a.advance_cents, 0)) AS surplus_cents
FROM credits c
LEFT JOIN advances a ON a.lease_no = c.lease_no
