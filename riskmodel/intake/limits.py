"""How much may be wrong before a delivery is refused whole. One place, one reason a number."""

QUARANTINED_SHARE = 0.02
"""Of a table's rows. Above two in a hundred the export itself is at fault (a shifted column, a new code list), and a list
made of the rest would forget households without saying so."""

QUARANTINED_ROWS = 20
"""Rows a table may always lose to quarantine: on a quiet night of ten lines one typing error is not a broken export."""

COLLISION_SHARE = 0.001
"""Of a table's rows. Keys are unique by construction in an ERP: one in a thousand repeated means the key was ill chosen."""

COLLISION_ROWS = 10
"""Repeated keys always tolerated, put in quarantine and shown."""

BALANCE_SHARE = 0.01
"""Of the leases whose balance was sent. Above one in a hundred the ledger is incomplete and every debt in doubt."""

BALANCE_LEASES = 5
"""Leases that may always fail to reconcile: they are shown, and their list rows can be checked by hand."""

SHRINK_SHARE = 0.20
"""Of the rows known. A full delivery replaces: one that would make more than a fifth of a table vanish is taken for an
incomplete file, even when no manifest says so."""

WAITING_DAYS = 90
"""Days a row waits for the row it hangs on. A lease is sent days after its first contact, sometimes a month late; what still
hangs on nothing after a quarter is a wrong identifier."""

DETAILED_ROWS = 20_000
"""Rows of one table whose faults are told one by one; beyond, they are put in quarantine and counted."""


def exceeds(count: int, total: int, share: float, allowance: int) -> bool:
    """Whether `count` of `total` is more than both the share and the absolute allowance."""
    return count > allowance and count > share * total
