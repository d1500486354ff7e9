"""`docs/dispositifs.md` and what the command line shows: written from the files, with what is unsure said as such."""

import re
import tomllib

import pytest
from typer.testing import CliRunner

import riskmodel.cli.schemes  # noqa: F401  registers the commands
from riskmodel import REPOSITORY
from riskmodel.cli import app, console
from riskmodel.schemes import load
from riskmodel.schemes.checks import faults
from riskmodel.schemes.page import anchor, markdown, section

SCHEMES = load()
PAGE = (REPOSITORY / "docs" / "dispositifs.md").read_text(encoding="utf-8")


def test_the_page_is_the_one_written_from_the_files() -> None:
    assert markdown(SCHEMES) == PAGE


@pytest.mark.parametrize("code", SCHEMES)
def test_what_is_unsure_is_shown_to_confirm(code: str) -> None:
    shown = section(SCHEMES[code])
    for sentence in SCHEMES[code].to_confirm:
        assert sentence in shown.split("**À confirmer**")[1]


def test_links_of_the_ladder_lead_to_sections() -> None:
    links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert links == {anchor(scheme) for scheme in SCHEMES.values()}
    headings = {line[3:].lower() for line in PAGE.splitlines() if line.startswith("## ")}
    assert all(f"({code})" in " ".join(headings) for code in SCHEMES)


def test_the_model_that_the_page_gives_a_landlord_is_a_scheme_that_loads() -> None:
    model = PAGE.split("```toml\n")[1].split("```")[0]
    assert faults(tomllib.loads(model)) == []


@pytest.mark.parametrize(
    "said",
    [
        "1 travailleur social pour 16 ménages",
        "1 travailleur social pour 20 ménages",
        "10 mesures, 120 mois-mesures",
        "toutes les 6 semaines",
        "tous les 3 mois",
        "chaque mois, une par unité de gestion",
        "chaque année avant le 31/03",
        "veille sociale de 24 mois après la fin",
        "bail glissé au plus tôt au mois 6",
        "bail glissé au plus tard au mois 18",
        "chez le bailleur : 0,12 ETP de CESF",
        "tous les 2 mois",
    ],
)
def test_the_page_says_the_numbers_of_the_documents(said: str) -> None:
    assert said in PAGE


def test_the_commands_check_and_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "width", 200)
    runner = CliRunner()
    assert "24 dispositifs lus, sans défaut" in runner.invoke(app, ["schemes", "check"]).output
    shown = runner.invoke(app, ["schemes", "show", "pcs"]).output
    assert "Protocole de cohésion sociale" in shown
    assert "À confirmer" in shown


def test_an_unknown_scheme_is_refused_with_the_known_ones() -> None:
    refused = CliRunner().invoke(app, ["schemes", "show", "bail_perdu"])
    assert "« bail_perdu » : dispositif inconnu" in str(refused.exception)
    assert "bail_de_sauvegarde" in str(refused.exception)
