"""Accounts at the terminal: made, invited, granted, deactivated; each act in the log; the log verified."""

import re
from pathlib import Path

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner, Result

from riskmodel.access import invitations, log
from riskmodel.cli import load_commands
from riskmodel.errors import AccessRefused
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import AccessEntry
from tests.factory import house
from tests.unit.access.monday import NOW


@pytest.fixture(autouse=True)
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    settings = house(tmp_path, "oph")
    monkeypatch.setenv("VIGIE_HOME", str(settings.home))
    monkeypatch.setenv("COLUMNS", "140")
    return open_register(settings.register_url)


def run(*words: str) -> Result:
    return CliRunner().invoke(load_commands(), ["users", *words])


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    fault = run(*words).exception
    assert isinstance(fault, AccessRefused), fault
    return str(fault)


def add(account: str = "amel.k") -> str:
    return said("add", account, "--name", "Amel K.", "--email", "a@oph.example", "--role", "contentieux@oph/02")


def test_an_account_is_made_invited_and_shown(register: Sessions) -> None:
    assert "riskmodel users invite amel.k" in add()
    link = re.search(r"http://127\.0\.0\.1:8000/invitation/(\S+)", said("invite", "amel.k"))
    assert link
    with register() as session:
        assert invitations.invited(session, link[1], NOW.replace(year=2000)).account == "amel.k"
    shown = said("list")
    assert "contentieux@oph/02" in shown
    assert "attend son invitation" in shown
    assert "Amel" not in shown, "la liste montre des identifiants, pas des noms"


def test_the_public_address_is_that_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_URL", "https://vigie.oph.example/")
    add()
    assert "https://vigie.oph.example/invitation/" in said("invite", "amel.k")


def test_roles_are_given_and_taken() -> None:
    add()
    assert said("grant", "amel.k", "cesf@oph").strip() == "amel.k : cesf@oph."
    assert "déjà attribué" in said("grant", "amel.k", "cesf@oph")
    assert said("revoke", "amel.k", "contentieux@oph/02").strip() == "amel.k : contentieux@oph/02 retiré."
    assert refused("revoke", "amel.k", "dpo@oph") == "amel.k n'a pas dpo@oph. Il a : cesf@oph."


def test_a_landlord_nobody_declared_is_refused_with_those_there_are() -> None:
    add()
    assert refused("grant", "amel.k", "dpo@autre") == "« dpo@autre » : bailleur inconnu. Bailleurs déclarés : oph."


def test_a_deactivated_account_is_shown_so_and_no_longer_invited() -> None:
    add()
    assert "désactivé" in said("deactivate", "amel.k")
    assert "désactivé" in said("list")
    assert "on n'y invite plus" in refused("invite", "amel.k")


def test_linking_by_hand_asks_for_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    add()
    assert "Aucun fournisseur" in refused("link", "amel.k", "sujet-1")
    for name, value in {"ISSUER": "https://sso.oph.example", "CLIENT_ID": "vigie", "CLIENT_SECRET": "x"}.items():
        monkeypatch.setenv(f"VIGIE_OIDC_{name}", value)
    monkeypatch.setenv("VIGIE_URL", "https://vigie.oph.example")
    assert "relié" in said("link", "amel.k", "sujet-1")
    assert "actif" in said("list")


def test_every_act_leaves_a_line_where_it_took_place(register: Sessions) -> None:
    add()
    said("grant", "amel.k", "dpo@oph", "--by", "chef.si")
    refused("grant", "personne", "dpo@oph")
    with register() as session:
        assert [(line.account, line.action, line.management_unit) for line in log.recent(session, "oph", 9)] == [
            ("chef.si", "users", "02"),
            ("chef.si", "users", None),
            ("terminal", "users", "02"),
        ]


def test_the_log_is_verified_and_its_head_told_to_be_noted(register: Sessions) -> None:
    add()
    said("invite", "amel.k")
    head = said("log", "verify").strip().splitlines()[-1]
    assert re.fullmatch(r"2:[0-9a-f]{64}", head)
    assert said("log", "verify", "--noted", head)
    with register.begin() as session:
        session.execute(delete(AccessEntry).where(AccessEntry.seq == 2))
    assert said("log", "verify")
    assert "la fin a été ôtée" in refused("log", "verify", "--noted", head)
    assert "attendu LIGNE:EMPREINTE" in refused("log", "verify", "--noted", "2")


def test_a_broken_log_ends_the_command_with_the_line_and_the_next_move(register: Sessions) -> None:
    add()
    said("invite", "amel.k")
    with register.begin() as session:
        session.execute(delete(AccessEntry).where(AccessEntry.seq == 1))
    assert "rompu à la ligne 2 : la ligne 1 manque avant la ligne 2" in refused("log", "verify")
