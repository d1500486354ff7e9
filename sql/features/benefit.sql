-- §3, §6. Housing benefit: late months, a right cut off or halved, whether a right is known at all.
WITH months_back AS (
    SELECT
        r.lease_no,
        MAX(CASE WHEN n.month - r.month IN (3, 4) THEN r.open_cents ELSE 0 END) AS before_cents,
        MAX(CASE WHEN n.month - r.month IN (1, 2) THEN r.open_cents ELSE 0 END) AS after_cents
    FROM rights r
    JOIN periods n ON :as_of >= n.first_day AND :as_of < n.next_month
    GROUP BY r.lease_no
)
SELECT
    g.lease_no,
    COALESCE(b.before_cents > 0 AND 2 * b.after_cents <= b.before_cents, FALSE) AS has_benefit_break,
    g.late_months AS benefit_late_months,
    b.lease_no IS NOT NULL AS has_known_right
FROM benefit_gaps g
LEFT JOIN months_back b ON b.lease_no = g.lease_no
