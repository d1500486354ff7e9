-- §3. Benefit received ahead of its term, benefit missing for due terms, months of it that are late.
WITH latest AS (
    SELECT lease_no, MAX(month) AS month FROM terms GROUP BY lease_no
),
advances AS (
    SELECT m.lease_no, CAST(SUM(m.received_cents) AS BIGINT) AS advance_cents
    FROM months m
    LEFT JOIN latest l ON l.lease_no = m.lease_no
    WHERE m.due_on > :as_of OR (m.due_on IS NULL AND (l.month IS NULL OR m.month > l.month))
    GROUP BY m.lease_no
),
missing AS (
    SELECT t.lease_no, t.counted_cents, p.first_day, CASE WHEN t.benefit_kind = 'apl' THEN p.first_day + 24 ELSE p.next_month + 4 END AS usual_on
    FROM terms t
    JOIN periods p ON p.month = t.month
    WHERE t.due_on > :as_of - 365 AND t.received_cents <= 0 AND t.counted_cents > 0
),
gaps AS (
    SELECT
        lease_no,
        MIN(first_day) AS first_day,
        CAST(SUM(counted_cents) AS BIGINT) AS missing_cents,
        CAST(SUM(CASE WHEN usual_on + 12 < :as_of THEN 1 ELSE 0 END) AS BIGINT) AS late_months
    FROM missing
    GROUP BY lease_no
),
arrears_paid AS (
    SELECT g.lease_no, CAST(-SUM(m.amount_cents) AS BIGINT) AS credit_cents
    FROM moves m
    JOIN gaps g ON g.lease_no = m.lease_no AND g.first_day <= m.value_on
    WHERE m.kind = 'benefit_adjustment' AND m.amount_cents < 0 AND m.value_on <= :as_of
    GROUP BY g.lease_no
)
SELECT
    o.lease_no,
    COALESCE(a.advance_cents, 0) AS advance_cents,
    GREATEST(0, COALESCE(g.missing_cents, 0) - COALESCE(p.credit_cents, 0)) AS gap_cents,
    CASE WHEN g.missing_cents > COALESCE(p.credit_cents, 0) THEN g.late_months ELSE 0 END AS late_months,
    COALESCE(g.missing_cents, 0) AS missing_cents,
    g.first_day AS missing_from
FROM occupied o
LEFT JOIN advances a ON a.lease_no = o.lease_no
LEFT JOIN gaps g ON g.lease_no = o.lease_no
LEFT JOIN arrears_paid p ON p.lease_no = o.lease_no
