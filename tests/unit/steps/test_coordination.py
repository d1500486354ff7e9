"""A meeting's pack as files, with the landlord's own schemes and its own name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from riskmodel.errors import SettingsError
from riskmodel.register import open_register
from riskmodel.settings import Settings
from riskmodel.steps import coordination, orienting
from tests.factory import house
from tests.registers import Fresh
from tests.unit.coordination.project import project
from tests.unit.referrals.lives import LANDLORD

DAY = date(2026, 6, 15)
OWN = """
[[meeting]]
code = "committee"
label = "Comité des médiations"
every_months = 2
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Settings:
    made = replace(house(tmp_path_factory.mktemp("coordination"), LANDLORD), register_url=fresh_register("sqlite"))
    with open_register(made.register_url).begin() as session:
        project(session)
    return made


def test_a_pack_is_written_in_three_forms_and_again_the_same_with_the_landlords_own_meetings(settings: Settings) -> None:
    first = {path.name: path.read_bytes() for path in coordination.write(settings, LANDLORD, "comite", DAY)}
    assert set(first) == {f"comite.{end}" for end in ("html", "pdf", "xlsx")}
    assert {path.name: path.read_bytes() for path in coordination.write(settings, LANDLORD, "comite", DAY)} == first
    page = first["comite.html"].decode()
    assert "Données synthétiques" in page
    assert "Médiation et évaluation sociale" not in page
    _declare_own_meeting(settings)
    with open_register(settings.register_url)() as session:
        found = coordination.made(session, settings, LANDLORD, "comite", DAY)
    assert ("Prévue par", "Médiation et évaluation sociale, CCAS, premier logement des jeunes actifs") in found.facts


def test_a_landlord_that_nobody_declared_is_told_so(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="inconnu"):
        coordination.write(settings, "inconnu", "mois", DAY)


def _declare_own_meeting(settings: Settings) -> None:
    """The shipped mediation, with a committee of its own."""
    shipped = Path(orienting.room.__file__).parent / "shipped" / "mediation.toml"
    folder = settings.landlords / orienting.FOLDER / LANDLORD
    folder.mkdir(parents=True)
    (folder / "mediation.toml").write_text(shipped.read_text(encoding="utf-8") + OWN, encoding="utf-8")
