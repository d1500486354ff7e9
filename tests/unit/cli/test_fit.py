"""`riskmodel fit`: the catalogue as a person reads it, and a score misnamed."""

from typer.testing import CliRunner

from riskmodel.cli import load_commands

RUNNER = CliRunner()


def test_the_catalogue_shows_inputs_cuts_and_candidates() -> None:
    found = RUNNER.invoke(load_commands(), ["fit", "candidates", "derive"], env={"COLUMNS": "240"})
    assert found.exit_code == 0
    assert "overdue_terms" in found.output
    assert "acte du bailleur" in found.output
    assert "complet-metier-souple" in found.output


def test_a_misnamed_score_is_told_the_two_there_are() -> None:
    found = RUNNER.invoke(load_commands(), ["fit", "candidates", "impaye"], env={"COLUMNS": "240"})
    assert found.exit_code == 2
    assert "derive, decrochage" in found.output
