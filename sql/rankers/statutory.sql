-- Who reports impayé constitué to the CAF: two net terms exigible to end 2026 (R.824-1 CCH); then R.824-2, 450 € or three months.
SELECT
    lease_id,
    CASE
        WHEN as_of <= DATE '2026-12-31' AND legal_terms >= 2 THEN legal_terms
        WHEN as_of > DATE '2026-12-31'
            AND (legal_cents > 45000 OR CAST(oldest_unpaid_on AS DATE) + INTERVAL 3 MONTH <= as_of) THEN legal_terms
    END AS value
FROM stock
