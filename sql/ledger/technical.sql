-- §4. Debits that are no term: regularisations, fees, penalties, benefit taken back, provisional SLS.
SELECT lease_no, value_on, amount_cents
FROM moves
WHERE kind IN ('charge_adjustment', 'fee', 'penalty', 'benefit_adjustment') AND amount_cents > 0 AND value_on <= :as_of
UNION ALL
SELECT lease_no, value_on, amount_cents
FROM supplements
WHERE is_provisional AND value_on <= :as_of
