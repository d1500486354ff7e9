-- docs/ledger.md §10. The last twenty-four months of each account, from its first entry on: what moved in each month by day of value, the
-- terms that fell due in it, and the legal balance at its end. Each balance is the one before plus what moved; the last is `legal_cents`.
WITH today AS (
    SELECT month, month - 23 AS first_month FROM periods WHERE :as_of >= first_day AND :as_of < next_month
),
flows AS (
    SELECT
        lease_no,
        CAST(EXTRACT(YEAR FROM value_on) * 12 + EXTRACT(MONTH FROM value_on) - 1 AS INTEGER) AS month,
        SUM(CASE WHEN kind IN ('rent', 'occupancy_charge') THEN amount_cents ELSE 0 END) AS rent_cents,
        SUM(CASE WHEN kind = 'charges' THEN amount_cents ELSE 0 END) AS charges_cents,
        SUM(CASE WHEN kind = 'supplementary_rent' THEN amount_cents ELSE 0 END) AS sls_cents,
        SUM(CASE WHEN kind = 'rent_reduction' THEN amount_cents ELSE 0 END) AS rls_cents,
        -SUM(CASE WHEN kind = 'housing_benefit' THEN amount_cents ELSE 0 END) AS benefit_cents,
        -SUM(CASE WHEN kind IN ('payment', 'payment_rejected') THEN amount_cents ELSE 0 END) AS paid_cents,
        SUM(amount_cents) AS moved_cents
    FROM moves
    WHERE value_on <= :as_of
    GROUP BY lease_no, CAST(EXTRACT(YEAR FROM value_on) * 12 + EXTRACT(MONTH FROM value_on) - 1 AS INTEGER)
),
dues AS (
    SELECT
        lease_no,
        CAST(EXTRACT(YEAR FROM due_on) * 12 + EXTRACT(MONTH FROM due_on) - 1 AS INTEGER) AS month,
        SUM(counted_cents) AS benefit_due_cents,
        SUM(net_cents) AS net_cents
    FROM terms
    GROUP BY lease_no, CAST(EXTRACT(YEAR FROM due_on) * 12 + EXTRACT(MONTH FROM due_on) - 1 AS INTEGER)
),
openings AS (
    SELECT
        f.lease_no,
        MIN(f.month) AS first_month,
        SUM(CASE WHEN f.month < t.first_month THEN f.moved_cents ELSE 0 END) AS opening_cents
    FROM flows f
    CROSS JOIN today t
    GROUP BY f.lease_no
),
calendar AS (
    SELECT o.lease_no, p.month, p.period, o.opening_cents
    FROM openings o
    CROSS JOIN today t
    JOIN periods p ON p.month BETWEEN GREATEST(o.first_month, t.first_month) AND t.month
)
SELECT
    c.lease_no,
    c.period,
    CAST(COALESCE(f.rent_cents, 0) AS BIGINT) AS rent,
    CAST(COALESCE(f.charges_cents, 0) AS BIGINT) AS charges,
    CAST(COALESCE(f.sls_cents, 0) AS BIGINT) AS sls,
    CAST(COALESCE(f.rls_cents, 0) AS BIGINT) AS rls,
    CAST(COALESCE(f.benefit_cents, 0) AS BIGINT) AS benefit,
    CAST(COALESCE(d.benefit_due_cents, 0) AS BIGINT) AS benefit_due,
    CAST(COALESCE(d.net_cents, 0) AS BIGINT) AS net,
    CAST(COALESCE(f.paid_cents, 0) AS BIGINT) AS paid,
    CAST(COALESCE(
        f.moved_cents - f.rent_cents - f.charges_cents - f.sls_cents - f.rls_cents + f.benefit_cents + f.paid_cents, 0
    ) AS BIGINT) AS other,
    CAST(c.opening_cents + SUM(COALESCE(f.moved_cents, 0)) OVER (PARTITION BY c.lease_no ORDER BY c.month) AS BIGINT) AS balance
FROM calendar c
LEFT JOIN flows f ON f.lease_no = c.lease_no AND f.month = c.month
LEFT JOIN dues d ON d.lease_no = c.lease_no AND d.month = c.month
