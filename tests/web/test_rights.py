"""The pages of rights: recorded, taken back, settled, by those who may; files given whole and never to a cache."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from riskmodel.people import corrections, objections
from riskmodel.settings import Settings
from tests.web.door import NOW
from tests.web.office import Office, opened_office, said_on
from tests.web.site import PEOPLE, Site

HERE = "/droits/essai/B01"


@pytest.fixture
def office(frozen: Settings, tmp_path: Path) -> Iterator[Office]:
    with opened_office(frozen, tmp_path, PEOPLE) as made:
        yield made


def test_nothing_stands_and_each_page_says_so(office: Office) -> None:
    index = office.get("/droits").text
    assert "Aucune demande de correction en attente" in index
    assert "Aucune opposition enregistrée" in index
    assert "n’a enregistré aucune opposition" in office.get(HERE).text


def test_a_lease_is_found_in_one_s_own_units_alone(office: Office) -> None:
    assert office.get("/droits?bail=B01").headers["Location"] == HERE
    assert "Aucun bail « B21 »" in said_on(office.get("/droits?bail=B21"))
    assert office.get("/droits?bail=B21", "responsable").headers["Location"] == "/droits/essai/B21"
    assert office.get("/droits/essai/B21").status_code == 404


def test_an_objection_is_recorded_shown_and_taken_back_by_its_author_the_same_day(office: Office) -> None:
    assert office.post(f"{HERE}/opposition", jour="2026-10-20").status_code == 303
    assert "Opposition du 20/10/2026" in office.get(HERE).text
    assert "B01" in office.get("/droits").text
    assert "B01" not in office.get("/droits", "voisin").text
    assert office.post(f"{HERE}/opposition/annuler", "conseillere").status_code == 409
    assert office.post(f"{HERE}/opposition/lever").status_code == 404
    assert office.post(f"{HERE}/opposition/annuler").status_code == 303
    with office.register() as session:
        assert objections.standing(session, "essai", NOW.date()) == set()


def test_an_objection_is_lifted_by_who_answers_for_rights(office: Office) -> None:
    office.post(f"{HERE}/opposition", "conseillere")
    assert office.post(f"{HERE}/opposition/lever", "protection").status_code == 303
    assert "levée le" in office.get(HERE).text


def test_a_fact_is_disputed_then_settled(office: Office) -> None:
    said = {"fait": "payment_not_counted", "jour": "2026-10-06", "montant": "412,50"}
    assert office.post(f"{HERE}/correction", **said).status_code == 303
    assert re.search(r"Le ménage dit : le 06/10/2026\s+412,50 €", said_on(office.get(HERE)))
    with office.register() as session:
        (request,) = corrections.standing(session, "essai", NOW.date())
    assert request.stated["overdue_terms"] is not None
    assert office.post(f"{HERE}/correction/{request.id}/trancher", issue="corrected").status_code == 404
    assert office.post(f"/droits/essai/B02/correction/{request.id}/retirer").status_code == 409
    assert office.post(f"{HERE}/correction/{request.id}/trancher", "responsable", issue="corrected").status_code == 303
    assert "la donnée est corrigée" in office.get(HERE).text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"fait": ""}, "n'est pas un fait de la liste"),
        ({"fait": "payment_not_counted", "montant": "beaucoup"}, "illisible"),
        ({"fait": "payment_not_counted", "montant": "1,234"}, "deux chiffres au plus"),
        ({"fait": "payment_not_counted", "montant": "1e999999"}, "illisible"),
        ({"fait": "payment_not_counted", "jour": "hier"}, "AAAA-MM-JJ"),
        ({"fait": "household_wrong", "jour": "2026-10-06"}, "n'est pas demandé"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_the_next_move(office: Office, said: dict[str, str], told: str) -> None:
    answer = office.post(f"{HERE}/correction", **said)
    assert answer.status_code == 409
    assert told in said_on(answer)


def test_files_are_given_to_who_may_and_kept_by_no_cache(office: Office) -> None:
    letter = office.get(f"{HERE}/lettre.pdf")
    assert letter.content.startswith(b"%PDF")
    assert office.get(f"{HERE}/dossier.pdf").status_code == 404
    pdf, json = (office.get(f"{HERE}/dossier.{kind}", "protection") for kind in ("pdf", "json"))
    assert pdf.content.startswith(b"%PDF")
    assert json.json()["bail"] == "B01"
    assert "no-store" in pdf.headers["Cache-Control"]
    assert "EXEMPLE" not in str(pdf.headers)


def test_the_page_for_the_household_shows_no_name(office: Office) -> None:
    page = office.get(f"{HERE}/lettre").text
    assert "Ce que nous avons vu" in page
    assert "EXEMPLE" not in page


def test_the_log_of_a_household_shows_who_read_it(office: Office) -> None:
    office.get(HERE, "conseillere")
    assert "conseillere" in office.get(f"{HERE}/journal").text


def test_a_team_records_and_takes_back_in_the_browser(site: Site, browser: Browser) -> None:
    with site.visit(browser, "agent") as page:
        page.goto("/droits")
        page.get_by_label("Identifiant du bail").fill("B01")
        page.get_by_role("button", name="Ouvrir").click()
        page.get_by_role("button", name="Enregistrer l’opposition").click()
        expect(page.get_by_role("status")).to_contain_text("Opposition enregistrée")
        page.get_by_role("button", name="Annuler : enregistrée par erreur").click()
        expect(page.get_by_role("status")).to_contain_text("Opposition annulée")
        page.get_by_label("Fait contesté").select_option("contact_not_made")
        page.get_by_role("button", name="Enregistrer la demande").click()
        page.get_by_role("button", name="Retirer la demande").click()
        expect(page.get_by_role("status")).to_contain_text("Demande retirée par le ménage")
