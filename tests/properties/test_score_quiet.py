"""A household up to date and quiet for twelve months has no drift point, however it comes to be up to date."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.score import PublishedTable, apply
from tests.lakes import Rows
from tests.properties.edits import frame, levels
from tests.properties.tables import tables
from tests.properties.test_ledger import computed
from tests.reference.agreement import plain
from tests.reference.months import day_in, month_of, months_later, shift

Row = dict[str, Any]
RENT = 400_00
WAYS = ("chaque mois", "un an d'avance", "sur un crédit repris", "sur un rappel d'aide", "plan respecté")
LEVELS = (0, 150_00, RENT, 450_00)
"""Benefit of a month: none, a part, the whole rent, more than the rent."""


@st.composite
def quiet(draw: st.DrawFn) -> tuple[date, Rows]:
    """A landlord with one such household a way and level of benefit; trouble may be older."""
    as_of = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    rows: Rows = {name: [] for name in ("leases", "entries", "benefits", "plans", "contacts")}
    rows["dwellings"] = [{"dwelling_id": "L1", "management_unit": "UG1"}]
    is_arrears, pays_after = draw(st.booleans()), draw(st.integers(-4, 4))
    lag, had_trouble = draw(st.sampled_from([20, 35, 60])), draw(st.booleans())
    for level in LEVELS:
        for way in WAYS:
            lease_id = f"{way}-{level}"
            _household(rows, lease_id, as_of, level, is_arrears=is_arrears, benefit_days=lag)
            _settle(rows, lease_id, as_of, way, pays_after)
            if had_trouble:
                _old_trouble(rows, lease_id, as_of)
    return as_of, rows


@settings(max_examples=settings.default.max_examples // 2)
@given(quiet(), tables("derive"))
def test_a_household_up_to_date_and_quiet_for_a_year_has_no_drift_point(
    landlord: tuple[date, Rows], table: PublishedTable
) -> None:
    as_of, rows = landlord
    for values in plain(computed(rows, as_of)).values():
        standing = {name: values[name] for name, level in levels("derive", values).items() if level > 0}
        assert not standing, (values["lease_id"], standing)
        assert list(apply(table, frame((values, values)))["score"]) == [0, 0]


def _household(rows: Rows, lease_id: str, as_of: date, level: int, *, is_arrears: bool, benefit_days: int) -> None:
    """Thirty months of rent due on the 5th; a right is known each month, its benefit comes so many days after the month began."""
    rows["leases"].append(
        {
            "lease_id": lease_id,
            "dwelling_id": "L1",
            "household_id": lease_id,
            "start_date": as_of - timedelta(days=1_000),
            "occupancy": "tenant",
            "rent_term": "in_arrears" if is_arrears else "in_advance",
            "due_day": 5,
        }
    )
    for number, due in enumerate(dues(as_of)):
        period = shift(month_of(due), -1 if is_arrears else 0)
        _entry(rows, lease_id, due, "rent", RENT, period)
        if level:
            known = day_in(period, 1)
            right = {"lease_id": lease_id, "month": period, "kind": "apl", "amount_cents": level, "paid_to": "landlord"}
            rows["benefits"].append(right | {"state": "open", "known_on": known})
            _entry(rows, lease_id, known + timedelta(days=benefit_days + number % 3), "housing_benefit", -level, period)


def _settle(rows: Rows, lease_id: str, as_of: date, way: str, pays_after: int) -> None:
    """What the household finds itself, paid in its own way."""
    share, every = max(0, RENT - int(lease_id.rsplit("-", 1)[1])), dues(as_of)
    if way == "chaque mois" or not share:
        _pay(rows, lease_id, every, share, pays_after)
    elif way == "plan respecté":
        _plan(rows, lease_id, every, share, pays_after)
    else:
        _pay(rows, lease_id, every[:18], share, pays_after)
        kind = {"un an d'avance": "payment", "sur un crédit repris": "transfer", "sur un rappel d'aide": "benefit_adjustment"}[
            way
        ]
        _entry(rows, lease_id, every[18] - timedelta(days=1), kind, -share * len(every[18:]))


def _plan(rows: Rows, lease_id: str, every: list[date], share: int, pays_after: int) -> None:
    """An old debt under a plan of forty instalments, signed with the first term and kept since."""
    _entry(rows, lease_id, every[0] - timedelta(days=60), "transfer", 40 * 50_00)
    rows["plans"].append(
        {
            "plan_id": lease_id,
            "lease_id": lease_id,
            "framework": "amicable",
            "signed_on": every[0] - timedelta(days=20),
            "first_due_on": every[0],
            "instalment_cents": 50_00,
            "instalments": 40,
            "debt_included_cents": 40 * 50_00,
        }
    )
    _pay(rows, lease_id, every, share + 50_00, min(pays_after, 0))


def _old_trouble(rows: Rows, lease_id: str, as_of: date) -> None:
    """A rejected payment and a fee, made good, and letters that came back: all of it more than a year ago."""
    day = as_of - timedelta(days=400)
    _entry(rows, lease_id, day, "payment", -300_00)
    _entry(rows, lease_id, day + timedelta(days=6), "payment_rejected", 300_00)
    _entry(rows, lease_id, day + timedelta(days=7), "fee", 35_00)
    _entry(rows, lease_id, day + timedelta(days=20), "payment", -35_00)
    tried = {"lease_id": lease_id, "channel": "letter", "direction": "outbound", "outcome": "undeliverable", "topic": "arrears"}
    at = datetime(day.year, day.month, day.day, 10)
    rows["contacts"] += [tried | {"contact_id": f"{lease_id}-{number}", "contacted_at": at} for number in range(3)]


def dues(as_of: date) -> list[date]:
    """The last thirty 5ths of a month, the oldest first."""
    last = as_of.replace(day=5) if as_of.day >= 5 else months_later(as_of.replace(day=5), -1)
    return [months_later(last, -back) for back in range(29, -1, -1)]


def _pay(rows: Rows, lease_id: str, every: list[date], cents: int, pays_after: int) -> None:
    for due in every if cents else []:
        _entry(rows, lease_id, due + timedelta(days=pays_after), "payment", -cents)


def _entry(rows: Rows, lease_id: str, day: date, kind: str, cents: int, period: str | None = None) -> None:
    entry = {"entry_id": f"{lease_id}-{len(rows['entries'])}", "lease_id": lease_id, "booked_on": day, "value_on": day}
    rows["entries"].append(entry | {"kind": kind, "amount_cents": cents, "period": period})
