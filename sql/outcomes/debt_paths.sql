-- docs/outcomes.md §3. The current debt from the day of the question to the closing day: one row a change, good until the next.
WITH lines AS (
    SELECT
        w.lease_no,
        :as_of AS day,
        w.current_cents + COALESCE(k.amount_cents, 0) - COALESCE(c.credit_cents, 0) AS owed_cents,
        w.technical_cents
    FROM watched_leases w
    LEFT JOIN learnt_later k ON k.lease_no = w.lease_no
    LEFT JOIN late_credits c ON c.lease_no = w.lease_no
    UNION ALL
    SELECT lease_no, due_on, gross_cents - GREATEST(counted_cents, received_cents), 0 FROM terms_ahead
    UNION ALL
    SELECT lease_no, value_on, amount_cents, 0 FROM corrections WHERE kind <> 'housing_benefit' AND value_on > :as_of
    UNION ALL
    SELECT lease_no, value_on, amount_cents, 0
    FROM moves
    WHERE (is_received OR (kind = 'transfer' AND amount_cents > 0)) AND value_on > :as_of AND value_on <= :closing_on
    UNION ALL
    SELECT m.lease_no, m.value_on, m.amount_cents, 0
    FROM moves m
    JOIN watched_leases w ON w.lease_no = m.lease_no
    WHERE m.value_on > :as_of AND m.value_on <= :closing_on
        AND (m.kind = 'supplementary_rent' AND m.amount_cents < 0 OR m.kind = 'write_off' AND w.frozen_cents = 0)
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
