"""The commands of partners' files and notices, as somebody types them."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmodel.cli import app, load_commands
from riskmodel.errors import RunIncomplete, SettingsError
from riskmodel.register import open_register
from tests.factory import house
from tests.registers import Fresh
from tests.unit.referrals.lives import LANDLORD, partner, sent
from tests.unit.steps.test_drop import ACCEPT, PEM, answers

load_commands()


@pytest.fixture
def run(tmp_path: Path, fresh_register: Fresh, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands on a landlord with a partner that was sent one referral."""
    settings = replace(house(tmp_path, LANDLORD), register_url=fresh_register("sqlite"))
    monkeypatch.setenv("VIGIE_HOME", str(settings.home))
    monkeypatch.setenv("VIGIE_REGISTER_URL", settings.register_url)
    for name in ("VIGIE_SMTP_URL", "VIGIE_MAIL_FROM", "VIGIE_URL"):
        monkeypatch.delenv(name, raising=False)
    with open_register(settings.register_url).begin() as session:
        partner(session)
        sent(session, "mediation")
    return CliRunner()


def test_keys_are_exchanged_a_file_is_written_and_another_read(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "asso.pub.pem").write_bytes(PEM)
    assert "Empreinte" in run.invoke(app, ["partners", "keys", LANDLORD]).output
    kept = ["partners", "keys", LANDLORD, "--partner", "asso", "--public", str(tmp_path / "asso.pub.pem")]
    assert run.invoke(app, kept).exit_code == 0
    written = run.invoke(app, ["partners", "export", LANDLORD, "asso"])
    assert "orientations.json" in written.output
    file = str(answers(tmp_path, ACCEPT, {"referral": 9}))
    for said in ("1 étape notée, 0 déjà notées", "0 étape notée, 1 déjà notées"):
        told = run.invoke(app, ["partners", "import", LANDLORD, "asso", file])
        assert said in told.output.replace("\u00a0", " ")
        assert isinstance(told.exception, RunIncomplete)
        assert "Ligne 2" in str(told.exception)


@pytest.mark.parametrize("given", [["--partner", "asso"], ["--public", "x.pem"], ["--partner", "asso", "--public", "absent.pem"]])
def test_half_a_key_is_refused(run: CliRunner, given: list[str]) -> None:
    assert isinstance(run.invoke(app, ["partners", "keys", LANDLORD, *given]).exception, SettingsError)


def test_notices_are_shown_and_wait_for_a_mail_server(run: CliRunner) -> None:
    shown = run.invoke(app, ["notices", "show", LANDLORD]).output
    assert "1 avis, aucune adresse" in shown.replace("\u00a0", " ")
    refused = run.invoke(app, ["notices", "send", LANDLORD])
    assert isinstance(refused.exception, SettingsError)
