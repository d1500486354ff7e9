-- §8. The last time each household answered, and the last time it came of itself.
SELECT
    lease_no,
    MAX(CASE WHEN is_two_way THEN contacted_at END) AS answered_at,
    MAX(CASE WHEN is_inbound THEN contacted_on END) AS inbound_on
FROM exchanges
GROUP BY lease_no
