"""`riskmodel score` and `riskmodel weekly` at a terminal."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmodel.cli import load_commands
from riskmodel.errors import NothingKnown
from riskmodel.steps.receive import receive
from tests.factory import house
from tests.flow.tiny import SUNDAY, deliver_evenings


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    settings = house(tmp_path)
    deliver_evenings(tmp_path / "inbox")
    receive(settings, "essai", SUNDAY)
    monkeypatch.setenv("VIGIE_HOME", str(settings.home))
    return CliRunner()


def said(run: CliRunner, *words: str) -> str:
    outcome = run.invoke(load_commands(), words, catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_a_published_table_is_shown_with_its_threshold(run: CliRunner) -> None:
    shown = said(run, "score", "table", "decrochage")
    assert "Listé à partir de 40 points" in shown
    assert "{" not in shown


def test_lists_are_built_then_shown(run: CliRunner) -> None:
    assert "2 listes (2 nouvelles ou changées)" in said(run, "weekly", "build", "essai", "--monday", "2026-11-02")
    assert "6 ménages scorés sur 6" in said(run, "score", "run", "essai", "--as-of", "2026-11-01")
    shown = said(run, "weekly", "show", "essai", "--week", "2026-S45", "--unit", "UG02")
    assert "Données synthétiques" in shown
    assert "ménages de l'unité : 3" in shown


def test_a_list_that_does_not_exist_is_answered_with_those_that_do(run: CliRunner) -> None:
    said(run, "weekly", "build", "essai", "--monday", "2026-11-02")
    with pytest.raises(NothingKnown, match="Unités qui en ont une : UG01, UG02"):
        said(run, "weekly", "show", "essai", "--week", "2026-S45", "--unit", "UG09")
    with pytest.raises(NothingKnown, match="riskmodel weekly build"):
        said(run, "weekly", "show", "essai", "--week", "2026-S40", "--unit", "UG01")
