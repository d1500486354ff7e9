-- §5. The last twelve judged terms, each with the money of its window, what was carried into it, and what the household's own account
-- owed on its judging day: a term of which a tenth is missing from both is not fully paid.
WITH earlier AS (
    SELECT
        t.lease_no,
        SUM(t.charge_cents) AS charge_cents
    FROM terms t
    JOIN judged j ON j.lease_no = t.lease_no AND j.is_oldest AND t.due_on < j.due_on
    GROUP BY t.lease_no
),
runs AS (
    SELECT
        j.lease_no,
        j.rank,
        j.due_on,
        j.net_cents,
        COALESCE(t.paid_cents, 0) AS paid_cents,
        DATE_DIFF('day', j.due_on, t.first_paid_on) AS delay_days,
        COALESCE(e.charge_cents, 0)
            + SUM(j.charge_cents + COALESCE(t.own_cents, 0) - COALESCE(t.erased_cents, 0)) OVER oldest_first
            + COALESCE(t.erased_late_cents, 0) AS own_cents,
        SUM(COALESCE(t.recalled_cents, 0)) OVER oldest_first AS recalled_cents,
        g.missing_cents
    FROM judged j
    JOIN benefit_gaps g ON g.lease_no = j.lease_no
    LEFT JOIN takings t ON t.lease_no = j.lease_no AND t.rank = j.rank
    LEFT JOIN earlier e ON e.lease_no = j.lease_no
    WINDOW oldest_first AS (PARTITION BY j.lease_no ORDER BY j.rank DESC ROWS UNBOUNDED PRECEDING)
),
owed AS (
    SELECT *, own_cents - GREATEST(0, recalled_cents - missing_cents) AS owed_cents FROM runs
),
carried AS (
    SELECT
        *,
        GREATEST(0, LEAST(LAG(owed_cents, 2) OVER oldest_first, LAG(owed_cents, 3) OVER oldest_first) - LAG(owed_cents) OVER oldest_first)
            AS carried_cents,
        LAG(owed_cents, 3) OVER oldest_first IS NOT NULL AS has_three_before
    FROM owed
    WINDOW oldest_first AS (PARTITION BY lease_no ORDER BY rank DESC)
),
shorts AS (
    SELECT *, LEAST(net_cents - paid_cents - CASE WHEN has_three_before THEN carried_cents ELSE 0 END, owed_cents) AS short_cents
    FROM carried
)
SELECT
    lease_no,
    rank,
    due_on,
    net_cents,
    paid_cents,
    delay_days,
    CAST(short_cents AS BIGINT) AS short_cents,
    net_cents > 0 AND 10 * short_cents > net_cents AS is_unpaid
FROM shorts
WHERE rank <= 12
