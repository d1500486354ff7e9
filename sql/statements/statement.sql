-- docs/ledger.md §11. The last twenty-four months of each account, from its first entry on: what moved in each month by day of value, one
-- column a nature, in the ledger's own sign, and the legal balance at its end. Opening balance + all columns = balance, every month; the last
-- one is `legal_cents`. `benefit_due_cents` and `net_cents` (of the terms that fell due in the month) are told beside and add up to nothing.
WITH today AS (
    SELECT month, month - 23 AS first_month FROM periods WHERE :as_of >= first_day AND :as_of < next_month
),
flows AS (
    SELECT
        lease_no,
        CAST(EXTRACT(YEAR FROM value_on) * 12 + EXTRACT(MONTH FROM value_on) - 1 AS INTEGER) AS month,
        SUM(CASE WHEN kind = 'rent' THEN amount_cents ELSE 0 END) AS rent_cents,
        SUM(CASE WHEN kind = 'occupancy_charge' THEN amount_cents ELSE 0 END) AS occupancy_cents,
        SUM(CASE WHEN kind = 'charges' THEN amount_cents ELSE 0 END) AS charges_cents,
        SUM(CASE WHEN kind = 'supplementary_rent' THEN amount_cents ELSE 0 END) AS supplement_cents,
        SUM(CASE WHEN kind = 'rent_reduction' THEN amount_cents ELSE 0 END) AS reduction_cents,
        SUM(CASE WHEN kind = 'charge_adjustment' THEN amount_cents ELSE 0 END) AS adjustment_cents,
        SUM(CASE WHEN kind IN ('fee', 'penalty') THEN amount_cents ELSE 0 END) AS fee_cents,
        SUM(CASE WHEN kind = 'housing_benefit' THEN amount_cents ELSE 0 END) AS benefit_cents,
        SUM(CASE WHEN kind = 'benefit_adjustment' THEN amount_cents ELSE 0 END) AS benefit_recall_cents,
        SUM(CASE WHEN kind = 'payment' THEN amount_cents ELSE 0 END) AS payment_cents,
        SUM(CASE WHEN kind = 'payment_rejected' THEN amount_cents ELSE 0 END) AS rejected_cents,
        SUM(CASE WHEN kind = 'third_party_payment' THEN amount_cents ELSE 0 END) AS third_party_cents,
        SUM(CASE WHEN kind = 'write_off' THEN amount_cents ELSE 0 END) AS write_off_cents,
        SUM(CASE WHEN kind = 'transfer' THEN amount_cents ELSE 0 END) AS transfer_cents,
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
    CAST(COALESCE(f.rent_cents, 0) AS BIGINT) AS rent_cents,
    CAST(COALESCE(f.occupancy_cents, 0) AS BIGINT) AS occupancy_cents,
    CAST(COALESCE(f.charges_cents, 0) AS BIGINT) AS charges_cents,
    CAST(COALESCE(f.supplement_cents, 0) AS BIGINT) AS supplement_cents,
    CAST(COALESCE(f.reduction_cents, 0) AS BIGINT) AS reduction_cents,
    CAST(COALESCE(f.adjustment_cents, 0) AS BIGINT) AS adjustment_cents,
    CAST(COALESCE(f.fee_cents, 0) AS BIGINT) AS fee_cents,
    CAST(COALESCE(f.benefit_cents, 0) AS BIGINT) AS benefit_cents,
    CAST(COALESCE(f.benefit_recall_cents, 0) AS BIGINT) AS benefit_recall_cents,
    CAST(COALESCE(f.payment_cents, 0) AS BIGINT) AS payment_cents,
    CAST(COALESCE(f.rejected_cents, 0) AS BIGINT) AS rejected_cents,
    CAST(COALESCE(f.third_party_cents, 0) AS BIGINT) AS third_party_cents,
    CAST(COALESCE(f.write_off_cents, 0) AS BIGINT) AS write_off_cents,
    CAST(COALESCE(f.transfer_cents, 0) AS BIGINT) AS transfer_cents,
    CAST(COALESCE(d.benefit_due_cents, 0) AS BIGINT) AS benefit_due_cents,
    CAST(COALESCE(d.net_cents, 0) AS BIGINT) AS net_cents,
    CAST(c.opening_cents AS BIGINT) AS opening_cents,
    CAST(c.opening_cents + SUM(COALESCE(f.moved_cents, 0)) OVER (PARTITION BY c.lease_no ORDER BY c.month) AS BIGINT) AS balance_cents
FROM calendar c
LEFT JOIN flows f ON f.lease_no = c.lease_no AND f.month = c.month
LEFT JOIN dues d ON d.lease_no = c.lease_no AND d.month = c.month
