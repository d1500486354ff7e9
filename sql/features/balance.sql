-- §3, §4, §7. The balances, the age of the debt and what may be on its way.
WITH unpaid_sums AS (
    SELECT
        lease_no,
        SUM(CASE WHEN is_technical THEN unpaid_cents ELSE 0 END) AS technical_cents,
        MIN(CASE WHEN NOT is_technical AND 10 * unpaid_cents > amount_cents THEN day END) AS oldest_unpaid_on
    FROM unpaid
    GROUP BY lease_no
),
on_the_way AS (
    SELECT t.lease_no, SUM(t.net_cents) AS transit_cents
    FROM terms t
    JOIN methods m ON m.lease_no = t.lease_no
    WHERE t.due_on > :as_of - 14 AND t.due_on + m.lag_days > :as_of
    GROUP BY t.lease_no
),
shocks AS (
    SELECT lease_no, SUM(amount_cents) AS shock_cents FROM technical WHERE value_on > :as_of - 60 GROUP BY lease_no
),
read AS (
    SELECT
        r.*,
        COALESCE(u.technical_cents, 0) AS technical_cents,
        CASE WHEN r.tenant_cents > 0 THEN r.rest_cents - COALESCE(u.technical_cents, 0) ELSE r.tenant_cents END AS current_cents,
        u.oldest_unpaid_on,
        t.net_term_cents
    FROM rests r
    JOIN term_features t ON t.lease_no = r.lease_no
    LEFT JOIN unpaid_sums u ON u.lease_no = r.lease_no
),
waiting AS (
    SELECT
        r.*,
        GREATEST(0, LEAST(GREATEST(r.current_cents, 0), COALESCE(w.transit_cents, 0))) AS in_transit_cents,
        COALESCE(s.shock_cents, 0) AS technical_shock_cents,
        b.balance_cents - CASE WHEN b.lease_no IS NOT NULL THEN COALESCE(a.booked_cents, 0) END AS erp_gap_cents
    FROM read r
    LEFT JOIN on_the_way w ON w.lease_no = r.lease_no
    LEFT JOIN shocks s ON s.lease_no = r.lease_no
    LEFT JOIN accounts a ON a.lease_no = r.lease_no
    LEFT JOIN erp_balances b ON b.lease_no = r.lease_no
)
SELECT
    lease_no,
    erp_cents,
    legal_cents,
    current_cents,
    technical_cents,
    frozen_cents,
    gap_cents AS benefit_gap_cents,
    advance_cents AS benefit_advance_cents,
    in_transit_cents,
    GREATEST(current_cents, 0) - in_transit_cents AS overdue_cents,
    FLOOR(100 * CAST(GREATEST(current_cents, 0) AS DOUBLE) / net_term_cents) / 100 AS current_terms,
    FLOOR(100 * CAST(GREATEST(current_cents, 0) - in_transit_cents AS DOUBLE) / net_term_cents) / 100 AS overdue_terms,
    FLOOR(100 * CAST(GREATEST(legal_cents, 0) AS DOUBLE) / net_term_cents) / 100 AS legal_terms,
    oldest_unpaid_on,
    COALESCE(DATE_DIFF('day', oldest_unpaid_on, :as_of), 0) AS oldest_unpaid_days,
    technical_shock_cents,
    erp_gap_cents
FROM waiting
