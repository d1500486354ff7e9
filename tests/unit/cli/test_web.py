"""`riskmodel web serve`: what it prints before it serves, and why it sometimes does not."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from riskmodel.cli import load_commands, web
from riskmodel.errors import NothingKnown, SettingsError
from riskmodel.register import upgrade
from riskmodel.settings import Settings
from tests.factory import house


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server would have been started with."""
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(web.uvicorn, "run", lambda name, **given: asked.append({"name": name, **given}))
    return asked


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A demonstration that has run."""
    settings = house(tmp_path, "oph-estuaire")
    monkeypatch.setenv("VIGIE_HOME", str(settings.home))
    upgrade(settings.register_url)
    return settings


def serve(*arguments: str) -> Any:
    return CliRunner().invoke(load_commands(), ["web", "serve", *arguments])


@pytest.mark.usefixtures("demo")
def test_the_demonstration_prints_its_accounts_and_says_that_its_data_are_invented(
    served: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = [("demo-contentieux", "phrase publique", "Chargé de contentieux"), ("demo-dpo", "phrase publique", "DPO")]
    monkeypatch.setattr(web.demo_users, "install", lambda *_: installed)
    told = serve("--demo", "--port", "8123", "--workers", "2")
    assert told.exit_code == 0, told.output
    assert "Données synthétiques" in told.output
    for shown in ("demo-contentieux", "demo-dpo", "phrase publique"):
        assert shown in told.output
    assert "http://127.0.0.1:8123" in told.output
    assert (served[0]["workers"], served[0]["factory"], served[0]["name"]) == (2, True, "riskmodel.cli.web:application")


@pytest.mark.usefixtures("demo")
def test_the_server_writes_no_address_of_a_page_and_believes_only_its_own_proxy(served: list[dict[str, Any]]) -> None:
    serve()
    assert served[0]["access_log"] is False
    assert served[0]["forwarded_allow_ips"] == "127.0.0.1"


@pytest.mark.usefixtures("demo")
def test_what_the_server_starts_is_the_application() -> None:
    assert any(getattr(route, "path", "") == "/connexion" for route in web.application().routes)


def test_a_demonstration_that_has_not_run_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "vide"))
    told = serve("--demo")
    assert isinstance(told.exception, NothingKnown)
    assert "make demo" in str(told.exception)


@pytest.mark.usefixtures("demo")
def test_public_passwords_are_never_served_to_the_network() -> None:
    told = serve("--demo", "--host", "0.0.0.0")
    assert isinstance(told.exception, SettingsError)
    assert "mot de passe public" in str(told.exception)


def test_without_a_landlord_nothing_is_served(served: list[dict[str, Any]]) -> None:
    told = serve()
    assert isinstance(told.exception, SettingsError)
    assert "aucun bailleur déclaré" in str(told.exception)
    assert not served
