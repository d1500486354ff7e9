"""A landlord of a few leases with every table, drawn so that each shortcut of the SQL meets a lease that it must not shorten."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.lakes import Rows

AS_OF = date(2026, 10, 31)
ENTRY = {"period": None, "method": None, "reverses": None}


def landlord() -> Rows:
    """Forty leases: ordinary ones, and three whose terms or debt lie far back."""
    leases = [f"B{number:02}" for number in range(40)]
    return {
        "dwellings": [{"dwelling_id": f"L{lease[1:]}", "management_unit": f"UG{int(lease[1:]) % 3}"} for lease in leases],
        "leases": [_lease(lease) for lease in leases],
        "entries": [entry for lease in leases for entry in _entries(lease)],
        "benefits": [_right(lease, month) for lease in leases[::4] for month in range(1, 10)],
        "contacts": [_contact(lease, days) for lease in leases[::3] for days in (5, 30, 70)],
        "obligations": [_obligation(lease) for lease in leases[::5]],
        "plans": [_plan(lease) for lease in leases[::7]],
        "procedures": [
            {"step_id": f"S{lease}", "lease_id": lease, "step": "reminder", "dated": date(2026, 9, 1)} for lease in leases[::6]
        ],
        "overindebtedness": [{"lease_id": lease, "step": "admissible", "dated": date(2026, 6, 1)} for lease in leases[::9]],
        "balances": [{"lease_id": lease, "as_of": AS_OF, "balance_cents": 0} for lease in leases],
    }


def _lease(lease: str) -> dict[str, Any]:
    return {
        "lease_id": lease,
        "dwelling_id": f"L{lease[1:]}",
        "household_id": f"M{lease[1:]}",
        "start_date": date(2019, 1, 5),
        "occupancy": "tenant",
        "rent_term": "in_arrears" if int(lease[1:]) % 2 else "in_advance",
        "due_day": 5,
        "payment_method": "direct_debit",
    }


def _entries(lease: str) -> list[dict[str, Any]]:
    if lease == "B01":  # terms two months apart: thirteen judged terms and seven due ones reach further back than a year
        return _ledger(lease, [date(2021, 1, 5) + timedelta(days=61 * i) for i in range(35)], unpaid=3)
    if lease == "B02":  # an old debt, far larger than what was called since
        old = {"kind": "transfer", "value_on": date(2022, 1, 1), "amount_cents": 900_000}
        return [_entry(lease, "reprise", **old), *_ledger(lease, _months(30), unpaid=0)]
    if lease == "B03":  # nothing called for two years
        return _ledger(lease, _months(20, before=date(2024, 9, 5)), unpaid=5)
    return _ledger(lease, _months(18), unpaid=int(lease[1:]) % 5)


def _months(count: int, before: date = date(2026, 11, 5)) -> list[date]:
    ranks = [before.year * 12 + before.month - 1 - back for back in range(count, 0, -1)]
    return [date(rank // 12, rank % 12 + 1, 5) for rank in ranks]


def _ledger(lease: str, due: list[date], unpaid: int) -> list[dict[str, Any]]:
    calls = [_entry(lease, f"t{i}", kind="rent", value_on=day, amount_cents=40_000 + 100 * i) for i, day in enumerate(due)]
    paid = due[: len(due) - unpaid]
    payments = [
        _entry(lease, f"p{i}", kind="payment", value_on=day + timedelta(days=i % 9), amount_cents=-40_000, method="transfer")
        for i, day in enumerate(paid)
    ]
    return calls + payments


def _entry(lease: str, rank: str, *, value_on: date, **values: Any) -> dict[str, Any]:
    return {**ENTRY, "entry_id": f"{lease}-{rank}", "lease_id": lease, "booked_on": value_on, "value_on": value_on, **values}


def _right(lease: str, month: int) -> dict[str, Any]:
    paid = {"kind": "apl", "amount_cents": 12_000, "paid_to": "landlord", "state": "open"}
    return {"lease_id": lease, "month": f"2026-{month:02}", "known_on": date(2026, month, 10), **paid}


def _contact(lease: str, days: int) -> dict[str, Any]:
    at = AS_OF - timedelta(days=days)
    tried = {"channel": "phone", "direction": "outbound", "outcome": "no_answer", "topic": "arrears"}
    return {"contact_id": f"C{lease}{days}", "lease_id": lease, "contacted_at": datetime.combine(at, time(10)), **tried}


def _obligation(lease: str) -> dict[str, Any]:
    days = {"requested_on": date(2026, 5, 1), "due_on": date(2026, 6, 1), "reminded_on": date(2026, 6, 15)}
    return {"obligation_id": f"O{lease}", "lease_id": lease, "kind": "insurance_certificate", **days}


def _plan(lease: str) -> dict[str, Any]:
    terms = {"instalment_cents": 5_000, "instalments": 12, "debt_included_cents": 60_000}
    return {
        "plan_id": f"P{lease}",
        "lease_id": lease,
        "framework": "amicable",
        "signed_on": date(2026, 4, 1),
        "first_due_on": date(2026, 5, 31),
        **terms,
    }
