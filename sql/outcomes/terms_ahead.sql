-- docs/outcomes.md §3. The recent terms that fall due after the day of the question. An older period has had its time: whatever is
-- still called or received for it is a correction.
SELECT lease_no, month, due_on, gross_cents, counted_cents, received_cents
FROM terms
WHERE due_on > :as_of AND month >= EXTRACT(YEAR FROM :as_of) * 12 + EXTRACT(MONTH FROM :as_of) - 4
