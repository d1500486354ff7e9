-- docs/outcomes.md §3. The current debt from the day of the question to the closing day: one row a change, good until the next.
WITH lines AS (
    SELECT
        f.lease_no,
        :as_of AS day,
        f.current_cents + COALESCE(k.amount_cents, 0) - COALESCE(c.credit_cents, 0) AS owed_cents,
        f.technical_cents
    FROM watched_leases f
    LEFT JOIN learnt_later k ON k.lease_no = f.lease_no
    LEFT JOIN late_credits c ON c.lease_no = f.lease_no
    UNION ALL
    SELECT lease_no, due_on, gross_cents - GREATEST(counted_cents, received_cents), 0 FROM terms WHERE due_on > :as_of
    UNION ALL
    SELECT m.lease_no, m.value_on, m.amount_cents, 0
    FROM moves m
    JOIN terms t ON t.lease_no = m.lease_no AND t.month = m.month
    WHERE m.kind IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge')
        AND m.value_on > :as_of AND m.value_on <= :closing_on AND t.due_on <= :as_of
    UNION ALL
    SELECT lease_no, value_on, amount_cents, 0
    FROM moves
    WHERE (is_received OR (kind = 'transfer' AND amount_cents > 0)) AND value_on > :as_of AND value_on <= :closing_on
    UNION ALL
    SELECT m.lease_no, m.value_on, m.amount_cents, 0
    FROM moves m
    JOIN watched_leases f ON f.lease_no = m.lease_no
    WHERE m.value_on > :as_of AND m.value_on <= :closing_on
        AND (m.kind = 'supplementary_rent' AND m.amount_cents < 0 OR m.kind = 'write_off' AND f.frozen_cents = 0)
    UNION ALL
    SELECT lease_no, day, amount_cents, 0 FROM plan_calls
    UNION ALL
    SELECT lease_no, value_on, 0, amount_cents FROM technical WHERE value_on > :as_of
),
days AS (
    SELECT lease_no, day, CAST(SUM(owed_cents) AS BIGINT) AS owed_cents, CAST(SUM(technical_cents) AS BIGINT) AS technical_cents
    FROM lines
    GROUP BY lease_no, day
),
sums AS (
    SELECT
        lease_no,
        day,
        CAST(SUM(owed_cents) OVER so_far AS BIGINT) AS owed_cents,
        CAST(SUM(technical_cents) OVER so_far AS BIGINT) AS technical_cents
    FROM days
    WINDOW so_far AS (PARTITION BY lease_no ORDER BY day ROWS UNBOUNDED PRECEDING)
),
lows AS (
    SELECT
        *,
        MIN(owed_cents) OVER (PARTITION BY lease_no ORDER BY day ROWS UNBOUNDED PRECEDING) AS low_cents,
        LEAD(day) OVER (PARTITION BY lease_no ORDER BY day) AS next_day
    FROM sums
)
SELECT lease_no, day, next_day, owed_cents + LEAST(technical_cents, GREATEST(0, -low_cents)) AS current_cents
FROM lows
