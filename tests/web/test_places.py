"""Partners written down, their places read, a week shared out and booked: as the head of the service, and as others see it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from riskmodel.access.policy import Granted, Role
from riskmodel.places import partners
from riskmodel.places.partners import Agreed, Funded
from riskmodel.register import Sessions, organisations
from riskmodel.register.models import Convention, FundingLine, Grant, Measure, Organisation, Referral, Transition, Worker
from riskmodel.schemes import load
from riskmodel.settings import Settings
from tests.web.door import NOW
from tests.web.landlord import LANDLORD, OTHER_UNIT, UNIT
from tests.web.office import Office, opened_office, said_on
from tests.web.site import TABLET, Site

ADMIN, SHARING = "/admin/partenaires", f"/places/{LANDLORD}/repartition"
PEOPLE = {
    "chef": Granted(Role.HEAD, LANDLORD),
    "agent": Granted(Role.CONTENTIEUX, LANDLORD, UNIT),
    "voisin": Granted(Role.CONTENTIEUX, LANDLORD, OTHER_UNIT),
    "donnees": Granted(Role.DATA, LANDLORD),
}
SIGNED = date(2026, 1, 5)


@pytest.fixture
def office(frozen: Settings, tmp_path: Any) -> Iterator[Office]:
    with opened_office(frozen, tmp_path, PEOPLE) as opened:
        yield opened


def partner(register: Sessions, code: str = "asso", *units: str, **limits: Any) -> int:
    """A partner with a convention for the ASLL and its line of this year."""
    with register.begin() as session:
        number = organisations.declare(session, "association", LANDLORD, code, f"Association {code}")
        partners.agree(session, number, Agreed("asll_maintien", SIGNED, territories=units), load(), (), units)
        partners.fund(session, number, Funded("asll_maintien", "fsl", 2026, **limits), load())
        return number


def ready(register: Sessions, lease: str, unit: str = UNIT, now: datetime = NOW) -> int:
    """A referral validated the week before."""
    at = now - timedelta(days=6)
    where = {"landlord_id": LANDLORD, "management_unit": unit, "lease_id": lease, "scheme": "asll_maintien"}
    with register.begin() as session:
        row = Referral(**where, state="validated", facts={}, declared={}, created_at=at, created_by="agent")
        session.add(row)
        session.flush()
        said = {"at": at, "on_day": at.date(), "by": "agent", "code": "validate", "details": {}}
        session.add(Transition(referral_id=row.id, **said, from_state="proposed", to_state="validated"))
        return row.id


def rows(office: Office, model: type[Any]) -> list[Any]:
    """All that the register holds of one table."""
    with office.register() as session:
        return list(session.scalars(select(model)))


def created(office: Office) -> str:
    """The page of a partner that the head has just written down."""
    answer = office.post(f"{ADMIN}/{LANDLORD}", "chef", name="Le Phare", code="phare", kind="association")
    return str(answer.headers["Location"])


def test_a_partner_is_written_down_with_its_convention_its_worker_and_its_line(office: Office) -> None:
    where = created(office)
    agreed = {"scheme": "asll_maintien", "signed_on": "2026-01-05", "fields": ["identity", "stage"], "units": [UNIT]}
    assert office.post(f"{where}/conventions", "chef", **agreed).status_code == 303
    assert (
        office.post(f"{where}/intervenants", "chef", code="ts.01", fte_hundredths="50", from_on="2026-01-05").status_code == 303
    )
    funded = {"scheme": "asll_maintien", "code": "fsl", "year": "2026", "measures": "12", "measure_months": ""}
    assert office.post(f"{where}/lignes", "chef", **funded).status_code == 303
    ((convention,), (worker,), (line,)) = (rows(office, model) for model in (Convention, Worker, FundingLine))
    assert (convention.fields, convention.territories, convention.ends_on) == (["identity", "stage"], [UNIT], None)
    assert (worker.code, worker.fte_hundredths, worker.to_on) == ("ts.01", 50, None)
    assert (line.code, line.measures, line.measure_months, line.places) == ("fsl", 12, None, None)
    page = said_on(office.get(where, "chef"))
    assert "Il y manque 3 champs indispensables" in page
    index = said_on(office.get(ADMIN, "chef"))
    assert "1 (0,50 temps plein)" in index
    shown = said_on(office.get("/places", "chef"))
    assert "reste 12" in shown
    assert "ligne fsl 2026, unité UG01" in shown


def test_what_was_written_is_corrected_ended_and_taken_back(office: Office) -> None:
    where = created(office)
    for ends_on in ("", "2026-12-31"):
        office.post(f"{where}/conventions", "chef", scheme="mediation", signed_on="2026-01-05", ends_on=ends_on)
    (convention,) = rows(office, Convention)
    assert convention.ends_on == date(2026, 12, 31)
    corrected = office.get(where, "chef", convention=convention.id).text
    assert re.search(r'name="signed_on" value="2026-01-05"[^>]* readonly', corrected)
    assert 'value="2026-12-31"' in corrected
    office.post(f"{where}/intervenants", "chef", code="ts.01", fte_hundredths="100", from_on="2026-01-05")
    office.post(f"{where}/intervenants", "chef", code="ts.01", fte_hundredths="10", from_on="2026-06-01")
    mistaken = max(row.id for row in rows(office, Worker))
    assert 'value="10"' in office.get(where, "chef", intervenant=mistaken).text
    for what, number in (("conventions", convention.id), ("intervenants", mistaken)):
        assert office.post(f"{where}/{what}/{number}/retirer", "chef").status_code == 303
    assert rows(office, Convention) == []
    (kept,) = rows(office, Worker)
    assert (kept.fte_hundredths, kept.to_on) == (100, None)


def test_a_partner_is_renamed_reached_and_closed(office: Office) -> None:
    where = created(office)
    office.post(where, "chef", name="Le Phare du port", address="1 quai\n\n76600 Le Havre", phone="02", email="a@exemple.test")
    (row,) = [one for one in rows(office, Organisation) if one.code == "phare"]
    assert (row.name, row.is_active, row.address) == ("Le Phare du port", False, ["1 quai", "76600 Le Havre"])
    assert "Fermé" in office.get(ADMIN, "chef").text


WRONG = (
    ("", {"name": "A", "code": "phare", "kind": "association"}, "a déjà le code"),
    ("", {"name": "A", "code": "é!", "kind": "association"}, "lettres sans accent"),
    ("", {"name": "A", "code": "a", "kind": "agency"}, "nature du partenaire"),
    ("", {"name": " ", "code": "a", "kind": "ccapex"}, "de 1 à 80 caractères"),
    ("/conventions", {"scheme": "fsl", "signed_on": "2026-01-05"}, "aucun partenaire n'y reçoit de fiche"),
    ("/conventions", {"scheme": "mediation", "signed_on": "hier"}, "jour de la signature"),
    ("/conventions", {"scheme": "mediation", "signed_on": "0001-01-01"}, "de 2000 à 2100"),
    ("/conventions", {"scheme": "mediation", "signed_on": "2026-01-05", "fields": "score"}, "Champs inconnus"),
    ("/intervenants", {"code": "Jean Petit", "fte_hundredths": "x", "from_on": "2026-01-05"}, "nombre entier"),
    ("/intervenants", {"code": "Jean Petit", "fte_hundredths": "200", "from_on": "2026-01-05"}, "jamais un nom"),
    ("/lignes", {"scheme": "mediation", "code": "a", "year": ""}, "Année 0"),
    ("", {"name": "A", "email": "personne"}, "il y manque « @ »"),
    ("", {"name": "A", "phone": "0" * 31, "address": "x" * 301}, "Trop long : adresse, téléphone"),
)
"""Forms that somebody could send, and what the refusal says."""


def test_a_wrong_form_is_refused_with_what_is_expected(office: Office) -> None:
    where = created(office)
    for path, form, said in WRONG:
        answer = office.post(f"{ADMIN}/{LANDLORD}" if "kind" in form else f"{where}{path}", "chef", **form)
        assert answer.status_code == 409, form
        assert said in said_on(answer), form


def test_a_convention_is_written_for_what_is_confided_without_places_too(office: Office) -> None:
    where = created(office)
    assert office.post(f"{where}/conventions", "chef", scheme="equipe_mobile", signed_on="2026-01-05").status_code == 303
    assert [row.scheme for row in rows(office, Convention)] == ["equipe_mobile"]
    assert "Aucune convention en vigueur" in said_on(office.get("/places", "chef"))


def test_neither_an_agency_nor_an_unknown_number_is_a_partner(office: Office) -> None:
    with office.register.begin() as session:
        agency = organisations.declare(session, "agency", LANDLORD, UNIT, "Agence")
    for number, refused in ((agency, 404), (agency + 50, 403)):
        assert office.get(f"{ADMIN}/{LANDLORD}/{number}", "chef").status_code == refused
        assert office.post(f"{ADMIN}/{LANDLORD}/{number}", "chef", name="A").status_code == refused


def test_places_show_each_viewer_the_lines_of_their_units_and_nobody_of_another(office: Office) -> None:
    partner(office.register, "ici", UNIT, measures=4)
    partner(office.register, "partout", measures=2)
    waiting = ready(office.register, "B02")
    mine, theirs = said_on(office.get("/places", "agent")), said_on(office.get("/places", "voisin"))
    assert "Association ici" in mine
    assert f"Orientation n° {waiting}" in mine
    assert "1 orientation validée attend" in mine
    assert "Association ici" not in theirs
    assert "Association partout" in theirs
    assert f"Orientation n° {waiting}" not in theirs
    assert "Aucune orientation validée n'attend" in theirs
    assert SHARING not in mine
    assert SHARING in office.get("/places", "chef").text
    assert office.get("/places", "agent", bailleur="autre").status_code == 404


def test_without_a_convention_the_page_says_what_is_missing(office: Office) -> None:
    assert "Aucune convention en vigueur" in said_on(office.get("/places", "chef"))
    assert "Aucune orientation validée n'attend de place" in said_on(office.get(SHARING, "chef"))
    assert "rien à répartir" in said_on(office.post(SHARING, "chef"))


def test_a_week_is_shared_out_read_booked_and_booked_once(office: Office) -> None:
    asso = partner(office.register, measures=1)
    served, unserved = ready(office.register, "B02"), ready(office.register, "B03")
    assert "Calculer" in office.get(SHARING, "chef").text
    assert office.post(SHARING, "chef").status_code == 303
    page = said_on(office.get(SHARING, "chef"))
    assert "À réserver" in page
    assert "plus de place chez les partenaires qui pouvaient l'accueillir" in page
    assert "Association asso, ligne fsl 2026" in page
    assert "mesures financées de l'année" in page
    (confirm,) = re.findall(rf'action="({SHARING}/\d+/confirmer)"', page)
    assert rows(office, Measure) == []
    assert office.post(confirm, "chef").status_code == 303
    (measure,) = rows(office, Measure)
    assert (measure.referral_id, measure.organisation_id) == (served, asso)
    page = said_on(office.get(SHARING, "chef"))
    assert "Réservée" in page
    assert "confirmer" not in page
    assert f"Orientation n° {unserved}" in page
    assert office.post(confirm, "chef").status_code == 303
    assert len(rows(office, Measure)) == 1


def test_whoever_came_or_changed_since_the_sharing_out_is_told(office: Office) -> None:
    partner(office.register, measures=1)
    served = ready(office.register, "B02")
    office.post(SHARING, "chef")
    came = ready(office.register, "B03")
    with office.register.begin() as session:
        session.get_one(Referral, served).state = "withdrawn"
    page = said_on(office.get(SHARING, "chef"))
    assert f"1 orientation est arrivée (n° {came})" in page
    assert "A changé" in page
    answer = office.post(f"{SHARING}/1/confirmer", "chef")
    assert answer.status_code == 200
    assert f"Orientation n° {served} : L'orientation est maintenant « retirée avant acceptation »." in said_on(answer)
    assert rows(office, Measure) == []


def test_the_role_of_an_association_is_given_with_its_partner_and_taken_back(office: Office) -> None:
    number = partner(office.register)
    users = f"/admin/utilisateurs/{LANDLORD}"
    form = {"account": "asso.1", "name": "A.", "email": "a@exemple.test", "role": "association", "unit": ""}
    refused = office.post(users, "donnees", **form)
    assert refused.status_code == 409
    assert f"association@{LANDLORD}#NUMÉRO. Partenaires en activité : {number} (Association asso)" in said_on(refused)
    assert office.post(users, "donnees", **form, partner="x").status_code == 409
    assert "Lien d'invitation de asso.1" in said_on(office.post(users, "donnees", **form, partner=str(number)))
    assert "Association partenaire, Association asso" in said_on(office.get("/admin/utilisateurs", "donnees"))
    took = office.post(f"{users}/asso.1/retirer", "donnees", role="association", unit="", partner=str(number))
    assert took.status_code == 303
    assert not [row for row in rows(office, Grant) if row.role == "association"]


def test_the_head_shares_out_a_week_on_a_tablet_without_scripts(site: Site, browser: Browser) -> None:
    partner(site.register, measures=1)
    for lease in ("B02", "B03"):
        ready(site.register, lease, now=site.clock.now)
    with site.visit(browser, "responsable", TABLET, scripts=False) as page:
        page.goto("/")
        page.get_by_role("link", name="Places", exact=True).click()
        page.get_by_role("link", name="Répartir les places de la semaine").click()
        page.get_by_role("button", name="Calculer").click()
        page.get_by_role("button", name="Confirmer : réserver 1 place").click()
        expect(page.get_by_text("1 place réservée.")).to_be_visible()
        expect(page.get_by_role("button", name="Confirmer")).to_have_count(0)
    with site.visit(browser, "responsable", TABLET) as page:
        for path in ("/places", SHARING, ADMIN, f"{ADMIN}/{LANDLORD}/1?convention=1", f"{ADMIN}/{LANDLORD}/1?ligne=1"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
