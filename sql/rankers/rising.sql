-- Pre-contentieux teams that leave stable debts to their plans: a net term or more (0.9) that grew by a tenth over three months.
SELECT lease_id, CASE WHEN legal_terms >= 0.9 AND debt_rise_3_terms >= 0.1 THEN legal_terms END AS value
FROM stock
