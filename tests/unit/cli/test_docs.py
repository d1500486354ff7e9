from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmodel import REPOSITORY
from riskmodel.access import page as access_page
from riskmodel.cli import app, docs
from riskmodel.contracts.pages import contract


def test_the_contracts_page_is_written_where_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(docs, "REPOSITORY", tmp_path)
    assert CliRunner().invoke(app, ["docs", "contract"]).exit_code == 0
    assert (tmp_path / "docs" / "contract.md").read_text(encoding="utf-8") == contract()


def test_the_page_of_accesses_is_written_where_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(docs, "REPOSITORY", tmp_path)
    assert CliRunner().invoke(app, ["docs", "access"]).exit_code == 0
    assert (tmp_path / "docs" / "acces.md").read_text(encoding="utf-8") == access_page.page()


def test_samples_of_the_orientations_documents_are_written_where_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs, "REPOSITORY", tmp_path)
    monkeypatch.setattr(docs, "samples", lambda: {"avenant.pdf": b"%PDF"})
    assert CliRunner().invoke(app, ["docs", "orientation"]).exit_code == 0
    assert (tmp_path / "reports" / "exemples" / "orientation" / "avenant.pdf").read_bytes() == b"%PDF"


def test_the_api_is_described_as_it_is_where_partners_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(docs, "REPOSITORY", tmp_path)
    assert CliRunner().invoke(app, ["docs", "api"]).exit_code == 0
    for name in ("docs/api.md", "docs/openapi.json", "reports/exemples/partenaires/avis.txt"):
        told = (tmp_path / name).read_text(encoding="utf-8")
        assert told == (REPOSITORY / name).read_text(encoding="utf-8"), f"{name} : relancez « riskmodel docs api »"
