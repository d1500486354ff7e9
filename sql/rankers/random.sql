-- Nobody ranks by lot, but anybody may pick files at hand: what any order has to beat; the lot is drawn again for each day.
SELECT lease_id, CAST('0x' || substr(md5(strftime(as_of, '%Y-%m-%d') || '|' || lease_id), 1, 12) AS BIGINT) AS value
FROM stock
