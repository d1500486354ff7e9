"""Files of households frozen with their lists: one a lease, the same when the week is built again, points as on the rows."""

from typing import Any

import pytest

from riskmodel import register
from riskmodel.register import files
from riskmodel.settings import Settings
from riskmodel.steps import weekly_list
from riskmodel.steps.receive import receive
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import FrozenList
from tests.factory import house
from tests.flow.tiny import MONDAY, SUNDAY, deliver_evenings

Kept = dict[str, tuple[FrozenList, dict[str, dict[str, Any] | None]]]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("bailleur")
    made = house(folder)
    deliver_evenings(folder / "inbox")
    receive(made, "essai", SUNDAY)
    weekly_list.build(made, "essai", MONDAY)
    return made


def kept(settings: Settings) -> Kept:
    found: Kept = {}
    with register.open_register(settings.register_url)() as session:
        for unit in ("UG01", "UG02"):
            frozen = thaw(session, "essai", unit, "2026-S45")
            assert frozen is not None
            leases = {row.lease_id for row in frozen.rows}
            found[unit] = frozen, {lease: files.read(session, "essai", "2026-S45", unit, lease) for lease in sorted(leases)}
    return found


def test_every_lease_of_a_list_has_its_file(settings: Settings) -> None:
    for frozen, held in kept(settings).values():
        assert held
        for lease_id, file in held.items():
            assert file is not None, f"{frozen.management_unit}, {lease_id}"
            assert set(file) == set(files.COLUMNS)


def test_the_account_of_the_file_ends_on_the_balance_of_the_row(settings: Settings) -> None:
    for frozen, held in kept(settings).values():
        for row in frozen.rows:
            file = held[row.lease_id]
            assert file is not None
            assert file["series"][-1]["balance"] == row.facts["legal_cents"] == file["balances"]["legal"]
            assert file["balances"]["current"] == row.facts["current_cents"]


def test_the_points_of_the_file_are_those_of_the_rows_and_there_are_none_without_a_score(settings: Settings) -> None:
    for frozen, held in kept(settings).values():
        for lease_id, file in held.items():
            assert file is not None
            rows = [row for row in frozen.rows if row.lease_id == lease_id]
            frozen_scores = {("derive", row.drift) for row in rows} | {("decrochage", row.decrochage) for row in rows}
            told = {(told["score"], sum(step["points"] for step in told["steps"])) for told in file["waterfall"]}
            assert told == {(name, score) for name, score in frozen_scores if score is not None}


def test_the_week_built_again_brings_back_the_files_that_are_missing_and_changes_no_other(settings: Settings) -> None:
    first = kept(settings)
    with register.open_register(settings.register_url).begin() as session:
        files.save(session, "essai", "2026-S45", "UG01", {})
    assert weekly_list.build(settings, "essai", MONDAY)["written"] == 1
    assert kept(settings) == first
