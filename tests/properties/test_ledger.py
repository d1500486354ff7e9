"""What holds for every ledger: two readings agree, order does not matter, the future does not matter, paying never harms."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.features import build
from riskmodel.lake.merge import Delivery
from tests.lakes import Rows, deliver, features_of, laid_out, source_of, tables_of
from tests.properties.landlords import landlords
from tests.reference import reference
from tests.reference.agreement import differences, plain

HALF = settings(max_examples=settings().max_examples // 2)
THIRD = settings(max_examples=settings().max_examples // 3)
"""Where one example lays out or reads several lakes."""
NEVER_RAISED = ["overdue_cents", "unpaid_terms_3", "unpaid_terms_6", "unpaid_terms_12", "debt_rise_3_terms", "plan_missed"]
"""Figures that one more payment can only lower."""


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def computed(rows: Rows, as_of: date) -> pd.DataFrame:
    with folder() as aside:
        return features_of(laid_out(aside, rows), as_of, aside)


@given(landlords())
def test_the_sql_and_the_reference_agree_on_every_row_and_column(landlord: tuple[date, Rows]) -> None:
    as_of, rows = landlord
    with folder() as aside:
        source = laid_out(aside, rows)
        assert differences(features_of(source, as_of, aside), reference(tables_of(source, as_of), as_of)) == []


@HALF
@given(landlords(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(landlord: tuple[date, Rows], chance: random.Random) -> None:
    as_of, rows = landlord
    shuffled = {name: chance.sample(lines, len(lines)) for name, lines in rows.items()}
    assert differences(computed(shuffled, as_of), computed(rows, as_of)) == []


@HALF
@given(landlords())
def test_slices_change_nothing(landlord: tuple[date, Rows]) -> None:
    as_of, rows = landlord
    whole = computed(rows, as_of)
    with patch.object(build, "SLICE_LEASES", 1):
        assert differences(computed(rows, as_of), whole) == []


@given(landlords())
def test_the_balances_always_add_up_to_what_is_owed_in_law(landlord: tuple[date, Rows]) -> None:
    as_of, rows = landlord
    for found in plain(computed(rows, as_of)).values():
        parts = found["current_cents"] + found["technical_cents"] + found["frozen_cents"]
        assert found["legal_cents"] == parts + found["benefit_gap_cents"] - found["benefit_advance_cents"]
        assert found["overdue_cents"] == max(0, found["current_cents"]) - found["in_transit_cents"]
        assert min(found[name] for name in ("technical_cents", "frozen_cents", "in_transit_cents", "overdue_cents")) >= 0


@given(landlords())
def test_what_becomes_known_after_the_day_changes_nothing(landlord: tuple[date, Rows]) -> None:
    as_of, rows = landlord
    known = without_future(rows, as_of)
    assert differences(computed(rows, as_of), computed(known, as_of)) == []


@THIRD
@given(landlords(leases=3), landlords(leases=3))
def test_what_is_delivered_after_the_day_changes_nothing(landlord: tuple[date, Rows], later: tuple[date, Rows]) -> None:
    """A table that comes for the first time is left out: what was never delivered is read from the versions asked for."""
    as_of, rows = landlord
    with folder() as aside:
        source = source_of(aside, (as_of, rows))
        before = features_of(source, as_of, aside)
        after = {name: lines for name, lines in later[1].items() if rows[name]}
        source = deliver(source, aside, after, Delivery(2, as_of + timedelta(days=1), is_full=True))
        assert differences(features_of(source, as_of, aside), before) == []


@given(landlords(), st.integers(0, 200), st.sampled_from([1, 40_00, 400_00, 9_999_99]))
def test_one_more_payment_never_makes_an_account_look_worse(landlord: tuple[date, Rows], days: int, cents: int) -> None:
    as_of, rows = landlord
    day = as_of - timedelta(days=days)
    paid = rows | {"entries": rows["entries"] + payments(rows, day, cents)}
    before, after = plain(computed(rows, as_of)), plain(computed(paid, as_of))
    for lease_id, found in after.items():
        for name in NEVER_RAISED:
            if before[lease_id][name] is not None:
                assert found[name] <= before[lease_id][name], (lease_id, name)


def payments(rows: Rows, day: date, cents: int) -> list[dict[str, Any]]:
    """One payment a lease, by a third party: it says nothing of how the household's own money travels."""
    paid = {"booked_on": day, "value_on": day, "kind": "third_party_payment", "amount_cents": -cents}
    return [paid | {"entry_id": f"{lease['lease_id']}-P", "lease_id": lease["lease_id"]} for lease in rows["leases"]]


KNOWN_ON: dict[str, Callable[[dict[str, Any]], date]] = {
    "entries": lambda row: row["booked_on"],
    "benefits": lambda row: row["known_on"],
    "contacts": lambda row: row.get("recorded_on") or row["contacted_at"].date(),
    "obligations": lambda row: row["requested_on"],
    "plans": lambda row: row["signed_on"],
    "procedures": lambda row: row.get("recorded_on") or row["dated"],
    "overindebtedness": lambda row: row["dated"],
    "balances": lambda row: row["as_of"],
}
LATER_COLUMNS: dict[str, dict[str, str]] = {
    "leases": {"end_date": "end_date", "terminated_on": "terminated_on"},
    "obligations": {"reminded_on": "reminded_on", "fulfilled_on": "fulfilled_on"},
    "plans": {"ended_on": "ended_on", "end_reason": "ended_on"},
}
"""Columns filled in later than their row, and the date that says when."""


def without_future(rows: Rows, as_of: date) -> Rows:
    """The same landlord as somebody would have written it down on the day: later rows, and later dates of known rows, left out.

    A table keeps one row of a lease that does not exist, so that it stays delivered.
    """
    known = {name: [_masked(name, row, as_of) for row in lines if _is_known(name, row, as_of)] for name, lines in rows.items()}
    return {name: lines or _stranger(name, rows[name]) for name, lines in known.items()}


def _is_known(name: str, row: dict[str, Any], as_of: date) -> bool:
    return name not in KNOWN_ON or KNOWN_ON[name](row) <= as_of


def _masked(name: str, row: dict[str, Any], as_of: date) -> dict[str, Any]:
    hidden = {
        column for column, said_on in LATER_COLUMNS.get(name, {}).items() if row.get(said_on) is None or row[said_on] > as_of
    }
    return {column: None if column in hidden else value for column, value in row.items()}


def _stranger(name: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"lease_id": "ailleurs"} for row in lines[:1]] if name != "leases" else []
