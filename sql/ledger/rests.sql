-- §3, §4. From the legal balance to what is left once frozen debt is set apart.
WITH tenant AS (
    SELECT
        o.lease_no,
        COALESCE(a.erp_cents, 0) AS erp_cents,
        COALESCE(a.legal_cents, 0) AS legal_cents,
        b.advance_cents,
        b.gap_cents,
        COALESCE(a.legal_cents, 0) + b.advance_cents - b.gap_cents AS tenant_cents,
        CASE
            WHEN p.lease_no IS NOT NULL THEN GREATEST(0, p.debt_included_cents - p.instalment_cents * p.instalments_due)
            WHEN d.frozen_on IS NOT NULL THEN GREATEST(0, COALESCE(a.at_freeze_cents, 0))
            ELSE 0
        END AS arranged_cents
    FROM occupied o
    JOIN benefit_gaps b ON b.lease_no = o.lease_no
    LEFT JOIN accounts a ON a.lease_no = o.lease_no
    LEFT JOIN plan_in_force p ON p.lease_no = o.lease_no
    LEFT JOIN overindebted d ON d.lease_no = o.lease_no
),
frozen AS (
    SELECT *, LEAST(arranged_cents, GREATEST(tenant_cents, 0)) AS frozen_cents FROM tenant
)
SELECT *, GREATEST(tenant_cents, 0) - frozen_cents AS rest_cents
FROM frozen
