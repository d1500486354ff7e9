-- docs/indicateurs.md. Each time an account that was settled at the end of a month was in debt at the end of the next and still at the one
-- after: the day of the default is the first term of that month. With the first exchange by word of mouth and the first referral since.
WITH ends AS (
    SELECT
        s.lease_no,
        p.first_day,
        p.next_month,
        s.balance_cents,
        LAG(s.balance_cents, 1, s.opening_cents) OVER months AS before_cents,
        LEAD(s.balance_cents) OVER months AS after_cents
    FROM statement s
    JOIN periods p ON p.period = s.period
    WINDOW months AS (PARTITION BY s.lease_no ORDER BY p.month)
),
starts AS (
    SELECT e.lease_no, COALESCE(MIN(t.due_on), e.first_day) AS default_on
    FROM ends e
    LEFT JOIN terms t ON t.lease_no = e.lease_no AND t.due_on >= e.first_day AND t.due_on < e.next_month
    WHERE e.balance_cents > 0 AND e.before_cents <= 0 AND e.after_cents > 0
    GROUP BY e.lease_no, e.first_day
),
answered AS (
    SELECT s.lease_no, s.default_on, MIN(c.day) AS spoken_on
    FROM starts s
    JOIN occupied o ON o.lease_no = s.lease_no
    JOIN spoken c ON c.lease_id = o.lease_id AND c.day >= s.default_on
    GROUP BY s.lease_no, s.default_on
),
referred AS (
    SELECT s.lease_no, s.default_on, MIN(p.dated) AS referred_on
    FROM starts s
    JOIN occupied o ON o.lease_no = s.lease_no
    JOIN procedures p ON p.lease_id = o.lease_id AND p.step IN ('caf_report', 'ccapex_referral') AND p.dated >= s.default_on
    WHERE p.dated <= :as_of
    GROUP BY s.lease_no, s.default_on
)
SELECT COALESCE(o.management_unit, 'sans unité') AS management_unit, s.default_on, a.spoken_on, r.referred_on
FROM starts s
JOIN occupied o ON o.lease_no = s.lease_no
LEFT JOIN answered a ON a.lease_no = s.lease_no AND a.default_on = s.default_on
LEFT JOIN referred r ON r.lease_no = s.lease_no AND r.default_on = s.default_on
