-- docs/outcomes.md §4. The first reason for which each lease is watched no more, for each score.
WITH ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY lease_no ORDER BY day, rank) AS place,
        ROW_NUMBER() OVER (PARTITION BY lease_no, stops_contact ORDER BY day, rank) AS place_in_kind
    FROM stops
)
SELECT
    f.lease_no,
    d.code AS drift_code,
    d.day AS drift_stop_on,
    c.code AS contact_code,
    c.day AS contact_stop_on,
    LEAST(:closing_on, COALESCE(d.day - 1, :closing_on)) AS drift_last_day,
    LEAST(:closing_on, COALESCE(c.day - 1, :closing_on)) AS contact_last_day
FROM watched_leases f
LEFT JOIN ranked d ON d.lease_no = f.lease_no AND d.place = 1
LEFT JOIN ranked c ON c.lease_no = f.lease_no AND c.place_in_kind = 1 AND c.stops_contact
