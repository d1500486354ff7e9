"""Copies of leases with other facts in them: unedited they are the lease itself, edited they touch nobody else."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from riskmodel.features import scenarios
from riskmodel.features.scenarios import Edit, Scenario, copies, whatif
from riskmodel.lake import Source
from tests.lakes import features_of, laid_out
from tests.unit.features.landlord import AS_OF, landlord

PAID = Edit(added=(("entries", {"entry_id": "x", "booked_on": AS_OF, "value_on": AS_OF, "kind": "payment", "amount_cents": -1}),))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return laid_out(tmp_path_factory.mktemp("lac"), landlord())


def values(frame: pd.DataFrame) -> dict[str, dict[str, object]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return {row["lease_id"]: row for row in plain.to_dict("records")}


def test_a_copy_without_edits_is_the_lease_itself(source: Source, tmp_path: Path) -> None:
    leases = [f"B{number:02}" for number in range(0, 40, 3)]
    filed = values(features_of(source, AS_OF, tmp_path))
    copied = values(whatif(source, AS_OF, {lease: Scenario(lease) for lease in leases}))
    assert copied == {lease: filed[lease] for lease in leases}


def test_many_copies_are_cut_into_shares_that_change_nothing(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {f"{lease}{mark}": Scenario(lease, edits) for lease in ("B04", "B06") for mark, edits in (("", ()), ("+", (PAID,)))}
    at_once = values(whatif(source, AS_OF, asked))
    monkeypatch.setattr(scenarios, "AT_ONCE", 3)
    assert values(whatif(source, AS_OF, asked)) == at_once


def test_an_edit_touches_the_scenarios_that_hold_it_and_no_other(source: Source) -> None:
    asked = {"a": Scenario("B04"), "b": Scenario("B04", (PAID,)), "c": Scenario("B06", (PAID,)), "d": Scenario("B06")}
    legal = {name: row["legal_cents"] for name, row in values(whatif(source, AS_OF, asked)).items()}
    assert (legal["b"] - legal["a"], legal["c"] - legal["d"]) == (-1, -1)
    assert legal["a"] != legal["d"]


def test_a_reject_taken_out_of_one_copy_still_reverses_the_payment_of_the_other(tmp_path: Path) -> None:
    rows = landlord()
    paid = next(row for row in rows["entries"] if row["lease_id"] == "B04" and row["kind"] == "payment")
    reject = {"kind": "payment_rejected", "amount_cents": -paid["amount_cents"], "value_on": AS_OF, "booked_on": AS_OF}
    rows["entries"].append({**paid, **reject, "entry_id": "R1", "reverses": paid["entry_id"], "method": None})
    undone = Edit(removed=(("entries", "R1"),))
    found = values(whatif(laid_out(tmp_path, rows), AS_OF, {"avec": Scenario("B04"), "sans": Scenario("B04", (undone,))}))
    assert (found["avec"]["rejects_120d"], found["sans"]["rejects_120d"]) == (1, 0)
    assert found["avec"]["legal_cents"] - found["sans"]["legal_cents"] == -paid["amount_cents"]


def test_a_row_put_in_place_of_another_counts_instead_of_it(source: Source) -> None:
    """September's right is expected for the terms of September and, while October's is not known, of October."""
    right = {"month": "2026-09", "kind": "apl", "amount_cents": 20_000, "paid_to": "landlord", "state": "open", "known_on": AS_OF}
    edit = Edit(removed=(("benefits", "2026-09"),), added=(("benefits", right),))
    found = values(whatif(source, AS_OF, {"avant": Scenario("B04"), "après": Scenario("B04", (edit,))}))
    assert found["après"]["benefit_gap_cents"] - found["avant"]["benefit_gap_cents"] == 2 * 8_000


def test_only_rows_of_the_leases_spoken_of_are_read(source: Source) -> None:
    with copies(source, AS_OF, ["B04", "B06"]) as ready:
        for table in ("leases", "entries", "balances"):
            assert {row["lease_id"] for row in ready.rows(f"SELECT DISTINCT lease_id FROM known_{table}")} == {"B04", "B06"}


def test_a_lease_not_in_force_has_no_features(source: Source) -> None:
    assert whatif(source, AS_OF, {"a": Scenario("B99")}).empty
    assert whatif(source, date(2018, 1, 1), {"a": Scenario("B04")}).empty
    assert whatif(source, AS_OF, {}).empty
