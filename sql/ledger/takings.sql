-- §5. What moved in the window of each judged term: the money received and its first payment, and everything that is neither a term
-- nor its benefit (`own_cents`), write-offs and recalls of missing benefit apart. For the oldest term looked at, all that came before
-- counts in its own window too, so that sums from the oldest on are the account itself.
WITH latest AS (
    SELECT lease_no, MAX(month) AS month FROM terms GROUP BY lease_no
),
termless AS (
    SELECT m.lease_no, m.month
    FROM months m
    JOIN latest l ON l.lease_no = m.lease_no
    WHERE m.due_on IS NULL AND m.month < l.month
),
lines AS (
    SELECT
        lease_no,
        value_on,
        amount_cents,
        is_received,
        kind = 'write_off' AS is_erased,
        FALSE AS is_recall,
        kind IN ('payment', 'third_party_payment') AND NOT is_reversed AS is_payment
    FROM moves
    WHERE kind NOT IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge', 'housing_benefit')
        AND NOT (kind = 'supplementary_rent' AND amount_cents > 0)
        AND NOT (kind = 'benefit_adjustment' AND amount_cents < 0)
    UNION ALL
    SELECT lease_no, value_on, amount_cents, FALSE, FALSE, FALSE, FALSE
    FROM supplements
    WHERE is_provisional
    UNION ALL
    SELECT m.lease_no, m.value_on, m.amount_cents, FALSE, FALSE, FALSE, FALSE
    FROM moves m
    JOIN termless t ON t.lease_no = m.lease_no AND t.month = m.month
    WHERE m.kind = 'housing_benefit'
    UNION ALL
    SELECT m.lease_no, m.value_on, m.amount_cents, FALSE, FALSE, COALESCE(m.value_on >= g.missing_from, FALSE), FALSE
    FROM moves m
    JOIN benefit_gaps g ON g.lease_no = m.lease_no
    WHERE m.kind = 'benefit_adjustment' AND m.amount_cents < 0
)
SELECT
    j.lease_no,
    j.rank,
    CAST(-SUM(CASE WHEN l.is_received AND l.value_on > j.opened_on THEN l.amount_cents ELSE 0 END) AS BIGINT) AS paid_cents,
    MIN(CASE WHEN l.is_payment AND l.value_on > j.opened_on THEN l.value_on END) AS first_paid_on,
    CAST(SUM(CASE WHEN l.is_erased OR l.is_recall THEN 0 ELSE l.amount_cents END) AS BIGINT) AS own_cents,
    CAST(-SUM(CASE WHEN l.is_recall THEN l.amount_cents ELSE 0 END) AS BIGINT) AS recalled_cents,
    CAST(-SUM(CASE WHEN l.is_erased THEN l.amount_cents ELSE 0 END) AS BIGINT) AS erased_cents,
    CAST(-SUM(CASE WHEN l.is_erased AND l.value_on > j.opened_on THEN l.amount_cents ELSE 0 END) AS BIGINT) AS erased_late_cents
FROM lines l
JOIN judged j ON j.lease_no = l.lease_no AND l.value_on > j.looked_from AND l.value_on <= j.judged_on
GROUP BY j.lease_no, j.rank
