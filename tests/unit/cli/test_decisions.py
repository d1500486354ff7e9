"""`riskmodel decisions` at a terminal: record, take back, and bring an edited workbook back."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from riskmodel.casework.decisions import history
from riskmodel.cli import load_commands
from riskmodel.documents.workbook import workbook
from riskmodel.errors import DecisionRefused
from riskmodel.register import open_register
from riskmodel.settings import Settings
from riskmodel.weekly.freezing import freeze
from tests.factory import house
from tests.unit.documents.invented import invented

SENT = invented({"derive": 2})
FIRST, SECOND = (row.lease_id for row in SENT.rows)
ROW = ("--week", SENT.week, "--unit", SENT.management_unit, "--lease", FIRST)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = house(tmp_path)
    with open_register(made.register_url).begin() as session:
        freeze(session, SENT)
    monkeypatch.setenv("VIGIE_HOME", str(made.home))
    return made


def said(*words: str) -> str:
    outcome = CliRunner().invoke(load_commands(), ["decisions", *words], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return " ".join(outcome.output.split())


def filled(folder: Path, *decisions: str) -> str:
    """The list's workbook with a dismissal on each row."""
    book = load_workbook(BytesIO(workbook(SENT)))
    sheet = book["Dérive d'impayé"]
    heads = [cell.value for cell in sheet[1]]
    for line, decision in enumerate(decisions, start=2):
        sheet.cell(line, heads.index("Décision") + 1, decision)
    book.save(folder / "liste.xlsx")
    return str(folder / "liste.xlsx")


def test_a_decision_of_another_day_is_recorded_once_and_taken_back(settings: Settings) -> None:
    words = ("record", SENT.landlord_id, *ROW, "--code", "call", "--reason", "asked", "--on", "2026-10-20", "--by", "agent.01")
    assert said(*words) == f"Bail {FIRST}, 2026-S43 : Appel."
    assert said(*words).endswith("(déjà enregistré).")
    assert said("undo", SENT.landlord_id, *ROW, "--by", "agent.02").endswith("décision annulée.")
    assert said("undo", SENT.landlord_id, *ROW, "--by", "agent.02").endswith("aucune décision à annuler.")
    with open_register(settings.register_url)() as session:
        (kept,) = history(session, SENT.landlord_id, FIRST)
    assert (kept.decided_on, kept.reason, kept.undone_by) == (date(2026, 10, 20), "asked", "agent.02")


@pytest.mark.usefixtures("settings")
def test_a_pause_gives_its_reason_and_its_day() -> None:
    words = ("record", SENT.landlord_id, *ROW, "--code", "pause", "--on", "2026-10-20", "--by", "agent.01")
    with pytest.raises(DecisionRefused, match="un motif est attendu"):
        said(*words)
    assert "Remis à plus tard" in said(*words, "--reason", "promise", "--until", "2026-11-10")


def test_a_workbook_brings_its_answers_and_asks_before_it_replaces_one(settings: Settings, tmp_path: Path) -> None:
    said("record", SENT.landlord_id, *ROW, "--code", "call", "--reason", "asked", "--by", "agent.01")
    file = filled(tmp_path, "Rien à faire", "Rien à faire")
    with pytest.raises(DecisionRefused, match=f"le registre « Appel » .* --accept {FIRST}"):
        said("import", file, "--by", "agent.02")
    assert "1 décision enregistrée (dont 1 à la place d'une autre), 1 déjà connue." in said(
        "import", file, "--by", "agent.02", "--accept", FIRST
    )
    with open_register(settings.register_url)() as session:
        assert [kept.code for kept in history(session, SENT.landlord_id, FIRST)] == ["no_action", "call"]
        assert [kept.decided_by for kept in history(session, SENT.landlord_id, SECOND)] == ["agent.02"]


@pytest.mark.usefixtures("settings")
def test_a_file_that_is_no_workbook_of_a_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_bytes(b"bonjour")
    with pytest.raises(DecisionRefused, match="n'est pas un classeur"):
        said("import", str(tmp_path / "notes.xlsx"), "--by", "agent.02")
