-- docs/ledger.md §11. In law the household owes the whole: its legal balance laid on the debits of its account, newest first, so that what is
-- paid is the oldest (art. 1342-10 C. civ., for want of anything the debtor said). A term is a debit of what was called less the benefit
-- received for it; positive transfers and technical debits stand at their own day, a technical one after the term of the same day.
WITH legal AS (
    SELECT lease_no, CAST(SUM(amount_cents) AS BIGINT) AS legal_cents FROM moves WHERE value_on <= :as_of GROUP BY lease_no
),
lines AS (
    SELECT lease_no, due_on AS day, month, gross_cents - received_cents AS amount_cents, 'term' AS nature FROM terms
    UNION ALL
    SELECT lease_no, value_on, NULL, amount_cents, 'transfer' FROM moves WHERE kind = 'transfer' AND value_on <= :as_of
    UNION ALL
    SELECT lease_no, value_on, NULL, amount_cents, 'technical' FROM technical
),
placed AS (
    SELECT
        l.*,
        GREATEST(0, g.legal_cents) - COALESCE(SUM(l.amount_cents) OVER (
            PARTITION BY l.lease_no
            ORDER BY l.day DESC, l.nature = 'technical' DESC, l.nature = 'term' DESC, l.month DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS left_cents
    FROM lines l
    JOIN legal g ON g.lease_no = l.lease_no
    WHERE l.amount_cents > 0
)
SELECT lease_no, day, month, nature, amount_cents, CAST(GREATEST(0, LEAST(left_cents, amount_cents)) AS BIGINT) AS unpaid_cents
FROM placed
