-- Months as the contract writes them (YYYY-MM), numbered since year 0, with their first day and the next month's.
SELECT
    STRFTIME(day, '%Y-%m') AS period,
    CAST(EXTRACT(YEAR FROM day) * 12 + EXTRACT(MONTH FROM day) - 1 AS INTEGER) AS month,
    CAST(day AS DATE) AS first_day,
    CAST(day + INTERVAL 1 MONTH AS DATE) AS next_month
FROM GENERATE_SERIES(DATE '1900-01-01', DATE '2199-12-01', INTERVAL 1 MONTH) AS months(day)
