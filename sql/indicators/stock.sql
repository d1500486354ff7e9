-- docs/indicateurs.md. One row a management unit: households in force on the day, and what the law lets be claimed of them. A debt frozen by
-- overindebtedness is not owed meanwhile, and is counted apart, unless a judge had granted time (riskmodel/law/debt.py).
WITH owed AS (
    SELECT
        o.management_unit,
        r.legal_cents,
        d.frozen_on IS NOT NULL AND COALESCE(p.framework, '') <> 'judge' AS is_frozen,
        GREATEST(0, r.legal_cents - CASE
            WHEN d.frozen_on IS NOT NULL AND COALESCE(p.framework, '') <> 'judge' THEN r.frozen_cents ELSE 0
        END) AS claimable_cents,
        t.net_term_cents
    FROM occupied o
    JOIN rests r ON r.lease_no = o.lease_no
    JOIN term_features t ON t.lease_no = o.lease_no
    LEFT JOIN overindebted d ON d.lease_no = o.lease_no
    LEFT JOIN plan_in_force p ON p.lease_no = o.lease_no
)
SELECT
    COALESCE(management_unit, 'sans unité') AS management_unit,
    CAST(COUNT(*) AS BIGINT) AS households,
    CAST(SUM(CASE WHEN claimable_cents > 0 THEN 1 ELSE 0 END) AS BIGINT) AS owing,
    CAST(SUM(CASE WHEN claimable_cents > 0 AND claimable_cents >= 3 * net_term_cents THEN 1 ELSE 0 END) AS BIGINT) AS three_months,
    CAST(SUM(CASE WHEN claimable_cents > 0 AND claimable_cents >= 12 * net_term_cents THEN 1 ELSE 0 END) AS BIGINT) AS twelve_months,
    CAST(SUM(CASE WHEN is_frozen AND legal_cents > 0 THEN 1 ELSE 0 END) AS BIGINT) AS frozen,
    CAST(SUM(claimable_cents) AS BIGINT) AS claimable_cents,
    CAST(SUM(GREATEST(0, legal_cents)) AS BIGINT) AS legal_cents
FROM owed
GROUP BY 1
