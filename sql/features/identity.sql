-- §1. Who is spoken of.
SELECT lease_no, lease_id, household_id, management_unit, DATE_DIFF('day', start_date, :as_of) AS tenancy_days, is_terminated
FROM occupied
