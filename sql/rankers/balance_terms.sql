-- Heads of contentieux who compare agencies: the same balance in net terms, so that a large flat does not hide a small one.
SELECT lease_id, legal_terms AS value
FROM stock
