-- Prevention officers and social workers: a first miss after a clean year, the call that is easiest to make and best received.
SELECT
    lease_id,
    CASE
        WHEN judged_terms = 12 AND overdue_terms >= 0.1
            AND (unpaid_terms_12 = 0 OR (unpaid_terms_12 = 1 AND unpaid_terms_3 = 1)) THEN overdue_terms
    END AS value
FROM stock
