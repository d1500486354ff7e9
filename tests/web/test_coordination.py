"""Packs of meetings in the application: offered for a day, taken away as files, the whole landlord's or one unit's."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import httpx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.coordination.kinds import KINDS
from riskmodel.register import open_register
from riskmodel.web.app import create_app
from tests.factory import house
from tests.registers import Fresh
from tests.unit.coordination.project import project
from tests.unit.referrals.lives import LANDLORD
from tests.web.door import NOW, calling, open_for

Get = Callable[[str, str], httpx.Response]
PEOPLE = {
    "responsable": Granted(Role.HEAD, LANDLORD),
    "agent": Granted(Role.CONTENTIEUX, LANDLORD, "UG01"),
    "donnees": Granted(Role.DATA, LANDLORD),
}
WHOLE = f"/coordination/{LANDLORD}"


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Iterator[Get]:
    """A page asked for by an account, on a landlord with a year of referrals."""
    settings = replace(house(tmp_path_factory.mktemp("coordination"), LANDLORD), register_url=fresh_register("sqlite"))
    register = open_register(settings.register_url)
    with register.begin() as session:
        project(session)
        users = {
            name: accounts.create(session, name, name, f"{name}@exemple.test", [granted], NOW).id
            for name, granted in PEOPLE.items()
        }
    sessions = {name: open_for(register, number) for name, number in users.items()}
    with calling(create_app(settings, lambda: NOW)) as call:
        yield lambda account, path: call("GET", path, sessions[account])


def test_every_meeting_is_offered_for_the_day_chosen(get: Get) -> None:
    page = get("responsable", "/coordination?jour=2026-07-06").text
    assert all(kind.title in page for kind in KINDS.values())
    assert f'href="{WHOLE}/cellule/2026-07-06/dossier.pdf"' in page
    assert "du 26/05/2026 au 06/07/2026" in page


def test_a_day_that_does_not_exist_is_said_and_today_offered(get: Get) -> None:
    page = get("responsable", "/coordination?jour=2026-02-31").text
    assert "Ce jour n" in page
    assert f"{WHOLE}/cellule/2026-11-02/dossier.pdf" in page


def test_a_pack_is_taken_away_in_each_form(get: Get) -> None:
    found = {form: get("responsable", f"{WHOLE}/comite/2026-06-15/dossier.{form}") for form in ("pdf", "xlsx", "html")}
    assert {answer.status_code for answer in found.values()} == {200}
    assert "Comité de pilotage" in PdfReader(BytesIO(found["pdf"].content)).pages[0].extract_text()
    assert "À décider" in load_workbook(BytesIO(found["xlsx"].content)).sheetnames
    assert all("attachment" in answer.headers["content-disposition"] for answer in found.values())
    assert "comite-2026-06-15.html" in found["html"].headers["content-disposition"]


def test_who_follows_one_unit_takes_its_dashboard_and_nothing_of_the_others(get: Get) -> None:
    page = get("agent", "/coordination?jour=2026-06-30").text
    assert f'href="{WHOLE}/unites/UG01/2026-06-30/dossier.pdf"' in page
    assert "UG02" not in page
    assert "cellule" not in page
    dashboard = get("agent", f"{WHOLE}/unites/UG01/2026-06-30/dossier.html").text
    assert "Unité UG01" in dashboard
    assert "UG02" not in dashboard
    assert get("agent", f"{WHOLE}/unites/UG02/2026-06-30/dossier.html").status_code == 403
    assert get("agent", f"{WHOLE}/mois/2026-06-30/dossier.html").status_code == 403


def test_whoever_has_no_business_there_is_not_let_in(get: Get) -> None:
    assert get("donnees", "/coordination").status_code == 403
    assert get("donnees", f"{WHOLE}/mois/2026-06-30/dossier.pdf").status_code == 403


def test_a_pack_a_form_or_a_day_that_does_not_exist_is_not_found(get: Get) -> None:
    for path in ("/semaine/2026-06-30/dossier.pdf", "/mois/2026-06-30/dossier.csv", "/mois/demain/dossier.pdf"):
        assert get("responsable", WHOLE + path).status_code == 404
    assert get("responsable", "/coordination?bailleur=autre").status_code == 404
