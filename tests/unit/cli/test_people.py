"""The commands on rights and retention: what they print, and that they do what they say."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmodel.cli import app, load_commands
from riskmodel.people import corrections, objections
from riskmodel.register import open_register
from riskmodel.register.models import Household
from riskmodel.settings import Settings, load
from tests.factory import house

TODAY = date(2099, 1, 1)


def told(*arguments: str) -> str:
    """What a command prints; it has to end well."""
    done = CliRunner().invoke(load_commands() and app, list(arguments))
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    house(tmp_path)
    made = load()
    with open_register(made.register_url).begin() as session:
        session.add(
            Household(landlord_id="essai", lease_id="B1", household_id="M1", management_unit="UG01", as_of=date(2026, 11, 1))
        )
    return made


def test_an_objection_is_recorded_and_lifted_at_the_terminal(settings: Settings) -> None:
    given = ("essai", "--lease", "B1", "--by", "agent.un")
    assert told("people", "object", *given, "--on", "2026-10-01") == "Bail B1 : opposition enregistrée."
    assert told("people", "object", *given, "--on", "2026-10-01") == "Bail B1 : opposition déjà enregistrée."
    with open_register(settings.register_url)() as session:
        assert objections.standing(session, "essai", TODAY) == {"B1"}
    assert told("people", "lift", *given) == "Bail B1 : opposition levée."
    assert told("people", "lift", *given) == "Bail B1 : aucune opposition à lever."


def test_a_fact_is_contested_and_settled_at_the_terminal(settings: Settings) -> None:
    said = told("people", "contest", "essai", "--lease", "B1", "--by", "agent.un", "--fact", "plan_kept")
    assert said.startswith("Bail B1, demande n° 1 : Le plan d'apurement est respecté.")
    assert "juste" in told("people", "settle", "essai", "1", "--by", "resp.un", "--outcome", "confirmed")
    with open_register(settings.register_url)() as session:
        assert corrections.standing(session, "essai", TODAY) == []


def test_retention_is_planned_run_and_proven_at_the_terminal(settings: Settings) -> None:
    night = settings.runs / "essai" / "2020-01-01"
    night.mkdir(parents=True)
    (night / "scores.parquet").write_bytes(b"x")
    assert "Aucune suppression" in told("retention", "proof", "essai")
    assert "À enlever" in told("retention", "plan", "essai")
    assert night.exists()
    assert "Enlevé" in told("retention", "run", "essai")
    assert not night.exists()
    assert "nuits" in told("retention", "proof", "essai")
    assert "sessions" in told("retention", "plan")
    assert "invitations" in told("retention", "run")


def test_a_proof_that_was_changed_ends_in_an_error(settings: Settings) -> None:
    (settings.runs / "essai" / "2020-01-01").mkdir(parents=True)
    (settings.runs / "essai" / "2020-01-01" / "scores.parquet").write_bytes(b"x")
    told("retention", "run", "essai")
    with open_register(settings.register_url).begin() as session:
        session.connection().exec_driver_sql("UPDATE removals SET removed = 9")
    done = CliRunner().invoke(app, ["retention", "proof", "essai"])
    assert "changée ou ôtée" in str(done.exception)
