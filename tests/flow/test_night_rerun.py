"""The same night run again gives the same bytes; a damaged delivery changes nothing but its own fault report."""

import json
from pathlib import Path
from typing import Any

import pytest

from riskmodel.errors import DeliveryRefused
from riskmodel.settings import Settings
from riskmodel.steps import night
from tests.factory import deliver, house
from tests.flow import one_night, tiny

REPORT = "sorties/essai/qualite/2026-11-01/"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    tiny.deliver_evenings(tmp_path / "inbox")
    return house(tmp_path)


def damage(settings: Settings) -> None:
    """Sunday's ledger, cut in the middle of its last line."""
    ledger = settings.home.parent / "inbox" / "essai" / "2026-11-01" / "entries.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8")[:-20], encoding="utf-8")


def without_sundays_report(seen: dict[str, Any]) -> dict[str, Any]:
    return seen["lake"], {name: content for name, content in seen["files"].items() if not name.startswith(REPORT)}


def test_a_night_run_twice_gives_the_same_bytes(settings: Settings) -> None:
    one_night.play(settings)
    once = one_night.seen(settings)
    one_night.play(settings)
    assert one_night.seen(settings) == once


def test_a_night_run_again_after_later_deliveries_gives_the_same_bytes(settings: Settings) -> None:
    one_night.play(settings)
    once = one_night.seen(settings)
    deliver(settings.home.parent / "inbox", tiny.MONDAY, {"entries": tiny.full()["entries"][:1]}, mode="incremental")
    night.receive_deliveries(settings, "essai", tiny.MONDAY)
    for step in ("features", "score", "weekly_list"):
        one_night.STEPS[step](settings)
    again = one_night.seen(settings)
    assert {name: again["files"][name] for name in once["files"]} == once["files"]
    assert again["register"]["rows"] == once["register"]["rows"]


def test_a_damaged_delivery_changes_nothing_visible_and_leaves_its_fault_report(settings: Settings) -> None:
    damage(settings)
    night.receive_deliveries(settings, "essai", tiny.SATURDAY)
    before = one_night.seen(settings)
    with pytest.raises(DeliveryRefused):
        one_night.STEPS["receive"](settings)
    after = one_night.seen(settings)
    assert without_sundays_report(after) == without_sundays_report(before)
    report = json.loads(after["files"][f"{REPORT}qualite.json"])
    assert report["status"] == "refused"
    assert "entries" in json.dumps(report["refusals"])


def test_a_delivery_sent_again_sound_after_a_refusal_gives_an_undisturbed_night(settings: Settings) -> None:
    damage(settings)
    with pytest.raises(DeliveryRefused):
        one_night.play(settings)
    tiny.deliver_evenings(settings.home.parent / "inbox")
    one_night.play(settings)
    mended = one_night.seen(settings)
    assert [status for _, status, *_ in mended["register"]["deliveries"]].count("accepted") == 2
    assert mended["register"]["rows"]
    assert [ordinal for _, status, ordinal, _ in mended["register"]["deliveries"] if status == "accepted"] == [1, 2]
