"""`docs/droit.md` and what the command line says: written from the values, with what is open said first."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

import riskmodel.cli.law  # noqa: F401  registers the commands
from riskmodel import REPOSITORY
from riskmodel.cli import app, console
from riskmodel.errors import LawUnknown
from riskmodel.law import asked, dated
from riskmodel.law.deadlines import KINDS as DEADLINES
from riskmodel.law.page import markdown
from riskmodel.law.rights import KINDS as RIGHTS
from riskmodel.law.shape import faults

PAGE = (REPOSITORY / "docs" / "droit.md").read_text(encoding="utf-8")
VALUES = [value for topic in dated.load() for value in topic.values]
ROOM = REPOSITORY / "riskmodel" / "law"


def test_the_page_is_the_one_written_from_the_values() -> None:
    assert markdown(dated.load()) == PAGE


def test_what_is_open_is_said_first_with_its_reason() -> None:
    first = PAGE.split("## À confirmer par un juriste")[1].split("\n## ")[0]
    assert all(value.label in first for value in VALUES if value.to_confirm)
    assert all(value.note for value in VALUES if value.to_confirm)


def test_the_model_that_the_page_gives_a_jurist_is_a_value_that_loads() -> None:
    model = tomllib.loads(PAGE.split("```toml\n")[1].split("```")[0])
    assert faults({"title": "Droit", "text": "Droit.", "rank": 1} | model) == []


def test_every_rule_that_a_deadline_or_a_right_rests_on_is_written() -> None:
    known = {value.code for value in VALUES}
    assert all(kind.keys() == {"rule", "label", "who", "from", "text"} for kind in DEADLINES.values())
    assert all(kind.keys() == {"rule", "label"} for kind in RIGHTS.values())
    assert {kind["rule"] for kind in (*DEADLINES.values(), *RIGHTS.values())} <= known
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    assert set(re.findall(r'(?:asked|number)\(\s*"([a-z_]+)"', code)) <= known


def test_no_number_of_the_law_is_copied_into_the_code() -> None:
    """Months, weeks, days, euros: only files of values say them. What is left is arithmetic on dates."""
    allowed = {"shape.py": {"3650", "520", "120", "60", "36", "100", "99"}, "counting.py": {"12"}, "wording.py": {"100"}}
    for path in ROOM.glob("*.py"):
        code = re.sub(r'""".*?"""|«.*?»', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        numbers = set(re.findall(r"(?<![\w.\"'-])(\d{2,})(?![\w\"'])", code))
        assert numbers <= allowed.get(path.name, set()), f"{path.name} : {numbers}"


def test_nothing_of_the_room_speaks_of_an_offence_that_social_landlords_have_not() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*ROOM.rglob("*.toml"), *ROOM.glob("*.py"))]
    assert not [text for text in [*texts, PAGE] if re.search(r"(?i)315-2|7[  ]?500|code pénal|infraction|délit", text)]


def test_the_commands_check_show_and_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "width", 250)
    runner = CliRunner()
    assert "valeurs datées lues, sans défaut" in runner.invoke(app, ["law", "check"]).output
    shown = runner.invoke(app, ["law", "show", "--on", "2027-01-01"]).output
    assert "450,00" in shown
    assert asked("default_net_terms", asked("default_regime", VALUES[0].from_on).from_on).label not in shown
    told = runner.invoke(app, ["law", "explain", "caf_report", "2026-10-05"]).output
    assert "2 mois à compter du 5 octobre 2026 (impayé constitué), soit le 5 décembre 2026" in told
    told = runner.invoke(app, ["law", "explain", "caf_report", "2026-10-05", "--on", "2027-01-01"]).output
    assert "à confirmer par un juriste" in told


def test_an_unknown_deadline_or_folder_is_refused_with_what_is_known(tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["law", "explain", "delai_caf", "2026-10-05"]).exception
    assert isinstance(refused, LawUnknown)
    assert "Choisissez parmi : three_months" in str(refused)
    assert "aucun fichier .toml" in str(CliRunner().invoke(app, ["law", "check", str(tmp_path)]).exception)
