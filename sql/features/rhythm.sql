-- §5. How a household pays: terms left unpaid, share paid, day of payment, rejects, changes of method.
WITH judged_sums AS (
    SELECT
        lease_no,
        COUNT(*) AS judged_terms,
        CAST(SUM(CASE WHEN is_unpaid AND rank <= 3 AND due_on > :as_of - 125 THEN 1 ELSE 0 END) AS BIGINT) AS unpaid_terms_3,
        CAST(SUM(CASE WHEN is_unpaid AND rank <= 6 AND due_on > :as_of - 215 THEN 1 ELSE 0 END) AS BIGINT) AS unpaid_terms_6,
        CAST(SUM(CASE WHEN is_unpaid AND due_on > :as_of - 365 THEN 1 ELSE 0 END) AS BIGINT) AS unpaid_terms_12,
        CAST(SUM(CASE WHEN due_on > :as_of - 115 THEN net_cents - paid_cents ELSE 0 END) AS BIGINT) AS missing_cents,
        CAST(SUM(CASE WHEN rank <= 3 THEN net_cents ELSE 0 END) AS BIGINT) AS net_3_cents,
        CAST(SUM(CASE WHEN rank <= 3 THEN paid_cents ELSE 0 END) AS BIGINT) AS paid_3_cents,
        CAST(FLOOR(AVG(CASE WHEN rank <= 3 THEN delay_days END)) AS BIGINT) AS delay_3_days,
        CAST(FLOOR(AVG(CASE WHEN rank > 3 THEN delay_days END)) AS BIGINT) AS delay_9_days
    FROM judgements
    GROUP BY lease_no
)
SELECT
    o.lease_no,
    COALESCE(j.judged_terms, 0) AS judged_terms,
    COALESCE(j.unpaid_terms_3, 0) AS unpaid_terms_3,
    COALESCE(j.unpaid_terms_6, 0) AS unpaid_terms_6,
    COALESCE(j.unpaid_terms_12, 0) AS unpaid_terms_12,
    CASE
        WHEN j.judged_terms >= 3 AND j.net_3_cents > 0 THEN GREATEST(0, FLOOR(100 * CAST(j.paid_3_cents AS DOUBLE) / j.net_3_cents))
    END AS paid_share_3,
    CASE
        WHEN j.judged_terms >= 3
            THEN FLOOR(100 * CAST(GREATEST(0, LEAST(j.missing_cents, b.overdue_cents)) AS DOUBLE) / t.net_term_cents) / 100
        ELSE 0
    END AS debt_rise_3_terms,
    DATE_DIFF('day', a.paid_on, :as_of) AS days_since_payment,
    j.delay_3_days AS payment_delay_days,
    j.delay_3_days - j.delay_9_days AS payment_delay_drift_days,
    COALESCE(a.rejects_120d, 0) AS rejects_120d,
    CASE
        WHEN a.rejects_120d > 0 AND (a.paid_on IS NULL OR a.paid_on <= a.rejected_on) THEN DATE_DIFF('day', a.rejected_on, :as_of)
        ELSE 0
    END AS reject_unpaid_days,
    COALESCE(c.method_changes_365d, 0) AS method_changes_365d
FROM occupied o
JOIN term_features t ON t.lease_no = o.lease_no
JOIN balance_features b ON b.lease_no = o.lease_no
LEFT JOIN judged_sums j ON j.lease_no = o.lease_no
LEFT JOIN accounts a ON a.lease_no = o.lease_no
LEFT JOIN method_changes c ON c.lease_no = o.lease_no
