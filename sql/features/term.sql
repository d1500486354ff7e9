-- §2, §6. The usual month of a household and how its share has moved.
WITH counts AS (
    SELECT lease_no, COUNT(*) AS due_terms FROM terms GROUP BY lease_no
),
means AS (
    SELECT
        lease_no,
        CAST(FLOOR(AVG(CASE WHEN usual_rank <= 3 THEN GREATEST(net_cents, 0) END)) AS BIGINT) AS mean_net_cents,
        CAST(FLOOR(AVG(CASE WHEN usual_rank <= 3 THEN gross_cents END)) AS BIGINT) AS gross_term_cents,
        SUM(CASE WHEN rank <= 7 THEN 1 ELSE 0 END) AS terms,
        SUM(CASE WHEN rank = 1 THEN net_cents END) AS newest_net_cents,
        CAST(FLOOR(CAST(SUM(CASE WHEN rank BETWEEN 2 AND 7 THEN net_cents END) AS DOUBLE) / 6) AS BIGINT) AS before_net_cents
    FROM last_terms
    GROUP BY lease_no
)
SELECT
    o.lease_no,
    COALESCE(c.due_terms, 0) AS due_terms,
    CASE WHEN m.lease_no IS NOT NULL THEN GREATEST(m.mean_net_cents, 3000) END AS net_term_cents,
    m.gross_term_cents,
    CASE
        WHEN m.terms = 7 AND m.before_net_cents >= 3000
            THEN GREATEST(0, FLOOR(100 * CAST(m.newest_net_cents - m.before_net_cents AS DOUBLE) / m.before_net_cents))
        ELSE 0
    END AS net_share_rise_pct
FROM occupied o
LEFT JOIN counts c ON c.lease_no = o.lease_no
LEFT JOIN means m ON m.lease_no = o.lease_no
