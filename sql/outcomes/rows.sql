-- docs/outcomes.md §6. The stock of the day with what happened next. A lease that was removed from later deliveries was not watched.
SELECT
    s.*,
    m.derive_on,
    CASE WHEN m.lease_id IS NULL THEN 'history_ends' ELSE m.derive_end END AS derive_end,
    CASE WHEN m.lease_id IS NULL THEN :as_of ELSE m.derive_end_on END AS derive_end_on,
    m.decrochage_on,
    m.decrochage_way,
    CASE WHEN m.lease_id IS NULL THEN 'history_ends' ELSE m.decrochage_end END AS decrochage_end,
    CASE WHEN m.lease_id IS NULL THEN :as_of ELSE m.decrochage_end_on END AS decrochage_end_on,
    CASE WHEN s.attempts_180d IS NOT NULL THEN COALESCE(m.attempted, FALSE) END AS attempted,
    COALESCE(m.known_until, :as_of) AS known_until
FROM stock s
LEFT JOIN measured m ON m.lease_id = s.lease_id
