"""On both extracts, indicators add up to the ledger, to the procedures and to what the law may claim; orders of magnitude."""

from datetime import date
from pathlib import Path

import pytest

from riskmodel.coordination.indicators import ledger
from riskmodel.coordination.indicators.ledger import Stock
from riskmodel.lake import Source, connect
from riskmodel.law.debt import debt
from riskmodel.steps import law_facts
from tests.extracts.conftest import FULL_DAY
from tests.lakes import features_of

LAKES = pytest.mark.parametrize("name", ["canonical_lake", "ulysse_lake"])
DAYS = pytest.mark.parametrize(
    ("name", "day"), [("canonical_lake", FULL_DAY), ("canonical_lake", date(2026, 2, 28)), ("ulysse_lake", FULL_DAY)]
)
PLAIN = """
    SELECT d.management_unit, l.lease_id, CAST(COALESCE(SUM(e.amount_cents), 0) AS BIGINT) AS cents
    FROM leases l
    JOIN dwellings d ON d.dwelling_id = l.dwelling_id
    LEFT JOIN entries e ON e.lease_id = l.lease_id AND e.kind <> 'deposit' AND e.value_on <= $day
    WHERE l.start_date <= $day AND l.end_date IS NULL
    GROUP BY d.management_unit, l.lease_id"""
"""The legal balance as docs/ledger.md § 3 says it, straight from what was delivered."""
ACTS = """
    SELECT COUNT(DISTINCT lease_id || STRFTIME(dated, '%Y-%m')) FROM procedures WHERE step = $act AND dated <= $day"""


def total(found: dict[str, Stock]) -> Stock:
    return sum(found.values(), Stock())


@DAYS
def test_units_have_the_households_and_the_debts_of_the_ledger(name: str, day: date, request: pytest.FixtureRequest) -> None:
    source: Source = request.getfixturevalue(name)
    found = ledger.stock(source, day)
    with connect(source, day) as con:
        rows = con.execute(PLAIN, {"day": day}).fetchall()
    assert len(rows) > 2_000
    assert {unit: one.households for unit, one in found.items()} == {
        unit: sum(row[0] == unit for row in rows) for unit in {row[0] for row in rows}
    }
    assert {unit: one.legal_cents for unit, one in found.items()} == {
        unit: sum(max(0, cents) for code, _, cents in rows if code == unit) for unit in found
    }


@LAKES
def test_what_may_be_claimed_is_what_the_law_says_of_each_lease(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Two ways to the same cents: a sum in SQL, and the law's own reading of every lease that owes something."""
    source: Source = request.getfixturevalue(name)
    rows = law_facts.concerned(features_of(source, FULL_DAY, tmp_path))
    owed = [max(0, debt(lease, FULL_DAY).claimable_cents) for lease in law_facts.leases(source, FULL_DAY, rows)]
    found = total(ledger.stock(source, FULL_DAY))
    assert found.claimable_cents == sum(owed)
    assert found.owing == sum(cents > 0 for cents in owed)


@LAKES
def test_acts_are_those_of_the_procedures_each_household_once_a_month(name: str, request: pytest.FixtureRequest) -> None:
    source: Source = request.getfixturevalue(name)
    acts, hearings = ledger.done(source, FULL_DAY)
    with connect(source, FULL_DAY) as con:
        for act in ("payment_order", "summons", "lease_terminated", "order_to_leave", "police_requested", "ccapex_referral"):
            (plain,) = con.execute(ACTS, {"act": act, "day": FULL_DAY}).fetchall()[0]
            assert sum(one.households for one in acts if one.act == act) == plain > 0
    assert all(one.is_spoken for one in hearings if one.is_met)


@LAKES
def test_orders_of_magnitude_are_those_the_synthetic_data_were_drawn_for(name: str, request: pytest.FixtureRequest) -> None:
    """Published shares of the social park (docs/indicateurs.md). The data are synthetic and drawn near them, which proves nothing
    of real landlords; a figure ten times off would be ours."""
    source: Source = request.getfixturevalue(name)
    now = total(ledger.stock(source, FULL_DAY))
    acts, _ = ledger.done(source, FULL_DAY)
    year = {
        code: sum(one.households for one in acts if one.act == code and "2025-11" <= one.month <= "2026-10")
        for code in ("payment_order", "summons", "lease_terminated", "police_requested")
    }
    assert 0.15 < now.owing / now.households < 0.23
    assert 0.04 < now.three_months / now.households < 0.08
    assert 0.008 < now.twelve_months / now.households < 0.02
    assert 0.02 < year["payment_order"] / now.households < 0.04
    assert 0.01 < year["summons"] / now.households < 0.025
    assert year["police_requested"] <= year["lease_terminated"] <= year["summons"] <= year["payment_order"]


@LAKES
def test_every_default_is_followed_no_sooner_than_it_came(name: str, request: pytest.FixtureRequest) -> None:
    found = ledger.defaults(request.getfixturevalue(name), FULL_DAY)
    assert len(found) > 100
    assert all(one.default_on <= one.spoken_on for one in found if one.spoken_on)
    assert all(one.default_on <= one.referred_on for one in found if one.referred_on)
    assert any(one.spoken_on for one in found)
