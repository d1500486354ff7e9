-- A key names one row of a delivery. Of strictly identical rows the first is kept; rows that contradict each other all go.
-- Keys are counted by their hash, which is small; the few rows whose hash repeats are then compared key by key.
WITH repeated AS (SELECT hash($key) AS mark FROM staged_$table GROUP BY mark HAVING count(*) > 1),
suspects AS (
    SELECT *, hash($columns) AS content FROM staged_$table WHERE hash($key) IN (SELECT mark FROM repeated)
),
judged AS (
    SELECT *,
        min(content) OVER (PARTITION BY $key) = max(content) OVER (PARTITION BY $key) AS is_identical,
        row_number() OVER (PARTITION BY $key ORDER BY file, line) AS rank
    FROM suspects
)
SELECT file, line, concat_ws(' | ', $key) AS value FROM judged WHERE NOT is_identical OR rank > 1
