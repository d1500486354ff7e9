-- The ERP's own list, which most teams open on Monday: the largest exigible balance first, because it is the largest loss.
SELECT lease_id, legal_cents AS value
FROM stock
