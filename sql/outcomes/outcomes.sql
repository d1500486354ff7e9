-- docs/outcomes.md §6. One row a lease: the event or what stopped the watch before it, for each score.
WITH attempts AS (
    SELECT lease_no, MAX(CASE WHEN is_attempt THEN 1 ELSE 0 END) = 1 AS attempted FROM replies GROUP BY lease_no
),
read AS (
    SELECT
        f.lease_id,
        d.day AS derive_on,
        CASE WHEN d.day IS NULL AND w.drift_stop_on < :as_of + 195 THEN w.drift_stop_on END AS derive_stop_on,
        w.drift_code,
        c.day AS decrochage_on,
        c.way AS decrochage_way,
        CASE WHEN c.day IS NULL AND w.contact_stop_on < :as_of + 195 THEN w.contact_stop_on END AS decrochage_stop_on,
        w.contact_code,
        COALESCE(a.attempted, FALSE) AS attempted
    FROM watched_leases f
    JOIN watches w ON w.lease_no = f.lease_no
    LEFT JOIN drift_events d ON d.lease_no = f.lease_no
    LEFT JOIN contact_events c ON c.lease_no = f.lease_no
    LEFT JOIN attempts a ON a.lease_no = f.lease_no
)
SELECT
    lease_id,
    derive_on,
    CASE
        WHEN derive_on IS NOT NULL THEN NULL
        WHEN derive_stop_on IS NOT NULL THEN drift_code
        WHEN :closing_on < :as_of + 195 THEN 'history_ends'
    END AS derive_end,
    CASE
        WHEN derive_on IS NOT NULL THEN NULL
        WHEN derive_stop_on IS NOT NULL THEN derive_stop_on
        WHEN :closing_on < :as_of + 195 THEN :closing_on
    END AS derive_end_on,
    decrochage_on,
    decrochage_way,
    CASE
        WHEN decrochage_on IS NOT NULL THEN NULL
        WHEN decrochage_stop_on IS NOT NULL THEN contact_code
        WHEN :closing_on < :as_of + 195 THEN 'history_ends'
    END AS decrochage_end,
    CASE
        WHEN decrochage_on IS NOT NULL THEN NULL
        WHEN decrochage_stop_on IS NOT NULL THEN decrochage_stop_on
        WHEN :closing_on < :as_of + 195 THEN :closing_on
    END AS decrochage_end_on,
    attempted,
    :closing_on AS known_until
FROM read
