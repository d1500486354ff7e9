"""A landlord of two agencies whose Monday fills every tab, small enough to be frozen by the real weekly code in seconds."""

from datetime import date
from pathlib import Path

from riskmodel.settings import Settings
from riskmodel.steps import night
from tests.factory import Rows, deliver, house, row

LANDLORD, UNIT, OTHER_UNIT = "essai", "UG01", "UG02"
SUNDAY, MONDAY, WEEK = date(2026, 11, 1), date(2026, 11, 2), "2026-S45"
RENT = "400.00"
HOME = {"address_line": "1 rue de l'Exemple", "postcode": "00000", "city": "Essai"}
MONTHS = [f"2026-{month:02}" for month in range(1, 10)]
"""Rents of January to September, due on the 5th of the month after: too short a past for any list to be replayed."""


def freeze(folder: Path) -> Settings:
    """An installation whose lists of the week of 2 November 2026 are frozen, and what the law said the night before."""
    settings = house(folder, LANDLORD, default_capacity=10)
    deliver(folder / "inbox", SUNDAY, tables(), landlord_id=LANDLORD)
    night.receive_deliveries(settings, LANDLORD, SUNDAY)
    night.build_lists(settings, LANDLORD, MONDAY)
    night.read_deadlines(settings, LANDLORD, SUNDAY)
    return settings


def tables() -> dict[str, Rows]:
    """Leases B01 to B16 in one agency, B21 to B24 in the other."""
    leases = [*range(1, 17), *range(21, 25)]
    return {
        "dwellings": [row("dwellings", dwelling_id=f"L{n:02}", management_unit=UNIT if n < 20 else OTHER_UNIT) for n in leases],
        "leases": [
            row("leases", lease_id=f"B{n:02}", dwelling_id=f"L{n:02}", household_id=f"M{n:02}", due_day=5) for n in leases
        ],
        "entries": [entry for n in leases for entry in _ledger(n)],
        "tenants": [row("tenants", tenant_id=f"T{n:02}", lease_id=f"B{n:02}", **HOME) for n in leases],
        "contacts": [contact for n in leases for contact in _contacts(n)],
        "plans": [],
        "procedures": [
            row("procedures", step_id="S1", lease_id="B01", step="payment_order", dated="2026-08-20", amount="900.00"),
            row(
                "procedures",
                step_id="S2",
                lease_id="B01",
                step="summons",
                dated="2026-09-20",
                amount="900.00",
                hearing_on="2026-11-24",
            ),
        ],
    }


def _ledger(n: int) -> Rows:
    """Households 1 to 5 paid part of their last three rents, 6 to 8 not the last one, 16 none of four; the others paid."""
    whole, part = {**dict.fromkeys(range(1, 6), (6, 3)), **dict.fromkeys((6, 7, 8), (8, 0)), 16: (5, 0)}.get(n, (9, 0))
    rents = [_entry(n, "E", month, "rent", RENT) for month in MONTHS]
    paid = [_entry(n, "P", month, "payment", f"-{RENT}") for month in MONTHS[:whole]]
    return rents + paid + [_entry(n, "P", month, "payment", f"-{240 - 10 * n}.00") for month in MONTHS[whole : whole + part]]


def _contacts(n: int) -> Rows:
    if 9 <= n <= 12:
        return [
            row(
                "contacts",
                contact_id=f"C{n}-{d}",
                lease_id=f"B{n:02}",
                at=f"2026-{d}T10:30:00",
                channel=channel,
                outcome="no_answer",
            )
            for d, channel in (("09-02", "phone"), ("09-09", "email"), ("09-16", "phone"), ("10-14", "visit"))
        ]
    answered = row("contacts", contact_id=f"C{n}", lease_id=f"B{n:02}", at="2026-09-12T10:30:00", outcome="reached")
    return [answered] if n < 14 else []


def _entry(n: int, mark: str, month: str, kind: str, amount: str) -> dict[str, object]:
    year, rank = int(month[:4]), int(month[5:])
    due = date(year + rank // 12, rank % 12 + 1, 5)
    return row(
        "entries",
        entry_id=f"{mark}{n}-{month}",
        lease_id=f"B{n:02}",
        booked_on=str(due),
        value_on=str(due),
        period=month,
        kind=kind,
        amount=amount,
    )
