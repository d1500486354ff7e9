-- A later step is never dated before an earlier one.
SELECT file, line, concat($earlier, ' puis ', $later) AS value FROM staged_$table WHERE $later < $earlier
