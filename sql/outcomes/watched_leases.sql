-- docs/outcomes.md §1. The leases in force on the day of the question, as they stand on the closing day, with the small number
-- under which the blocks of the ledger read them again.
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY s.lease_id) AS INTEGER) AS lease_no,
    s.lease_id,
    s.household_id,
    l.rent_term = 'in_arrears' AS is_in_arrears,
    l.end_date,
    s.net_term_cents,
    s.current_cents,
    s.technical_cents,
    s.frozen_cents,
    s.benefit_gap_cents,
    s.obligations_unmet
FROM stock s
JOIN (SELECT * FROM leases WHERE bucket BETWEEN :first_bucket AND :last_bucket) l ON l.lease_id = s.lease_id
