-- docs/indicateurs.md. First hearing after each summons, and whether the household was spoken with, or met, between the two; the
-- sixty days before it where no summons is known.
WITH summoned AS (
    SELECT h.lease_id, h.dated AS hearing_on, MAX(s.dated) AS summoned_on
    FROM procedures h
    LEFT JOIN procedures s ON s.lease_id = h.lease_id AND s.step = 'summons' AND s.dated <= h.dated
    WHERE h.step = 'hearing' AND h.dated <= :as_of
    GROUP BY h.lease_id, h.dated
),
firsts AS (
    SELECT lease_id, MIN(hearing_on) AS hearing_on, summoned_on
    FROM summoned
    GROUP BY lease_id, summoned_on, CASE WHEN summoned_on IS NULL THEN hearing_on END
)
SELECT
    COALESCE(w.management_unit, 'sans unité') AS management_unit,
    f.hearing_on,
    COUNT(c.lease_id) > 0 AS is_spoken,
    COALESCE(BOOL_OR(c.is_met), FALSE) AS is_met
FROM firsts f
JOIN leases l ON l.lease_id = f.lease_id
LEFT JOIN dwellings w ON w.dwelling_id = l.dwelling_id
LEFT JOIN spoken c ON c.lease_id = f.lease_id AND c.day < f.hearing_on AND c.day >= COALESCE(f.summoned_on, f.hearing_on - 60)
GROUP BY f.lease_id, w.management_unit, f.hearing_on
