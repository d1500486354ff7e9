-- §2. One row a lease and period: what was called (`due_on` is empty when nothing was) and the benefit received for it.
WITH lines AS (
    SELECT lease_no, month, value_on, amount_cents, kind = 'housing_benefit' AS is_benefit
    FROM moves
    WHERE kind IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge', 'housing_benefit')
    UNION ALL
    SELECT lease_no, month, value_on, amount_cents, FALSE
    FROM supplements
    WHERE NOT is_provisional
)
SELECT
    lease_no,
    month,
    CAST(SUM(CASE WHEN is_benefit THEN 0 ELSE amount_cents END) AS BIGINT) AS gross_cents,
    COALESCE(
        MIN(CASE WHEN NOT is_benefit AND amount_cents > 0 THEN value_on END),
        MIN(CASE WHEN NOT is_benefit THEN value_on END)
    ) AS due_on,
    CAST(-SUM(CASE WHEN is_benefit AND value_on <= :as_of THEN amount_cents ELSE 0 END) AS BIGINT) AS received_cents
FROM lines
GROUP BY lease_no, month
