"""The journal of runs tells the truth about each landlord, whatever the scheduler believes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskmodel.errors import DeliveryRefused, RunIncomplete, SettingsError
from riskmodel.register import open_register
from riskmodel.register.runs import noted
from riskmodel.settings import Settings, load
from riskmodel.steps.coverage import NIGHT, SIDE_BY_SIDE, close, declared, is_complete, recorded, standings
from tests.factory import house

NIGHT_OF = date(2026, 11, 2)
DELIVERED = {"accepted": 1, "refused": 0, "unchanged": 0, "last_accepted": "2026-11-02"}
COUNTED = {"leases": 3}


def gives(summary: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    return lambda _settings, _landlord_id, _as_of: summary


def breaks(fault: BaseException) -> Callable[..., dict[str, Any]]:
    def work(*_: object) -> dict[str, Any]:
        raise fault

    return work


def whole_night(settings: Settings, landlord_id: str, delivered: dict[str, Any] = DELIVERED) -> None:
    for step in NIGHT:
        recorded(settings, landlord_id, NIGHT_OF, step, gives(delivered if step == "receive" else COUNTED))


def statuses(settings: Settings, landlord_id: str) -> list[str]:
    return [row.status for row in standings(settings, NIGHT_OF, NIGHT) if row.landlord_id == landlord_id]


def test_a_night_over_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="aucun bailleur déclaré"):
        declared(load({"VIGIE_HOME": str(tmp_path)}))


def test_declared_landlords_come_in_order(tmp_path: Path) -> None:
    assert declared(house(tmp_path, "sud", "nord")) == ["nord", "sud"]


def test_a_whole_night_is_counted(tmp_path: Path) -> None:
    settings = house(tmp_path, "nord", "sud")
    whole_night(settings, "nord")
    whole_night(settings, "sud")
    assert close(settings, NIGHT_OF, NIGHT) == {"landlords": 2, "late": 0}


def test_a_missing_delivery_of_the_day_is_counted_as_late_and_not_as_a_failure(tmp_path: Path) -> None:
    settings = house(tmp_path)
    whole_night(settings, "essai", DELIVERED | {"accepted": 0, "last_accepted": "2026-11-01"})
    assert close(settings, NIGHT_OF, NIGHT) == {"landlords": 1, "late": 1}


def test_a_landlord_that_never_delivered_is_late(tmp_path: Path) -> None:
    settings = house(tmp_path)
    recorded(settings, "essai", NIGHT_OF, "receive", gives(DELIVERED | {"last_accepted": None}))
    assert statuses(settings, "essai") == ["late", "not_reached", "not_reached", "not_reached"]


def test_a_refused_delivery_makes_the_run_fail_with_its_message_and_counts_the_others(tmp_path: Path) -> None:
    settings = house(tmp_path, "nord", "sud")
    whole_night(settings, "nord")
    with pytest.raises(DeliveryRefused):
        recorded(settings, "sud", NIGHT_OF, "receive", breaks(DeliveryRefused("entries.csv, ligne 3 : montant illisible")))
    with pytest.raises(RunIncomplete) as told:
        close(settings, NIGHT_OF, NIGHT)
    assert "1 bailleur(s) sur 2" in str(told.value)
    assert "sud · receive : arrêté. entries.csv, ligne 3 : montant illisible" in str(told.value)
    assert "nord" not in str(told.value)


def test_the_text_of_an_error_that_is_not_ours_is_not_kept(tmp_path: Path) -> None:
    settings = house(tmp_path)
    with pytest.raises(ValueError, match="EXEMPLE"):
        recorded(settings, "essai", NIGHT_OF, "receive", breaks(ValueError("could not convert 'EXEMPLE' to int")))
    with pytest.raises(RunIncomplete) as told:
        close(settings, NIGHT_OF, NIGHT)
    assert "ValueError" in str(told.value)
    assert "EXEMPLE" not in str(told.value)


def test_a_step_that_was_killed_shows_as_interrupted(tmp_path: Path) -> None:
    settings = house(tmp_path)
    recorded(settings, "essai", NIGHT_OF, "receive", gives(DELIVERED))
    with pytest.raises(KeyboardInterrupt):
        recorded(settings, "essai", NIGHT_OF, "features", breaks(KeyboardInterrupt()))
    with pytest.raises(RunIncomplete, match="features : interrompu avant la fin"):
        close(settings, NIGHT_OF, NIGHT)


def test_a_landlord_whose_night_never_began_is_missing(tmp_path: Path) -> None:
    settings = house(tmp_path, "nord", "sud")
    whole_night(settings, "nord")
    with pytest.raises(RunIncomplete, match="sud · receive : non atteint"):
        close(settings, NIGHT_OF, NIGHT)


def test_a_step_that_starts_again_takes_back_what_later_steps_had_said(tmp_path: Path) -> None:
    settings = house(tmp_path)
    whole_night(settings, "essai")
    recorded(settings, "essai", NIGHT_OF, "receive", gives(DELIVERED))
    assert statuses(settings, "essai") == ["done", "not_reached", "not_reached", "not_reached"]
    assert not is_complete(settings, "essai", NIGHT_OF, NIGHT)


def test_scores_and_the_law_wait_for_the_same_step_and_not_for_each_other(tmp_path: Path) -> None:
    settings = house(tmp_path)
    whole_night(settings, "essai")
    for step in SIDE_BY_SIDE:
        recorded(settings, "essai", NIGHT_OF, step, gives(COUNTED))
        assert statuses(settings, "essai") == ["done", "done", "done", "done"]
    recorded(settings, "essai", NIGHT_OF, "features", gives(COUNTED))
    assert statuses(settings, "essai") == ["done", "done", "not_reached", "not_reached"]


def test_a_night_run_again_after_a_failure_is_whole(tmp_path: Path) -> None:
    settings = house(tmp_path)
    with pytest.raises(DeliveryRefused):
        recorded(settings, "essai", NIGHT_OF, "receive", breaks(DeliveryRefused("refusée")))
    whole_night(settings, "essai")
    assert close(settings, NIGHT_OF, NIGHT) == {"landlords": 1, "late": 0}


def test_only_counts_and_short_words_are_kept(tmp_path: Path) -> None:
    settings = house(tmp_path)
    recorded(settings, "essai", NIGHT_OF, "receive", gives(DELIVERED | {"paths": [Path("liste.xlsx")]}))
    with open_register(settings.register_url).begin() as session:
        assert noted(session, NIGHT_OF, NIGHT)["essai", "receive"].summary == DELIVERED
