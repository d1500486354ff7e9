-- §5. The last twelve judged terms, each with the money of its window and the surplus carried into it.
WITH paid AS (
    SELECT
        j.lease_no,
        j.rank,
        j.due_on,
        j.net_cents,
        COALESCE(t.paid_cents, 0) AS paid_cents,
        DATE_DIFF('day', j.due_on, t.first_paid_on) AS delay_days,
        COALESCE(s.surplus_cents, 0) AS opening_surplus_cents
    FROM judged j
    LEFT JOIN takings t ON t.lease_no = j.lease_no AND t.rank = j.rank
    LEFT JOIN opening_surpluses s ON s.lease_no = j.lease_no
),
runs AS (
    SELECT
        *,
        SUM(paid_cents - net_cents) OVER (PARTITION BY lease_no ORDER BY rank DESC ROWS UNBOUNDED PRECEDING) AS run_cents
    FROM paid
),
lows AS (
    SELECT
        *,
        run_cents - paid_cents + net_cents AS run_before_cents,
        LEAST(
            -opening_surplus_cents,
            MIN(run_cents) OVER (PARTITION BY lease_no ORDER BY rank DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        ) AS low_cents
    FROM runs
)
-- The surplus (never below 0) before a term is the running sum of paid − net less its lowest point so far.
SELECT
    lease_no,
    rank,
    due_on,
    net_cents,
    paid_cents,
    delay_days,
    net_cents > 0 AND 10 * (net_cents - paid_cents - (run_before_cents - low_cents)) > net_cents AS is_unpaid
FROM lows
WHERE rank <= 12
