"""How households were tried and answered after a day, from the landlord's own contacts."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from riskmodel.lake import Source, connect

WITHIN_DAYS = 30

COLUMNS = ["as_of", "lease_id", "attempts", "answers"]

_AFTER = """
SELECT asked.as_of, lease_id,
  count(*) FILTER (direction = 'outbound') AS attempts,
  count(*) FILTER (direction = 'inbound' OR outcome IN ('reached', 'appointment_kept', 'refused')) AS answers
FROM contacts
JOIN (VALUES {days}) AS asked(as_of)
  ON CAST(contacted_at AS DATE) > asked.as_of AND CAST(contacted_at AS DATE) <= asked.as_of + {within}
GROUP BY ALL
"""


def contacts_after(source: Source, last_delivery: date, days: Sequence[date]) -> pd.DataFrame:
    """`as_of`, `lease_id`, `attempts` (outbound) and `answers` (two-way exchanges, docs/ledger.md § 8) of the thirty days after
    each of `days`, as known at the end of `last_delivery`; leases without any contact have no row."""
    if not days:
        return pd.DataFrame(columns=COLUMNS)
    asked = ", ".join(f"(DATE '{day.isoformat()}')" for day in days)
    with connect(source, last_delivery, tables=["contacts"]) as con:
        found = con.execute(_AFTER.format(days=asked, within=WITHIN_DAYS)).df()
    return found.assign(as_of=pd.to_datetime(found["as_of"]).dt.date)
