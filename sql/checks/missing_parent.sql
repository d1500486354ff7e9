-- Every row hangs on a lease (a lease on a dwelling) that was delivered, now or before.
SELECT file, line, CAST($parent_key AS VARCHAR) AS value
FROM staged_$table AS child
WHERE NOT EXISTS (SELECT 1 FROM known_$parent AS parent WHERE parent.$parent_key = child.$parent_key)
