"""On every lease in force of both extracts, the monthly statement makes the ledger's balance to the cent; so does a dossier."""

from datetime import date
from itertools import accumulate

import pytest

from riskmodel.documents.ccapex.facts import MOVEMENTS
from riskmodel.features import statements
from riskmodel.features.statements import Statement
from riskmodel.lake import Source, connect
from riskmodel.steps import ccapex_facts
from tests.extracts.conftest import FULL_DAY

DAYS = [("canonical_lake", FULL_DAY), ("canonical_lake", date(2026, 2, 28)), ("ulysse_lake", FULL_DAY)]
PLAIN = """
    SELECT l.lease_id, CAST(COALESCE(SUM(e.amount_cents), 0) AS BIGINT)
    FROM leases l
    LEFT JOIN entries e ON e.lease_id = l.lease_id AND e.kind <> 'deposit' AND e.value_on <= $day
    WHERE l.start_date <= $day AND l.end_date IS NULL
    GROUP BY l.lease_id"""
"""The legal balance as docs/ledger.md § 3 says it, straight from what was delivered."""


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_every_statement_makes_the_balance_of_its_ledger(name: str, day: date, request: pytest.FixtureRequest) -> None:
    source: Source = request.getfixturevalue(name)
    with connect(source, day) as con:
        legal = dict(con.execute(PLAIN, {"day": day}).fetchall())
    found = {one.lease_id: one for one in statements.read(source, day)}
    assert len(legal) > 2_000
    assert {lease_id: one.closing_cents for lease_id, one in found.items()} == legal
    assert [lease_id for lease_id, one in found.items() if not _adds_up(one)] == []
    assert {lease_id: _brought(one) for lease_id, one in found.items()} == legal
    assert [lease_id for lease_id, one in found.items() if _owed(one) > max(0, one.closing_cents)] == []


def _adds_up(one: Statement) -> bool:
    sums = accumulate((month.moved_cents for month in one.months), initial=one.opening_cents)
    return list(sums)[1:] == [month.balance_cents for month in one.months]


def _brought(one: Statement) -> int:
    """The debt as the breakdown of a CCAPEX dossier makes it, column by column."""
    told = [ccapex_facts.month(month) for month in one.months]
    return one.opening_cents + sum(month[name] for month in told for name in MOVEMENTS)  # type: ignore[literal-required]


def _owed(one: Statement) -> int:
    return sum(term.unpaid_cents for term in one.terms)
