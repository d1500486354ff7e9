"""What a person sees at the terminal when a delivery comes in."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmodel.cli import load_commands
from riskmodel.errors import DeliveryRefused
from tests.factory import deliver, house, row

DAY = "2026-10-31"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    house(tmp_path)
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def run(terminal: CliRunner, *words: str) -> tuple[int, str, Exception | None]:
    result = terminal.invoke(load_commands(), list(words))
    return result.exit_code, " ".join(result.output.split()), result.exception


def tables(**damage: object) -> dict[str, list[dict[str, object]]]:
    return {"dwellings": [row("dwellings")], "leases": [row("leases")], "entries": [row("entries", **damage)]}


def test_check_says_that_a_good_delivery_would_be_accepted_and_writes_nothing(terminal: CliRunner, tmp_path: Path) -> None:
    folder = deliver(tmp_path / "inbox", DAY, tables())
    code, said, _ = run(terminal, "intake", "check", str(folder))
    assert (code, "Aucune faute" in said) == (0, True)
    assert not (tmp_path / "var" / "lake").exists()


def test_check_shows_a_bad_row_with_file_and_line_and_writes_every_fault(terminal: CliRunner, tmp_path: Path) -> None:
    folder = deliver(tmp_path / "inbox", DAY, tables(kind="loyer"))
    code, said, _ = run(terminal, "intake", "check", str(folder))
    assert code == 1
    assert "entries.csv:2 kind : lu « loyer »" in said
    lines = (tmp_path / "fautes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("code hors du contrat;entries;entries.csv;2;kind;loyer;")


def test_check_ends_as_refused_when_the_delivery_would_be(terminal: CliRunner, tmp_path: Path) -> None:
    folder = deliver(tmp_path / "inbox", DAY, {"dwellings": [row("dwellings")]})
    code, said, error = run(terminal, "intake", "check", str(folder))
    assert code != 0
    assert isinstance(error, DeliveryRefused)
    assert "table obligatoire absente" in said


def test_check_of_a_folder_that_is_no_delivery_says_what_one_is(terminal: CliRunner, tmp_path: Path) -> None:
    _, _, error = run(terminal, "intake", "check", str(tmp_path))
    assert "<bailleur>/<AAAA-MM-JJ>/" in str(error)


def test_a_night_received_is_listed_and_counted(terminal: CliRunner, tmp_path: Path) -> None:
    deliver(tmp_path / "inbox", DAY, tables())
    deliver(tmp_path / "inbox", "2026-11-01", {"entries": [row("entries", entry_id="E2")]}, mode="incremental")
    code, said, _ = run(terminal, "intake", "receive", "essai", "--as-of", "2026-11-01")
    assert (code, "2 acceptée(s), 0 refusée(s)" in said) == (0, True)
    _, said, _ = run(terminal, "lake", "history", "essai")
    assert "31/10/2026 1 complète acceptée 3 0 0 0" in said
    assert "01/11/2026 2 incrémentale acceptée 1 0 0 0" in said
    _, said, _ = run(terminal, "lake", "show", "essai", "--as-of", "2026-10-31")
    assert "│ écritures │ 1 │" in said
    assert "jamais livrée" in said


def test_inspect_proposes_a_profile(terminal: CliRunner, tmp_path: Path) -> None:
    folder = deliver(tmp_path / "inbox", DAY, {"leases": [row("leases", lease_id=f"B{n}") for n in range(20)]})
    code, said, _ = run(terminal, "intake", "inspect", str(folder / "leases.csv"))
    assert code == 0
    assert "[tables.leases]" in said
