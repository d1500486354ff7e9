-- Front offices that see surveys and envelopes come back: requests unmet past their reminder plus mail returned.
SELECT lease_id, NULLIF(COALESCE(obligations_unmet, 0) + COALESCE(mail_returned_365d, 0), 0) AS value
FROM stock
