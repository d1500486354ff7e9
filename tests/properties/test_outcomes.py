"""What holds for the outcomes of every ledger: two readings agree, neither order, slices nor what came later changes anything."""

import random
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.features import build
from riskmodel.lake.merge import Delivery
from riskmodel.outcomes.calendar import closing_day
from tests.lakes import Rows, deliver, laid_out, source_of
from tests.measured import Measured, disagreements, measured, read_plainly, said_by_the_list, tenant
from tests.properties.landlords import landlords
from tests.properties.test_ledger import folder, without_future

AT_THE_TIME = (
    *("has_objected", "is_deceased", "cause", "doubt", "in_drift", "drift_asked", "cannot_say", "stratum", "in_contact"),
    *("current_cents", "technical_cents", "overdue_terms", "unpaid_terms_6", "failed_attempts_180d", "obligations_unmet"),
)
"""Columns that say what was known on the day; the features themselves have a property of their own."""

Case = tuple[date, date, Rows]
SOME = settings(max_examples=settings().max_examples // 2)
FEW = settings(max_examples=settings().max_examples // 5)
"""A day of outcomes runs the features first: half a second an example."""


@st.composite
def histories(draw: st.DrawFn) -> Case:
    """A day of the past, the day of the last delivery, and a landlord's rows around both, tenants included."""
    last, rows = draw(landlords(leases=3))
    as_of = last - timedelta(days=draw(st.sampled_from([10, 60, 100, 195, 200, 240])))
    rows["tenants"] = [
        tenant(lease["lease_id"], number, **draw(_tenants(as_of)))
        for lease in rows["leases"]
        for number in range(draw(st.integers(0, 2)))
    ]
    for lease in rows["leases"][1:]:
        lease["household_id"] = draw(st.sampled_from(["MB1", lease["household_id"]]))
    return as_of, last, rows


def _tenants(as_of: date) -> st.SearchStrategy[dict[str, Any]]:
    days = st.one_of(st.none(), st.none(), st.integers(-100, 220).map(lambda days: as_of + timedelta(days=days)))
    return st.fixed_dictionaries({"role": st.sampled_from(["holder", "co_holder", "guarantor"])} | dict.fromkeys(DATES, days))


DATES = ("objected_on", "deceased_on", "left_on")


def measure(rows: Rows, as_of: date, last: date) -> Measured:
    with folder() as aside:
        return measured(laid_out(aside, rows), as_of, last, aside)


@SOME
@given(histories())
def test_the_sql_agrees_with_the_reference_on_every_outcome_and_with_the_list_on_every_cohort(case: Case) -> None:
    as_of, last, rows = case
    with folder() as aside:
        source = laid_out(aside, rows)
        found = measured(source, as_of, last, aside)
        assert disagreements(found, read_plainly(source, as_of, last, found, rows["tenants"])) == []
        stock = pd.read_parquet(aside / "jour.parquet", dtype_backend="numpy_nullable")
    said = said_by_the_list(stock, as_of)
    assert {lease_id: {name: found[lease_id][name] for name in line} for lease_id, line in said.items()} == said


@FEW
@given(histories(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_slices_change_an_outcome(case: Case, chance: random.Random) -> None:
    as_of, last, rows = case
    shuffled = {name: chance.sample(lines, len(lines)) for name, lines in rows.items()}
    with patch.object(build, "SLICE_LEASES", 1):
        assert measure(shuffled, as_of, last) == measure(rows, as_of, last)


@FEW
@given(histories())
def test_what_becomes_known_after_the_closing_day_changes_nothing(case: Case) -> None:
    as_of, last, rows = case
    known = without_future(rows, closing_day(as_of, last))
    assert measure(known, as_of, last) == measure(rows, as_of, last)


@FEW
@given(histories())
def test_what_becomes_known_after_the_day_changes_neither_features_nor_cohorts(case: Case) -> None:
    as_of, last, rows = case
    before, after = measure(without_future(rows, as_of), as_of, last), measure(rows, as_of, last)
    assert {lease_id: _at_the_time(found) for lease_id, found in after.items()} == {
        lease_id: _at_the_time(found) for lease_id, found in before.items()
    }


@FEW
@given(histories(), landlords(leases=3))
def test_what_is_delivered_after_the_closing_day_changes_nothing(case: Case, later: tuple[date, Rows]) -> None:
    as_of, last, rows = case
    with folder() as aside:
        source = source_of(aside, (as_of, rows))
        before = measured(source, as_of, last, aside)
        after = {name: lines for name, lines in later[1].items() if rows[name]}
        source = deliver(source, aside, after, Delivery(2, last + timedelta(days=1), is_full=True))
        assert measured(source, as_of, last, aside) == before


def _at_the_time(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in AT_THE_TIME}
