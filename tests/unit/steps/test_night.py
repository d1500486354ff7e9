"""What a night does when it could come back later: wait for a file or for another step, never for a refusal."""

from datetime import timedelta
from pathlib import Path

import pytest

from riskmodel.errors import ListRefused, NothingKnown
from riskmodel.settings import Settings
from riskmodel.steps import night
from riskmodel.steps.coverage import MONDAY, is_complete
from tests.factory import house
from tests.flow import one_night, tiny

LATE = tiny.SUNDAY + timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    tiny.deliver_evenings(tmp_path / "inbox")
    return house(tmp_path)


def test_a_night_that_may_wait_asks_to_come_back_for_a_missing_delivery(settings: Settings) -> None:
    with pytest.raises(FileNotFoundError, match="la livraison du 2026-11-02 n'est pas arrivée"):
        night.receive_deliveries(settings, "essai", LATE, may_wait=True)


def test_what_had_come_is_kept_while_waiting(settings: Settings) -> None:
    with pytest.raises(FileNotFoundError):
        night.receive_deliveries(settings, "essai", LATE, may_wait=True)
    assert night.receive_deliveries(settings, "essai", LATE) == {"accepted": 0, "refused": 0, "unchanged": 2}


def test_a_night_whose_delivery_is_there_does_not_wait(settings: Settings) -> None:
    counts = night.receive_deliveries(settings, "essai", tiny.SUNDAY, may_wait=True)
    assert counts == {"accepted": 2, "refused": 0, "unchanged": 0}


def test_a_monday_that_may_wait_asks_to_come_back_while_the_night_is_not_over(settings: Settings) -> None:
    one_night.STEPS["receive"](settings)
    with pytest.raises(FileNotFoundError, match="la nuit du 2026-11-01 n'a pas abouti"):
        night.mature_lists(settings, "essai", tiny.MONDAY, may_wait=True)


def test_a_monday_after_a_whole_night_does_not_wait(settings: Settings) -> None:
    for step in ("receive", "features", "score", "deadlines"):
        one_night.STEPS[step](settings)
    assert night.mature_lists(settings, "essai", tiny.MONDAY, may_wait=True)["matured"] == 1
    assert night.build_lists(settings, "essai", tiny.MONDAY)["units"] == 2


def test_past_lists_measured_again_change_what_the_list_of_the_day_said_of_itself(settings: Settings) -> None:
    one_night.play(settings)
    night.mature_lists(settings, "essai", tiny.MONDAY)
    assert not is_complete(settings, "essai", tiny.SUNDAY, MONDAY)


def test_without_any_accepted_delivery_no_list_is_made(settings: Settings) -> None:
    with pytest.raises((ListRefused, NothingKnown)):
        night.build_lists(settings, "essai", tiny.MONDAY)
