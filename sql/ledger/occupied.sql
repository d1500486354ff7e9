-- §1. One row a lease in force on the day, with a small number that stands for its identifier in every later block.
-- Dwellings have buckets of their own: all of them stream past the leases of the slice.
WITH in_force AS (
    SELECT *
    FROM leases
    WHERE bucket BETWEEN :first_bucket AND :last_bucket AND start_date <= :as_of AND end_date IS NULL
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY l.lease_id) AS INTEGER) AS lease_no,
    l.lease_id,
    l.household_id,
    d.management_unit,
    l.start_date,
    l.rent_term = 'in_arrears' AS is_in_arrears,
    l.payment_method,
    COALESCE(l.terminated_on <= :as_of, FALSE) AS is_terminated
FROM dwellings d
RIGHT JOIN in_force l ON l.dwelling_id = d.dwelling_id
