-- Rules of arrears software that reads receipts: paid less than due, or later than usual by three days, or two broken plans.
SELECT
    lease_id,
    NULLIF(
        CASE WHEN paid_share_3 < 90 THEN 1 ELSE 0 END
        + CASE WHEN payment_delay_drift_days >= 3 THEN 1 ELSE 0 END
        + CASE WHEN plans_broken_365d >= 2 THEN 1 ELSE 0 END,
        0
    ) AS value
FROM stock
