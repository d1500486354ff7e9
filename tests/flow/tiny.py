"""A landlord of six households over two agencies and two evenings, small enough to run a whole night in a second."""

from datetime import date
from pathlib import Path

from tests.factory import Rows, deliver, row

SATURDAY, SUNDAY, MONDAY = date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)
RENT = "400.00"
MONTHS = ["2025-12", *(f"2026-{month:02}" for month in range(1, 10))]
"""Just enough of a past for one Sunday, 19 July, to be replayed before the first list."""
REPLAYED = date(2026, 7, 19)
HOUSEHOLDS = ("1", "2", "3", "4", "5", "6")


def deliver_evenings(inbox: Path, landlord_id: str = "essai") -> None:
    """A full delivery on Saturday evening, then what Sunday brought: a rejected debit, a payment, two calls."""
    deliver(inbox, SATURDAY, full(), landlord_id=landlord_id)
    deliver(inbox, SUNDAY, news(), landlord_id=landlord_id, mode="incremental")


def full() -> dict[str, Rows]:
    """Ten months of rent; households 1 to 3 always paid, 4 to 6 stopped paying 1, 2 and 4 months ago."""
    stopped = {"4": 1, "5": 2, "6": 4}
    entries = [entry for n in HOUSEHOLDS for entry in _ledger(n, len(MONTHS) - stopped.get(n, 0))]
    return {
        "dwellings": [
            row("dwellings", dwelling_id=f"L{n}", management_unit="UG01" if n in "135" else "UG02") for n in HOUSEHOLDS
        ],
        "leases": [row("leases", lease_id=f"B{n}", dwelling_id=f"L{n}", household_id=f"M{n}") for n in HOUSEHOLDS],
        "entries": entries,
        "contacts": [_call("6", day) for day in ("02", "09", "16")],
        "tenants": [row("tenants", tenant_id=f"T{n}", lease_id=f"B{n}") for n in HOUSEHOLDS],
    }


def news() -> dict[str, Rows]:
    """What was booked on Sunday: household 3's last debit came back, household 4 paid."""
    last = MONTHS[-1]
    rejected = _entry("3", "R", last, "payment_rejected", RENT, booked=SUNDAY, reverses=f"P3-{last}")
    paid = _entry("4", "P", last, "payment", f"-{RENT}", booked=SUNDAY)
    return {"entries": [rejected, paid], "contacts": [_call("6", "30")]}


def _ledger(n: str, months_paid: int) -> Rows:
    rents = [_entry(n, "E", month, "rent", RENT) for month in MONTHS]
    return rents + [_entry(n, "P", month, "payment", f"-{RENT}") for month in MONTHS[:months_paid]]


def _entry(n: str, mark: str, month: str, kind: str, amount: str, booked: date | None = None, **values: str) -> dict[str, object]:
    """An entry of the rent of `month`, due (and by default paid) on the 5th of the next one."""
    year, rank = int(month[:4]), int(month[5:])
    due = date(year + rank // 12, rank % 12 + 1, 5)
    day = booked or due
    return row(
        "entries",
        entry_id=f"{mark}{n}-{month}",
        lease_id=f"B{n}",
        booked_on=str(day),
        value_on=str(day),
        period=month,
        kind=kind,
        amount=amount,
        **values,
    )


def _call(n: str, day: str) -> dict[str, object]:
    return row("contacts", contact_id=f"C{n}-{day}", lease_id=f"B{n}", at=f"2026-10-{day}T10:30:00")
