-- Teams that follow plans d'apurement: most missed instalments first, because a plan in trouble can still be renegotiated.
SELECT lease_id, CASE WHEN plan_missed > 0 THEN plan_missed END AS value
FROM stock
