"""From a terminal, a decision goes the same way as in the browser: recorded once, corrected only by taking it back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from riskmodel.casework.key import ListKey
from riskmodel.errors import DecisionRefused
from riskmodel.register import ListRow, WeeklyList, decisions, open_register
from riskmodel.settings import Settings
from riskmodel.steps.decisions import record, undo
from tests.factory import house

TUESDAY = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
KEY = ListKey("essai", "2026-S43", "UG01")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = house(tmp_path)
    row = ListRow(position=1, tab="derive", lease_id="B1", change="nouveau", facts={}, reasons=[])
    listed = WeeklyList(landlord_id="essai", management_unit="UG01", week="2026-S43", as_of=date(2026, 10, 18), evidence={})
    listed.rows = [row]
    with open_register(made.register_url).begin() as session:
        session.add(listed)
    return made


def decide(settings: Settings, code: str = "call", by: str = "agent.01", reason: str | None = "no_contact") -> bool:
    return record(settings, KEY, "B1", code, by, TUESDAY, reason, None)


def kept(settings: Settings) -> list[tuple[str, str]]:
    with open_register(settings.register_url)() as session:
        return [(row["lease_id"], row["code"]) for row in decisions.read(session, "essai")]


def test_the_same_decision_twice_is_one(settings: Settings) -> None:
    assert decide(settings)
    assert not decide(settings, by="agent.02")
    assert kept(settings) == [("B1", "call")]


def test_another_decision_about_the_same_row_asks_to_take_the_first_back(settings: Settings) -> None:
    decide(settings)
    with pytest.raises(DecisionRefused, match=r"déjà décidé le 20/10/2026 par agent.01 \(Appel\)"):
        decide(settings, "visit")
    assert undo(settings, KEY, "B1", "agent.02", TUESDAY)
    assert decide(settings, "visit")
    assert kept(settings) == [("B1", "visit")]


def test_taking_nothing_back_says_so(settings: Settings) -> None:
    assert not undo(settings, KEY, "B1", "agent.01", TUESDAY)


@pytest.mark.parametrize("by", ["", "a", "Agent Exemple", "agent@exemple.fr", "Agent", "é-agent", "agent\n"])
def test_only_an_account_decides_or_takes_back(settings: Settings, by: str) -> None:
    with pytest.raises(DecisionRefused, match="identifiant de compte"):
        decide(settings, by=by)
    assert kept(settings) == []
    with pytest.raises(DecisionRefused, match="identifiant de compte"):
        undo(settings, KEY, "B1", by, TUESDAY)
