-- docs/outcomes.md §3. Benefit of terms already due that came after the day, less what was awaited on the day; recalls too, less
-- what is left of it and what is already counted in later terms.
WITH came AS (
    SELECT lease_no, -amount_cents AS late_cents, 0 AS recalled_cents, 0 AS awaited_cents, 0 AS counted_cents
    FROM corrections
    WHERE kind = 'housing_benefit'
    UNION ALL
    SELECT lease_no, 0, -amount_cents, 0, 0
    FROM moves
    WHERE kind = 'benefit_adjustment' AND amount_cents < 0 AND value_on > :as_of AND value_on <= :closing_on
    UNION ALL
    SELECT lease_no, 0, 0, benefit_gap_cents, 0 FROM watched_leases WHERE benefit_gap_cents > 0
    UNION ALL
    SELECT lease_no, 0, 0, 0, counted_cents FROM terms_ahead WHERE received_cents <= 0
),
sums AS (
    SELECT
        lease_no,
        CAST(SUM(late_cents) AS BIGINT) AS late_cents,
        CAST(SUM(recalled_cents) AS BIGINT) AS recalled_cents,
        CAST(SUM(awaited_cents) AS BIGINT) AS awaited_cents,
        CAST(SUM(counted_cents) AS BIGINT) AS counted_cents
    FROM came
    GROUP BY lease_no
)
SELECT
    lease_no,
    GREATEST(0, late_cents - awaited_cents)
        + GREATEST(0, recalled_cents - GREATEST(0, awaited_cents - late_cents) - counted_cents) AS credit_cents
FROM sums
WHERE late_cents > 0 OR recalled_cents > 0
