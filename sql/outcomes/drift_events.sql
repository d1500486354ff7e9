-- docs/outcomes.md §3. The first day from which the current debt is at two net terms (1.9) or more fifteen days running, all watched.
WITH highs AS (
    SELECT
        p.lease_no,
        p.day,
        p.next_day,
        10 * p.current_cents >= 19 * f.net_term_cents AS is_high
    FROM debt_paths p
    JOIN watched_leases f ON f.lease_no = p.lease_no
    WHERE f.net_term_cents IS NOT NULL
),
stretches AS (
    SELECT *, SUM(CASE WHEN is_high THEN 0 ELSE 1 END) OVER (PARTITION BY lease_no ORDER BY day ROWS UNBOUNDED PRECEDING) AS lows
    FROM highs
),
runs AS (
    SELECT
        lease_no,
        GREATEST(MIN(day), :as_of + 1) AS day,
        MAX(COALESCE(next_day, :closing_on + 1)) AS over_on
    FROM stretches
    WHERE is_high
    GROUP BY lease_no, lows
)
SELECT r.lease_no, MIN(r.day) AS day
FROM runs r
JOIN watches w ON w.lease_no = r.lease_no
WHERE r.day <= :as_of + 180 AND LEAST(r.over_on, w.drift_last_day + 1) >= r.day + 15
GROUP BY r.lease_no
