-- §4, §7. The plan in force of a lease: instalments due by the day, and by the day less five days of tolerance. A debt frozen
-- by overindebtedness suspends an older agreement, which it is then forbidden to pay.
WITH ranked AS (
    SELECT
        o.lease_no,
        p.*,
        ROW_NUMBER() OVER (PARTITION BY o.lease_no ORDER BY p.signed_on DESC, p.plan_id DESC) AS rank
    FROM plans p
    JOIN occupied o ON o.lease_id = p.lease_id
    LEFT JOIN overindebted d ON d.lease_no = o.lease_no
    WHERE p.bucket BETWEEN :first_bucket AND :last_bucket
        AND p.ended_on IS NULL
        AND (p.framework NOT IN ('amicable', 'caf', 'pcs') OR d.frozen_on IS NULL OR p.signed_on >= d.frozen_on)
)
SELECT
    lease_no,
    plan_id,
    framework,
    signed_on,
    first_due_on,
    instalment_cents,
    instalments,
    debt_included_cents,
    LEAST(instalments, GREATEST(0, DATE_DIFF('month', first_due_on, :as_of) + CASE
        WHEN EXTRACT(DAY FROM :as_of) >= LEAST(EXTRACT(DAY FROM first_due_on), EXTRACT(DAY FROM LAST_DAY(:as_of))) THEN 1 ELSE 0
    END)) AS instalments_due,
    LEAST(instalments, GREATEST(0, DATE_DIFF('month', first_due_on, :as_of - 5) + CASE
        WHEN EXTRACT(DAY FROM :as_of - 5) >= LEAST(EXTRACT(DAY FROM first_due_on), EXTRACT(DAY FROM LAST_DAY(:as_of - 5))) THEN 1 ELSE 0
    END)) AS instalments_tolerated
FROM ranked
WHERE rank = 1
