-- docs/outcomes.md §2. Whose loss of contact can be asked: contacts are delivered, and contact is not lost already.
SELECT
    lease_id,
    NOT has_objected AND NOT is_deceased AND NOT is_terminated
        AND attempts_180d IS NOT NULL
        AND NOT (failed_attempts_180d >= 3 AND failed_channels_180d >= 2)
        AND mail_returned_365d < 2
        AND COALESCE(obligations_unmet, 0) < 2 AS in_contact
FROM stock
