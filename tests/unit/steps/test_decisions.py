"""A decision is about a row of a frozen list, in a closed code, by an account; recorded once, corrected only by undoing it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from riskmodel.errors import DecisionRefused
from riskmodel.register import ListRow, WeeklyList, decisions, open_register
from riskmodel.settings import Settings
from riskmodel.steps.decisions import record, undo
from tests.factory import house

TUESDAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 21, 9, 30, tzinfo=UTC)
ROW = ("2026-S43", "UG01", "B1")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = house(tmp_path)
    row = ListRow(position=1, tab="derive", lease_id="B1", change="nouveau", facts={}, reasons=[])
    listed = WeeklyList(landlord_id="essai", management_unit="UG01", week="2026-S43", as_of=date(2026, 10, 18), evidence={})
    listed.rows = [row]
    with open_register(made.register_url).begin() as session:
        session.add(listed)
    return made


def kept(settings: Settings) -> list[tuple[str, str]]:
    with open_register(settings.register_url)() as session:
        return [(row["lease_id"], row["code"]) for row in decisions.read(session, "essai")]


def test_the_same_decision_twice_is_one(settings: Settings) -> None:
    assert record(settings, "essai", *ROW, "call", TUESDAY, "agent.01")
    assert not record(settings, "essai", *ROW, "call", TUESDAY, "agent.01")
    assert kept(settings) == [("B1", "call")]


def test_another_decision_about_the_same_row_asks_to_undo_the_first(settings: Settings) -> None:
    record(settings, "essai", *ROW, "call", TUESDAY, "agent.01")
    with pytest.raises(DecisionRefused, match=r"déjà décidé le 2026-10-20 \(Appel\)"):
        record(settings, "essai", *ROW, "visit", TUESDAY, "agent.01")
    assert undo(settings, "essai", *ROW, "agent.02", NOW)
    assert record(settings, "essai", *ROW, "visit", TUESDAY, "agent.01")
    assert kept(settings) == [("B1", "visit")]


def test_undoing_nothing_says_so(settings: Settings) -> None:
    assert not undo(settings, "essai", *ROW, "agent.02", NOW)


def test_a_code_outside_the_list_is_refused_with_all_codes(settings: Settings) -> None:
    with pytest.raises(DecisionRefused, match="social_worker : Travailleur social"):
        record(settings, "essai", *ROW, "summons", TUESDAY, "agent.01")


@pytest.mark.parametrize("row", [("2026-S42", "UG01", "B1"), ("2026-S43", "UG02", "B1"), ("2026-S43", "UG01", "B2")])
def test_a_row_that_no_frozen_list_shows_cannot_be_decided_on(settings: Settings, row: tuple[str, str, str]) -> None:
    with pytest.raises(DecisionRefused, match="ne figure sur aucune liste figée"):
        record(settings, "essai", *row, "call", TUESDAY, "agent.01")


@pytest.mark.parametrize("by", ["", "a", "Agent Exemple", "agent@exemple.fr", "Agent", "é-agent", "agent\n"])
def test_only_an_account_decides(settings: Settings, by: str) -> None:
    with pytest.raises(DecisionRefused, match="identifiant de compte"):
        record(settings, "essai", *ROW, "call", TUESDAY, by)
    assert kept(settings) == []
