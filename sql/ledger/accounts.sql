-- §3, §4, §5, §7. Everything that is a plain sum, newest day or longest lag of a lease's entries, some up to a day of its own.
WITH marks AS (
    SELECT o.lease_no, d.frozen_on, b.erp_on, p.signed_on
    FROM occupied o
    LEFT JOIN overindebted d ON d.lease_no = o.lease_no
    LEFT JOIN erp_balances b ON b.lease_no = o.lease_no
    LEFT JOIN plan_in_force p ON p.lease_no = o.lease_no
)
SELECT
    k.lease_no,
    CAST(SUM(m.amount_cents) AS BIGINT) AS erp_cents,
    CAST(SUM(CASE WHEN m.value_on <= :as_of THEN m.amount_cents ELSE 0 END) AS BIGINT) AS legal_cents,
    CAST(SUM(CASE WHEN m.booked_on <= k.erp_on THEN m.amount_cents ELSE 0 END) AS BIGINT) AS booked_cents,
    CAST(SUM(CASE
        WHEN m.value_on <= k.frozen_on OR (m.kind = 'write_off' AND m.value_on <= :as_of AND k.frozen_on IS NOT NULL)
            THEN m.amount_cents ELSE 0
    END) AS BIGINT) AS at_freeze_cents,
    CAST(-SUM(CASE
        WHEN m.is_received AND m.value_on > k.signed_on AND m.value_on <= :as_of
            THEN m.amount_cents ELSE 0
    END) AS BIGINT) AS plan_paid_cents,
    MAX(CASE
        WHEN m.kind IN ('payment', 'third_party_payment') AND NOT m.is_reversed AND m.value_on <= :as_of THEN m.value_on
    END) AS paid_on,
    MAX(CASE
        WHEN m.kind <> 'payment' OR m.is_reversed OR m.value_on <= :as_of - 365 OR m.value_on > :as_of THEN NULL
        WHEN m.method = 'cheque' THEN 14
        WHEN m.method IN ('direct_debit', 'money_order', 'representative') THEN 8
    END) AS lag_days,
    MAX(CASE WHEN m.kind = 'payment_rejected' AND m.value_on <= :as_of THEN m.value_on END) AS rejected_on,
    CAST(SUM(CASE
        WHEN m.kind = 'payment_rejected' AND m.value_on > :as_of - 120 AND m.value_on <= :as_of THEN 1 ELSE 0
    END) AS BIGINT) AS rejects_120d
FROM moves m
JOIN marks k ON k.lease_no = m.lease_no
GROUP BY k.lease_no
