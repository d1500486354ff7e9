"""Landlords of a few leases, made by Hypothesis: ordinary months first, then whatever an extract may hold."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from riskmodel.contracts import TABLES
from riskmodel.contracts.contacts import CHANNELS, DIRECTIONS, OUTCOMES
from riskmodel.contracts.entries import KINDS, SIGNS
from riskmodel.contracts.leases import PAYMENT_METHODS
from riskmodel.contracts.obligations import OBLIGATION_KINDS
from riskmodel.contracts.overindebtedness import OVERINDEBTEDNESS_STEPS
from riskmodel.contracts.plans import END_REASONS, FRAMEWORKS
from riskmodel.contracts.procedures import STEPS
from tests.lakes import Rows
from tests.reference.months import month_of, months_later, shift

DAYS = (date(2026, 3, 31), date(2026, 2, 28), date(2024, 2, 29), date(2025, 12, 5), date(2026, 1, 1))
"""Days of the question: ends of months, a leap day, a due day, a first of January."""

Row = dict[str, Any]
CENTS = st.sampled_from([1, 99, 12_00, 40_00, 133_33, 250_00, 400_00, 400_01, 1_234_56])
METHODS = st.sampled_from([None, *PAYMENT_METHODS])


@st.composite
def landlords(draw: st.DrawFn, leases: int = 5) -> tuple[date, Rows]:
    """A day and all tables of a landlord; facts lie on both sides of the day, tables may be empty (then never delivered)."""
    as_of = draw(st.sampled_from(DAYS))
    rows: Rows = {name: [] for name in TABLES if name not in ("tenants", "dwellings")}
    rows["dwellings"] = [{"dwelling_id": "L1", "management_unit": "UG1"}]
    for number in range(draw(st.integers(1, leases))):
        _household(draw, as_of, f"B{number}", rows)
    return as_of, rows


def _household(draw: st.DrawFn, as_of: date, lease_id: str, rows: Rows) -> None:
    rows["leases"].append(draw(_leases(as_of, lease_id)))
    entries = draw(_months(as_of)) + draw(st.lists(_odd_entries(as_of), max_size=6))
    for number, entry in enumerate(entries):
        rows["entries"].append(entry | {"entry_id": f"{lease_id}-{number:03}", "lease_id": lease_id})
    _reject(draw, lease_id, rows)
    for name, one in (
        ("contacts", _contacts(as_of)),
        ("obligations", _obligations(as_of)),
        ("plans", _plans(as_of)),
        ("procedures", _procedures(as_of)),
    ):
        for number, row in enumerate(draw(st.lists(one, max_size=4))):
            rows[name].append(row | {TABLES[name].key[0]: f"{lease_id}-{number}", "lease_id": lease_id})
    by_date = {"benefits": _benefits(as_of), "overindebtedness": _overindebtedness(as_of), "balances": _balances(as_of)}
    for name, one in by_date.items():
        found = draw(st.lists(one, max_size=6))
        rows[name] += {
            tuple(row[column] for column in TABLES[name].key[1:]): row | {"lease_id": lease_id} for row in found
        }.values()


def _near(as_of: date, before: int = 500, after: int = 40) -> st.SearchStrategy[date]:
    """Days around the question; its own day and its neighbours often."""
    return st.one_of(st.integers(-before, after), st.sampled_from([-1, 0, 1])).map(lambda days: as_of + timedelta(days=days))


def _leases(as_of: date, lease_id: str) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "lease_id": st.just(lease_id),
            "dwelling_id": st.just("L1"),
            "household_id": st.just("M" + lease_id),
            "start_date": st.one_of(st.just(as_of - timedelta(days=900)), _near(as_of)),
            "end_date": st.one_of(st.none(), _near(as_of, 20)),
            "terminated_on": st.one_of(st.none(), _near(as_of)),
            "occupancy": st.just("tenant"),
            "rent_term": st.sampled_from(["in_arrears", "in_advance"]),
            "due_day": st.just(5),
            "payment_method": METHODS,
        }
    )


@st.composite
def _months(draw: st.DrawFn, as_of: date) -> list[Row]:
    """Ordinary months: a rent, perhaps a benefit, perhaps a payment, early, late, short or double."""
    count = draw(st.integers(0, 16))
    due = as_of - timedelta(days=draw(st.integers(0, 30)))
    rent, benefit = draw(CENTS), draw(st.sampled_from([0, 0, 90_00, 450_00]))
    has_period, back = draw(st.booleans()), draw(st.integers(0, 1))
    entries = []
    for number in range(count):
        day = months_later(due, -number)
        period = shift(month_of(day), -back) if has_period else None
        entries.append(_entry(day, "rent", rent, period, booked=day - timedelta(days=12)))
        paid = draw(st.sampled_from([rent, rent, 0, 2 * rent, rent // 2, rent - rent // 10]))
        if benefit and draw(st.booleans()):
            entries.append(_entry(day - timedelta(days=10), "housing_benefit", -benefit, period))
        if paid:
            when = day + timedelta(days=draw(st.integers(-6, 30)))
            entries.append(_entry(when, "payment", -paid, None, booked=when + timedelta(days=2), method=draw(METHODS)))
    return entries


@st.composite
def _odd_entries(draw: st.DrawFn, as_of: date) -> Row:
    kind = draw(st.sampled_from(list(KINDS)))
    sign = SIGNS.get(kind) or draw(st.sampled_from([1, -1]))
    day = draw(_near(as_of))
    period = draw(st.one_of(st.none(), st.integers(-14, 1).map(lambda months: shift(month_of(as_of), months))))
    return _entry(day, kind, sign * draw(CENTS), period, booked=day + timedelta(days=draw(st.integers(-10, 20))))


def _entry(day: date, kind: str, cents: int, period: str | None, *, booked: date | None = None, method: str | None = None) -> Row:
    return {
        "booked_on": booked or day,
        "value_on": day,
        "period": period,
        "kind": kind,
        "amount_cents": cents,
        "method": method,
    }


def _reject(draw: st.DrawFn, lease_id: str, rows: Rows) -> None:
    payments = [row for row in rows["entries"] if row["lease_id"] == lease_id and row["kind"] == "payment"]
    for number in draw(st.lists(st.integers(0, 15), max_size=2, unique=True)):
        if number < len(payments):
            paid = payments[number]
            day = paid["value_on"] + timedelta(days=draw(st.integers(0, 9)))
            entry = _entry(day, "payment_rejected", -paid["amount_cents"], None)
            rows["entries"].append(
                entry | {"entry_id": f"{lease_id}-R{number}", "lease_id": lease_id, "reverses": paid["entry_id"]}
            )


def _benefits(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "month": st.integers(-14, 1).map(lambda months: shift(month_of(as_of), months)),
            "kind": st.sampled_from(["apl", "alf", "als"]),
            "amount_cents": st.one_of(st.just(0), CENTS),
            "paid_to": st.sampled_from(["landlord", "landlord", "tenant"]),
            "state": st.sampled_from(["open", "open", "suspended", "ended"]),
            "known_on": _near(as_of),
        }
    )


def _instant(at: tuple[date, int]) -> datetime:
    return datetime(at[0].year, at[0].month, at[0].day, at[1])


def _contacts(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "contacted_at": st.tuples(_near(as_of), st.sampled_from([0, 9, 23])).map(_instant),
            "channel": st.sampled_from(list(CHANNELS)),
            "direction": st.sampled_from([*DIRECTIONS, "outbound", "outbound"]),
            "outcome": st.sampled_from(list(OUTCOMES)),
            "topic": st.just("arrears"),
            "recorded_on": st.one_of(st.none(), _near(as_of)),
        }
    )


def _obligations(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["sls_survey", *OBLIGATION_KINDS]),
            "requested_on": _near(as_of, 760),
            "due_on": _near(as_of),
            "reminded_on": st.one_of(st.none(), _near(as_of)),
            "fulfilled_on": st.one_of(st.none(), _near(as_of)),
        }
    )


def _plans(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "framework": st.sampled_from(list(FRAMEWORKS)),
            "signed_on": _near(as_of),
            "first_due_on": st.one_of(_near(as_of), st.just(date(2024, 1, 31))),
            "instalment_cents": st.one_of(st.just(0), CENTS),
            "instalments": st.sampled_from([1, 2, 12, 36]),
            "debt_included_cents": st.one_of(st.just(0), CENTS),
            "ended_on": st.one_of(st.none(), st.none(), _near(as_of)),
            "end_reason": st.sampled_from([None, *END_REASONS]),
        }
    )


def _procedures(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "step": st.sampled_from(list(STEPS)),
            "dated": _near(as_of),
            "hearing_on": st.one_of(st.none(), _near(as_of)),
            "recorded_on": st.one_of(st.none(), _near(as_of)),
        }
    )


def _overindebtedness(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"step": st.sampled_from(list(OVERINDEBTEDNESS_STEPS)), "dated": _near(as_of)})


def _balances(as_of: date) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"as_of": _near(as_of), "balance_cents": CENTS})
