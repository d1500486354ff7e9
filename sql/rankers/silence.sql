-- CESF and caretakers: tried at least twice in six months, and the longest time since anybody had them on the line or at the door.
SELECT lease_id, CASE WHEN attempts_180d >= 2 THEN COALESCE(days_since_two_way, tenancy_days) END AS value
FROM stock
