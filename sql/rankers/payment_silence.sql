-- Agencies that watch receipts and not balances: the longest time since the last payment, because money stopped coming in.
SELECT lease_id, days_since_payment AS value
FROM stock
