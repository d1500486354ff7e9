-- Every row hangs on a lease (a lease on a dwelling) that was delivered, now or before.
SELECT file, line, CAST($parent_key AS VARCHAR) AS value
FROM staged_$table
ANTI JOIN known_$parent USING ($parent_key)
