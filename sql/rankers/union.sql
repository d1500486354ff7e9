-- A team with one list for both questions: the first of each order in turn (drift, contact, drift…), nobody listed twice.
WITH drift AS (
    SELECT lease_id, ROW_NUMBER() OVER (ORDER BY drift_value DESC, md5(lease_id)) AS place FROM stock WHERE drift_value IS NOT NULL
),
contact AS (
    SELECT lease_id, ROW_NUMBER() OVER (ORDER BY contact_value DESC, md5(lease_id)) AS place
    FROM stock
    WHERE contact_value IS NOT NULL
)
SELECT s.lease_id, -LEAST(2 * d.place - 1, 2 * c.place) AS value
FROM stock s
LEFT JOIN drift d ON d.lease_id = s.lease_id
LEFT JOIN contact c ON c.lease_id = s.lease_id
