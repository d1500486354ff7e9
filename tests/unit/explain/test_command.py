"""`riskmodel explain`: points, dated rows, what would have removed the flag, and the picture on disk."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from riskmodel.cli import app, console
from riskmodel.cli import explain as _command  # noqa: F401  registers the command
from riskmodel.cli import features as _others  # noqa: F401  an application of one command would take no name
from riskmodel.errors import NothingKnown
from riskmodel.steps import explain as step
from tests import factory
from tests.lakes import Rows, laid_out
from tests.unit.explain.accounts import renter

AS_OF = date(2026, 10, 31)
TENANT = {"tenant_id": "T1", "lease_id": "B1", "role": "holder", "last_name": "EXEMPLE"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the command on a landlord that holds these rows."""
    factory.house(tmp_path)
    monkeypatch.setattr(console, "width", 200)

    def explain(rows: Rows, lease: str = "B1"):
        source = laid_out(tmp_path, rows)
        monkeypatch.setattr(step, "source", lambda _settings, _landlord_id, _as_of: (source, AS_OF))
        return CliRunner().invoke(app, ["explain", "essai", lease, "--as-of", "2026-10-31"], catch_exceptions=False)

    return explain


def test_it_prints_points_dated_rows_and_what_would_have_removed_the_flag(run, tmp_path: Path) -> None:
    printed = run(renter("| 2026-09-07 à 2026-10-07 | prélèvement | -400,00 | | | |")).output.replace("\u00a0", " ")
    for words in (
        "Bail B1 au 31/10/2026",
        "Terme du 05/10/2026 : reste dû 400 € sur 400 €",
        "Ce qui aurait évité ce signalement :",
        "· Terme du 05/10/2026 payé : 400 €",
        "Ce fait aurait suffi",
        "Décrochage : 0 sur 100 (seuil 40)",
        "Rien à éviter",
    ):
        assert words in printed
    folder = tmp_path / "var" / "sorties" / "essai" / "explications" / "2026-10-31"
    assert sorted(path.name for path in folder.iterdir()) == ["B1-decrochage.svg", "B1-derive.svg"]
    assert "Données synthétiques" in "".join(ElementTree.parse(folder / "B1-derive.svg").getroot().itertext())


def test_a_household_that_objects_to_profiling_is_not_explained(run) -> None:
    rows = renter() | {"tenants": [TENANT | {"objected_on": date(2026, 10, 1)}]}
    with pytest.raises(NothingKnown, match="opposition au profilage"):
        run(rows)
