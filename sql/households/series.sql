-- docs/ledger.md §10. The monthly statement (§11) as the page of a household shows it: occupancy counts as rent, what the household paid is
-- less its rejects, and everything that is neither called, nor benefit, nor its own payment is `other`.
SELECT
    lease_no,
    period,
    rent_cents + occupancy_cents AS rent,
    charges_cents AS charges,
    supplement_cents AS sls,
    reduction_cents AS rls,
    -benefit_cents AS benefit,
    benefit_due_cents AS benefit_due,
    net_cents AS net,
    -payment_cents - rejected_cents AS paid,
    adjustment_cents + fee_cents + benefit_recall_cents + third_party_cents + write_off_cents + transfer_cents AS other,
    balance_cents AS balance
FROM statement
