from pathlib import Path

import pytest
from typer.testing import CliRunner

import riskmodel.cli.demo  # noqa: F401  registers the commands
from riskmodel.cli import app


def test_installing_the_demo_says_that_data_are_invented_and_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path))
    monkeypatch.delenv("VIGIE_LANDLORDS", raising=False)
    told = CliRunner().invoke(app, ["demo", "install"])
    assert told.exit_code == 0
    assert "Données synthétiques : 16 livraisons, du 16/10/2026 au 31/10/2026." in told.output
    assert (tmp_path / "inbox" / "oph-estuaire" / "2026-10-31" / "manifest.json").is_file()
