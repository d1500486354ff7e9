-- docs/outcomes.md §3. Calls, credits and benefit of periods that had fallen due by the day, which came or were booked after it.
SELECT m.lease_no, m.kind, m.value_on, m.amount_cents
FROM moves m
LEFT JOIN terms t ON t.lease_no = m.lease_no AND t.month = m.month
WHERE m.kind IN ('rent', 'charges', 'rent_reduction', 'occupancy_charge', 'housing_benefit')
    AND (m.value_on > :as_of OR m.booked_on > :as_of) AND m.value_on <= :closing_on
    AND (t.due_on <= :as_of OR m.month < EXTRACT(YEAR FROM :as_of) * 12 + EXTRACT(MONTH FROM :as_of) - 4)
