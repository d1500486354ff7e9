"""One lease's account: the rows behind its features, and what the command prints."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmodel.cli import app, console
from riskmodel.cli import features as _commands  # noqa: F401  registers the commands
from riskmodel.errors import NothingKnown
from riskmodel.features import read_account
from riskmodel.lake import Source
from riskmodel.steps import features as step
from tests.lakes import features_of, source_of
from tests.unit.features.landlord import AS_OF, landlord


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return source_of(tmp_path_factory.mktemp("lac"), (AS_OF, landlord()))


@pytest.fixture
def run(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command of `riskmodel features` on the drawn landlord."""
    monkeypatch.setattr(step, "source", lambda _settings, _landlord_id, _as_of: (source, AS_OF))
    monkeypatch.setattr(console, "width", 200)
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(app, ["features", *arguments], catch_exceptions=False)


def test_terms_debits_and_features_of_a_lease_agree(source: Source) -> None:
    account = read_account(source, AS_OF, "B04")
    assert len(account.terms) == account.features["due_terms"] == 18
    assert sum(debit["unpaid_cents"] for debit in account.debits) == account.features["current_cents"]
    assert sum(bool(term["is_unpaid"]) for term in account.terms) == account.features["unpaid_terms_12"]


def test_the_features_shown_are_those_of_the_file(source: Source, tmp_path: Path) -> None:
    frame = features_of(source, AS_OF, tmp_path)
    filed = frame.astype(object).where(frame.notna(), None).set_index("lease_id", drop=False).loc["B02"].to_dict()
    assert read_account(source, AS_OF, "B02").features == filed


@pytest.mark.parametrize(("lease", "day"), [("B99", AS_OF), ("B04", date(2018, 12, 31))])
def test_a_lease_not_in_force_is_said_with_the_next_move(source: Source, lease: str, day: date) -> None:
    with pytest.raises(NothingKnown, match=rf"Bail {lease} : pas de bail en cours au {day:%d/%m/%Y}\. Vérifiez"):
        read_account(source, day, lease)


def test_explain_prints_the_account_in_french(run) -> None:
    printed = run("explain", "essai", "B04", "--as-of", "2026-10-31").output
    for words in (
        "Bail B04 au 31/10/2026",
        "Termes échus",
        "non soldé",
        "Débits restant dus",
        "solde exigible",
        "mode de paiement",
    ):
        assert words in printed


def test_build_writes_the_file_of_the_night_and_says_what_is_off(run, tmp_path: Path) -> None:
    printed = run("build", "essai", "--as-of", "2026-10-31").output
    assert "40\u00a0baux" in printed
    assert "jamais livrées" not in printed
    night = tmp_path / "runs" / "essai" / "2026-10-31"
    assert [path.name for path in night.iterdir()] == ["features.parquet"]
