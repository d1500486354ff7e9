"""Households in ordinary trouble, made by Hypothesis: a few terms short, and what may come with it or explain it away."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.lakes import Rows
from tests.reference.months import day_in, month_of, months_later

RENT, BENEFIT = 400_00, 150_00
EXTRAS = ("rejet", "régularisation", "aide en retard", "plan tenu", "plan manqué", "surendettement", "sans réponse", "demandes")
Row = dict[str, Any]


@st.composite
def troubled(draw: st.DrawFn, leases: int = 8) -> tuple[date, Rows]:
    """A day and the tables of a landlord whose households miss up to four terms of the last ones, in part or whole."""
    as_of = date(2026, 3, 1) + timedelta(days=draw(st.integers(0, 60)))
    names = ("leases", "entries", "benefits", "contacts", "obligations", "plans", "overindebtedness", "procedures", "balances")
    rows: Rows = {name: [] for name in names} | {"dwellings": [{"dwelling_id": "L1", "management_unit": "UG1"}]}
    for number in range(leases):
        months = draw(st.sampled_from([15, 15, 15, 2]))
        lease = {"lease_id": f"B{number}", "dwelling_id": "L1", "household_id": f"M{number}", "occupancy": "tenant"}
        lease |= {"start_date": as_of - timedelta(days=31 * months), "rent_term": "in_advance", "due_day": 5}
        rows["leases"].append(lease | {"payment_method": draw(st.sampled_from(["cheque", "direct_debit"]))})
        paid = draw(st.lists(st.sampled_from([0, 0, 130_00, RENT - BENEFIT]), min_size=1, max_size=4))
        extras = draw(st.lists(st.sampled_from(EXTRAS), max_size=3, unique=True))
        _account(rows, f"B{number}", as_of, months, paid, extras)
        _besides(rows, f"B{number}", as_of, extras)
    return as_of, rows


def _account(rows: Rows, lease_id: str, as_of: date, months: int, paid: list[int], extras: list[str]) -> None:
    last = as_of.replace(day=5) if as_of.day >= 5 else months_later(as_of.replace(day=5), -1)
    for back in range(months - 1, -1, -1):
        due = months_later(last, -back)
        right = {"lease_id": lease_id, "month": month_of(due), "kind": "apl", "amount_cents": BENEFIT, "paid_to": "landlord"}
        rows["benefits"].append(right | {"state": "open", "known_on": day_in(month_of(due), 1)})
        _entry(rows, lease_id, due, "rent", RENT, month_of(due))
        if back >= 2 or "aide en retard" not in extras:
            _entry(rows, lease_id, due + timedelta(days=20), "housing_benefit", -BENEFIT, month_of(due))
        share = paid[back] if back < len(paid) else RENT - BENEFIT
        if share:
            _entry(rows, lease_id, due + timedelta(days=3), "payment", -share)


def _besides(rows: Rows, lease_id: str, as_of: date, extras: list[str]) -> None:
    own = {"lease_id": lease_id}
    if "rejet" in extras:
        _entry(rows, lease_id, as_of - timedelta(days=30), "payment", -RENT)
        _entry(rows, lease_id, as_of - timedelta(days=25), "payment_rejected", RENT)
    if "régularisation" in extras:
        _entry(rows, lease_id, as_of - timedelta(days=20), "charge_adjustment", 650_00)
    if "surendettement" in extras:
        rows["overindebtedness"].append(own | {"step": "admissible", "dated": as_of - timedelta(days=70)})
    if "plan tenu" in extras or "plan manqué" in extras:
        _plan(rows, lease_id, as_of, is_kept="plan tenu" in extras)
    if "sans réponse" in extras:
        for number, channel in enumerate(("phone", "sms", "letter")):
            day = as_of - timedelta(days=10 * number + 5)
            tried = {"channel": channel, "direction": "outbound", "outcome": "no_answer", "topic": "arrears"}
            at = datetime(day.year, day.month, day.day, 10)
            rows["contacts"].append(own | tried | {"contact_id": f"{lease_id}-{number}", "contacted_at": at})
    if "demandes" in extras:
        asked = {
            "kind": "insurance_certificate",
            "requested_on": as_of - timedelta(days=90),
            "due_on": as_of - timedelta(days=60),
        }
        rows["obligations"].append(own | asked | {"obligation_id": lease_id, "reminded_on": as_of - timedelta(days=40)})


def _plan(rows: Rows, lease_id: str, as_of: date, *, is_kept: bool) -> None:
    """An old debt of 600 € under a plan of 50 € a month for four months now."""
    signed = as_of - timedelta(days=120)
    _entry(rows, lease_id, signed - timedelta(days=40), "transfer", 600_00)
    plan = {"plan_id": lease_id, "lease_id": lease_id, "framework": "amicable", "signed_on": signed, "instalments": 12}
    rows["plans"].append(plan | {"first_due_on": signed, "instalment_cents": 50_00, "debt_included_cents": 600_00})
    if is_kept:
        _entry(rows, lease_id, as_of - timedelta(days=6), "payment", -250_00)


def _entry(rows: Rows, lease_id: str, day: date, kind: str, cents: int, period: str | None = None) -> None:
    entry = {"entry_id": f"{lease_id}-{len(rows['entries'])}", "lease_id": lease_id, "booked_on": day, "value_on": day}
    rows["entries"].append(entry | {"kind": kind, "amount_cents": cents, "period": period})
