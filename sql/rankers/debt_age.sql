-- Teams that work by seniority of debt: the oldest unpaid term first, because an old debt is the hardest to mend.
SELECT lease_id, CASE WHEN oldest_unpaid_days > 0 THEN oldest_unpaid_days END AS value
FROM stock
