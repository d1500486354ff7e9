-- docs/ledger.md §11. The due terms of the last twenty-four months: what each called, by nature, the benefit counted in it (§2) and what is
-- left unpaid of it in law. Rent + charges + supplement + reduction (negative) = `gross`.
WITH natures AS (
    SELECT
        lease_no,
        month,
        SUM(CASE WHEN kind IN ('rent', 'occupancy_charge') THEN amount_cents ELSE 0 END) AS rent_cents,
        SUM(CASE WHEN kind = 'charges' THEN amount_cents ELSE 0 END) AS charges_cents,
        SUM(CASE WHEN kind = 'rent_reduction' THEN amount_cents ELSE 0 END) AS reduction_cents
    FROM moves
    WHERE kind IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge')
    GROUP BY lease_no, month
),
owing AS (
    SELECT lease_no, month, SUM(unpaid_cents) AS unpaid_cents FROM owed WHERE nature = 'term' GROUP BY lease_no, month
)
SELECT
    t.lease_no,
    p.period,
    t.due_on,
    CAST(COALESCE(n.rent_cents, 0) AS BIGINT) AS rent_cents,
    CAST(COALESCE(n.charges_cents, 0) AS BIGINT) AS charges_cents,
    t.gross_cents - CAST(COALESCE(n.rent_cents + n.charges_cents + n.reduction_cents, 0) AS BIGINT) AS supplement_cents,
    CAST(COALESCE(n.reduction_cents, 0) AS BIGINT) AS reduction_cents,
    CAST(t.counted_cents AS BIGINT) AS benefit_cents,
    CAST(COALESCE(u.unpaid_cents, 0) AS BIGINT) AS unpaid_cents
FROM terms t
JOIN periods p ON p.month = t.month
LEFT JOIN natures n ON n.lease_no = t.lease_no AND n.month = t.month
LEFT JOIN owing u ON u.lease_no = t.lease_no AND u.month = t.month
WHERE t.due_on > CAST(:as_of - INTERVAL 24 MONTH AS DATE)
