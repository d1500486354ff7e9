"""The report stands beside the newest figures, and says what to run when there are none."""

from pathlib import Path

import pytest

from riskmodel import settings
from riskmodel.errors import NothingKnown
from riskmodel.steps.backtest_report import write_report
from tests.unit.backtest.written import files


@pytest.fixture
def home(tmp_path: Path) -> settings.Settings:
    """An installation with one declared landlord."""
    (tmp_path / "bailleurs").mkdir()
    (tmp_path / "bailleurs" / "essai.toml").write_text('name = "Essai"\nprofile = "canonique"\ninbox = "reception"\n', "utf-8")
    return settings.load({"VIGIE_HOME": str(tmp_path)})


def test_the_newest_measure_is_put_in_pages_beside_its_files(home: settings.Settings) -> None:
    files(home.outputs / "essai" / "backtest" / "2026-05-31")
    newest = files(home.outputs / "essai" / "backtest" / "2026-06-30")
    made = write_report(home, "essai")
    assert made == [newest / "rapport.html", newest / "rapport.pdf"]
    first = [path.read_bytes() for path in made]
    assert first[1].startswith(b"%PDF")
    assert [path.read_bytes() for path in write_report(home, "essai")] == first
    assert not list(newest.glob(".*"))


def test_nothing_measured_yet_says_what_to_run(home: settings.Settings) -> None:
    with pytest.raises(NothingKnown, match="riskmodel backtest run essai"):
        write_report(home, "essai")
