"""Indicators of a landlord that delivers: counted month by month, kept as files, noted, and the same when asked again."""

import json
from datetime import date
from pathlib import Path

import pytest

from riskmodel.coordination.indicators.words import MONTH
from riskmodel.settings import Settings
from riskmodel.steps import indicators
from riskmodel.steps.coverage import is_complete
from riskmodel.steps.receive import receive
from tests.factory import house
from tests.flow import tiny

LANDLORD = "essai"
NOVEMBER = date(2026, 11, 30)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Six households, delivered on two evenings; the last one, a Sunday, is the first of November."""
    home = tmp_path_factory.mktemp("indicateurs")
    found = house(home, LANDLORD, "muet")
    tiny.deliver_evenings(home / "inbox", LANDLORD)
    receive(found, LANDLORD, tiny.SUNDAY)
    return found


@pytest.fixture(scope="module")
def written(settings: Settings) -> dict[str, bytes]:
    """The files of the month that ends on the last day of November."""
    assert indicators.month(settings, LANDLORD, NOVEMBER) == {"files": 4}
    return files(settings)


def files(settings: Settings) -> dict[str, bytes]:
    folder: Path = settings.outputs / LANDLORD / "indicateurs" / NOVEMBER.isoformat()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_month_is_written_in_every_form_and_noted(settings: Settings, written: dict[str, bytes]) -> None:
    assert list(written) == ["mois.html", "mois.json", "mois.pdf", "mois.xlsx"]
    assert is_complete(settings, LANDLORD, NOVEMBER, indicators.RUN)
    assert indicators.written(settings, LANDLORD) == {NOVEMBER: ("mois",)}
    assert indicators.read(settings, LANDLORD, MONTH, NOVEMBER, "pdf") == written["mois.pdf"]
    assert indicators.read(settings, LANDLORD, MONTH, NOVEMBER, "csv") is None


def test_debts_are_those_of_the_last_evening_that_was_delivered(written: dict[str, bytes]) -> None:
    """Households 3, 4, 5 and 6 owe one rent, none, two and four on the first of November: October's fell due on the 5th."""
    told = json.loads(written["mois.json"])
    assert (told["month"], told["last"]) == ("2026-11", "2026-11-01")
    units = {one["unit"]: one for one in told["units"]}
    assert (units["UG01"]["households"], units["UG01"]["owing"], units["UG01"]["three_months"]) == (3, 2, 0)
    assert (units["UG02"]["households"], units["UG02"]["owing"], units["UG02"]["three_months"]) == (3, 1, 1)


def test_the_same_month_again_gives_the_same_bytes(settings: Settings, written: dict[str, bytes]) -> None:
    assert len(indicators.write(settings, LANDLORD, MONTH, NOVEMBER)) == len(written)
    assert files(settings) == written


def test_who_delivered_nothing_has_nothing_to_count_and_does_not_fail(settings: Settings) -> None:
    assert indicators.month(settings, "muet", NOVEMBER) == {"files": 0}
    assert is_complete(settings, "muet", NOVEMBER, indicators.RUN)
    assert indicators.written(settings, "muet") == {}


def test_december_brings_the_year_with_its_month(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(indicators, "write", lambda _settings, _landlord, kind, on: asked.append((kind, on)) or [])
    for on in (NOVEMBER, date(2026, 12, 31)):
        indicators.month(settings, "muet", on)
    assert asked == [("mois", NOVEMBER), ("mois", date(2026, 12, 31)), ("annee", date(2026, 12, 31))]
