-- Rent officers who read half a year of receipts: how many of the last six terms were not fully paid in time.
SELECT lease_id, unpaid_terms_6 AS value
FROM stock
