"""Scores and lists of a tiny landlord, from its deliveries to the files people open."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from riskmodel import register
from riskmodel.errors import ListRefused, NothingKnown, TableFileError
from riskmodel.register import households
from riskmodel.settings import Settings
from riskmodel.steps import features, score, weekly_list
from riskmodel.steps.receive import receive
from riskmodel.weekly.freezing import thaw
from riskmodel.weekly.frozen import FrozenList
from tests.factory import deliver, house, row
from tests.flow.tiny import MONDAY, SATURDAY, SUNDAY, deliver_evenings, full


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = house(tmp_path)
    deliver_evenings(tmp_path / "inbox")
    receive(made, "essai", SUNDAY)
    return made


def frozen(settings: Settings, unit: str) -> FrozenList:
    with register.open_register(settings.register_url)() as session:
        found = thaw(session, "essai", unit, "2026-S45")
    assert found is not None
    return found


def test_the_lists_of_a_monday_are_frozen_and_written_for_every_unit(settings: Settings) -> None:
    made = weekly_list.build(settings, "essai", MONDAY)
    assert (made["units"], made["written"]) == (2, 2)
    for folder in made["folders"]:
        assert {path.name for path in Path(folder).iterdir()} == {"liste.xlsx", "liste.csv", "synthese.pdf", "points.xlsx"}
    assert made["folders"][0].endswith("2026-S45/UG01")


def test_a_scored_night_says_which_unit_follows_each_lease(settings: Settings) -> None:
    features.build(settings, "essai", SUNDAY)
    score.score(settings, "essai", SUNDAY)
    with register.open_register(settings.register_url)() as session:
        followed = {lease: households.unit_of(session, "essai", lease) for lease in ("B1", "B9")}
        assert households.units(session, "essai") == ["UG01", "UG02"]
    assert followed == {"B1": "UG01", "B9": None}


def test_the_list_says_that_its_data_are_synthetic_and_which_signals_are_off(settings: Settings) -> None:
    weekly_list.build(settings, "essai", MONDAY)
    warnings = frozen(settings, "UG01").warnings
    assert warnings[0] == "Données synthétiques : aucun ménage réel."
    assert any("plans" in warning and "éteints" in warning for warning in warnings)


def test_the_same_monday_built_again_writes_nothing_new_and_the_same_bytes(settings: Settings) -> None:
    folder = Path(weekly_list.build(settings, "essai", MONDAY)["folders"][0])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert weekly_list.build(settings, "essai", MONDAY)["written"] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_later_delivery_does_not_change_what_a_past_list_says(settings: Settings, tmp_path: Path) -> None:
    weekly_list.build(settings, "essai", MONDAY)
    first = frozen(settings, "UG02")
    deliver(tmp_path / "inbox", date(2026, 11, 3), {"entries": []}, mode="incremental")
    receive(settings, "essai", date(2026, 11, 3))
    assert weekly_list.build(settings, "essai", MONDAY)["written"] == 0
    assert frozen(settings, "UG02") == first


def test_an_objection_known_by_monday_leaves_scores_and_list(tmp_path: Path) -> None:
    settings = house(tmp_path)
    tables = full() | {
        "tenants": [row("tenants", tenant_id=f"T{n}", lease_id=f"B{n}", objected_on="2026-10-31") for n in "123456"]
    }
    deliver(tmp_path / "inbox", SATURDAY, tables)
    receive(settings, "essai", SUNDAY)
    made = weekly_list.build(settings, "essai", MONDAY)
    scores = pd.read_parquet(settings.runs / "essai" / "2026-11-01" / "scores.parquet")
    assert scores.empty
    assert made["derive"] + made["decrochage"] + made["a_contacter"] == 0
    assert frozen(settings, "UG01").counts["oppositions"] == 3


def test_scores_hold_one_row_a_lease_and_table_with_points_that_add_up(settings: Settings) -> None:
    features.build(settings, "essai", SUNDAY)
    assert score.score(settings, "essai", SUNDAY) == {"leases": 6, "scored": 6, "tables": 2}
    scores = pd.read_parquet(settings.runs / "essai" / "2026-11-01" / "scores.parquet")
    assert list(scores.groupby("table").size()) == [6, 6]
    assert (scores.filter(like="points_").sum(axis=1) == scores["score"]).all()


def test_two_scorers_that_disagree_write_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    features.build(settings, "essai", SUNDAY)
    wrong = score.score_in_sql
    monkeypatch.setattr(score, "score_in_sql", lambda *given: wrong(*given).assign(score=1))
    with pytest.raises(TableFileError, match="aucun score n'est écrit"):
        score.score(settings, "essai", SUNDAY)
    assert not (settings.runs / "essai" / "2026-11-01" / "scores.parquet").exists()


def test_scores_before_features_and_lists_before_any_delivery_are_refused_with_the_next_move(settings: Settings) -> None:
    with pytest.raises(NothingKnown, match="riskmodel features build"):
        score.score(settings, "essai", SATURDAY)
    with pytest.raises(ListRefused, match="n'est pas un lundi"):
        weekly_list.build(settings, "essai", SUNDAY)
    with pytest.raises(ListRefused, match="aucune livraison avant le 2026-10-26"):
        weekly_list.build(settings, "essai", date(2026, 10, 26))
    with pytest.raises(ListRefused, match="limite : 7 jours"):
        weekly_list.build(settings, "essai", date(2026, 11, 16))


@pytest.mark.parametrize(("unit", "folder"), [("UG01", "UG01"), ("Agence Caen-Est", "Agence Caen-Est")])
def test_a_unit_s_name_is_its_folder_s_name(unit: str, folder: str) -> None:
    assert weekly_list.folder_name(unit) == folder


def test_a_unit_s_name_cannot_lead_out_of_its_folder() -> None:
    made = {weekly_list.folder_name(unit) for unit in ("../UG01", "..", "A/B", "A-B", "A\\B")}
    assert len(made) == 5
    assert not [name for name in made if "/" in name or "\\" in name or name.startswith(".")]
