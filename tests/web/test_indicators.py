"""Indicators in the application: figures of the units one follows, packs for who follows the whole landlord."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import httpx
import pytest

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.coordination.indicators.words import KINDS, MONTH
from riskmodel.register import open_register
from riskmodel.steps import indicators
from riskmodel.web.app import create_app
from tests.factory import house
from tests.registers import Fresh
from tests.unit.coordination.indicators import ON, invented
from tests.web.door import NOW, calling, open_for

Get = Callable[[str, str], httpx.Response]
LANDLORD, OTHER = "essai", "voisin"
PEOPLE = {
    "responsable": Granted(Role.HEAD, LANDLORD),
    "agent": Granted(Role.CONTENTIEUX, LANDLORD, "UG02"),
    "donnees": Granted(Role.DATA, LANDLORD),
    "ailleurs": Granted(Role.HEAD, OTHER),
}
BEFORE = date(2026, 9, 30)
WHOLE = f"/indicateurs/{LANDLORD}/{ON.isoformat()}"


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Iterator[Get]:
    """A page asked for by an account, on a landlord with the indicators of two months, and one without any."""
    settings = replace(house(tmp_path_factory.mktemp("indicateurs"), LANDLORD, OTHER), register_url=fresh_register("sqlite"))
    for on in (BEFORE, ON):
        indicators.keep(settings, LANDLORD, invented(MONTH, on))
    register = open_register(settings.register_url)
    with register.begin() as session:
        users = {
            name: accounts.create(session, name, name, f"{name}@exemple.test", [granted], NOW).id
            for name, granted in PEOPLE.items()
        }
    sessions = {name: open_for(register, number) for name, number in users.items()}
    with calling(create_app(settings, lambda: NOW)) as call:
        yield lambda account, path: call("GET", path, sessions[account])


def test_the_newest_figures_are_shown_unit_by_unit_with_their_sum(get: Get) -> None:
    page = get("responsable", "/indicateurs").text
    assert "UG01 · Agence du Port" in page
    assert "Impayés au 31/10/2026 (octobre 2026)" in page
    assert "<small>(20,0" in page
    assert "Ensemble" in page
    assert KINDS[MONTH].title in page
    assert f'href="{WHOLE}/mois.pdf"' in page


def test_an_older_day_is_chosen_and_one_that_does_not_exist_gives_the_newest(get: Get) -> None:
    assert "Impayés au 30/09/2026" in get("responsable", f"/indicateurs?jour={BEFORE.isoformat()}").text
    assert "Impayés au 31/10/2026" in get("responsable", "/indicateurs?jour=hier").text


def test_a_pack_is_taken_away_in_each_form(get: Get) -> None:
    for form in ("pdf", "xlsx", "html"):
        answer = get("responsable", f"{WHOLE}/mois.{form}")
        assert answer.status_code == 200
        assert f"indicateurs-mois-2026-10-31.{form}" in answer.headers["content-disposition"]


def test_who_follows_one_unit_sees_its_figures_alone_and_takes_no_pack(get: Get) -> None:
    page = get("agent", "/indicateurs").text
    assert "UG02" in page
    assert "UG01" not in page
    assert "Ensemble" not in page
    assert "mois.pdf" not in page
    assert get("agent", f"{WHOLE}/mois.pdf").status_code == 403


def test_whoever_has_no_business_there_is_not_let_in(get: Get) -> None:
    assert get("donnees", "/indicateurs").status_code == 403
    assert get("ailleurs", f"{WHOLE}/mois.pdf").status_code == 403
    assert get("responsable", f"/indicateurs?bailleur={OTHER}").status_code == 404


def test_before_the_first_month_the_page_says_when_indicators_come(get: Get) -> None:
    assert "Aucun indicateur" in get("ailleurs", "/indicateurs").text


def test_a_pack_a_form_or_a_day_that_does_not_exist_is_not_found(get: Get) -> None:
    for path in (f"{WHOLE}/semaine.pdf", f"{WHOLE}/mois.json", f"{WHOLE}/annee.pdf", f"/indicateurs/{LANDLORD}/hier/mois.pdf"):
        assert get("responsable", path).status_code == 404
