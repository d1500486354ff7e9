-- Rent officers who read a whole year, so that a bad winter does not decide: terms not fully paid among the last twelve.
SELECT lease_id, unpaid_terms_12 AS value
FROM stock
