-- docs/outcomes.md §5. The first day, watched, on which contact is lost in one of the three ways.
WITH failed AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY lease_no, answers_before, channel ORDER BY contacted_at) = 1 AS is_new_channel
    FROM replies
    WHERE is_failed
),
counted AS (
    SELECT
        lease_no,
        CAST(contacted_at AS DATE) AS day,
        COUNT(*) OVER since AS attempts,
        SUM(CASE WHEN is_new_channel THEN 1 ELSE 0 END) OVER since AS channels,
        SUM(CASE WHEN is_returned THEN 1 ELSE 0 END) OVER since AS returned
    FROM failed
    WINDOW since AS (PARTITION BY lease_no, answers_before ORDER BY contacted_at)
),
asked AS (
    SELECT
        f.lease_no,
        GREATEST(r.due_on + 1, r.reminded_on, r.requested_on, :as_of + 1) AS unmet_on,
        LEAST(COALESCE(r.fulfilled_on, DATE '2999-12-31'), r.requested_on + 730) AS over_on
    FROM obligations r
    JOIN watched_leases f ON f.lease_id = r.lease_id
    WHERE r.bucket BETWEEN :first_bucket AND :last_bucket AND r.reminded_on IS NOT NULL AND f.obligations_unmet < 2
),
unmet AS (
    SELECT a.lease_no, a.unmet_on AS day
    FROM asked a
    JOIN asked b ON b.lease_no = a.lease_no
    WHERE b.unmet_on <= a.unmet_on AND b.over_on > a.unmet_on + 15 AND a.over_on > a.unmet_on + 15
    GROUP BY a.lease_no, a.unmet_on
    HAVING COUNT(*) >= 2
),
ways AS (
    SELECT lease_no, day, 'attempts' AS way, day AS known_on FROM counted WHERE attempts >= 3 AND channels >= 2
    UNION ALL
    SELECT lease_no, day, 'mail', day FROM counted WHERE returned >= 2
    UNION ALL
    SELECT lease_no, day, 'obligations', day + 15 FROM unmet
),
ranked AS (
    SELECT w.lease_no, w.day, w.way, ROW_NUMBER() OVER (PARTITION BY w.lease_no ORDER BY w.day, w.way) AS place
    FROM ways w
    JOIN watches o ON o.lease_no = w.lease_no
    WHERE w.day <= :as_of + 180 AND w.known_on <= o.contact_last_day
)
SELECT lease_no, day, way
FROM ranked
WHERE place = 1
