-- §2. Positive SLS entries; provisional while a survey asked for in the year before was due and had not been answered.
WITH surveys AS (
    SELECT o.lease_no, s.requested_on, s.due_on, s.fulfilled_on
    FROM obligations s
    JOIN occupied o ON o.lease_id = s.lease_id
    WHERE s.bucket BETWEEN :first_bucket AND :last_bucket AND s.kind = 'sls_survey'
)
SELECT
    m.lease_no,
    m.month,
    m.value_on,
    m.amount_cents,
    EXISTS (
        SELECT 1 FROM surveys s
        WHERE s.lease_no = m.lease_no
            AND s.requested_on > m.value_on - 365
            AND s.requested_on <= m.value_on
            AND s.due_on < m.value_on
            AND (s.fulfilled_on IS NULL OR s.fulfilled_on > m.value_on)
    ) AS is_provisional
FROM moves m
WHERE m.kind = 'supplementary_rent' AND m.amount_cents > 0
