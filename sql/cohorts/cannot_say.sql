-- docs/outcomes.md §2. Whose account does not let anything be said of its rhythm, and why; weekly/doubt.py says the same to the list.
SELECT
    lease_id,
    CASE
        WHEN COALESCE(erp_gap_cents <> 0, FALSE) THEN 'balance_gap'
        WHEN COALESCE(due_terms < 3 OR judged_terms < 3, FALSE)
            AND NOT COALESCE(overdue_terms >= 0.9 AND has_known_right, FALSE) THEN 'short_history'
    END AS doubt_code
FROM stock
