"""A preparer brings households to a session, answers, freezes, takes the files away, then notes what was said and follows it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from riskmodel.access.policy import Action, Granted, Role
from riskmodel.ccapex import cases, sessions
from riskmodel.register import households
from riskmodel.register.models import AccessEntry
from riskmodel.settings import Settings, load
from riskmodel.steps import features, law
from tests.web.landlord import LANDLORD, OTHER_UNIT, SUNDAY, UNIT
from tests.web.site import TABLET, Clock, Site, serve

PEOPLE = {
    "prepa": Granted(Role.CCAPEX, LANDLORD),
    "agent": Granted(Role.CONTENTIEUX, LANDLORD, UNIT),
}
HELD = "2026-11-26"
AFTER = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(frozen: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The tiny landlord after its night of the law: household B01 has a hearing on 24 November."""
    home = tmp_path_factory.mktemp("ccapex")
    shutil.copytree(frozen.landlords, home / "bailleurs")
    shutil.copy(frozen.home / "register.db", home / "register.db")
    settings = load({"VIGIE_HOME": str(home), "VIGIE_LAKE": frozen.lake_root})
    (settings.runs / LANDLORD / SUNDAY.isoformat()).mkdir(parents=True)
    features.build(settings, LANDLORD, SUNDAY)
    law.night(settings, LANDLORD, SUNDAY)
    with serve(settings, Clock(), PEOPLE) as served:
        yield served


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def opened(page: Page) -> None:
    page.goto("/ccapex")
    page.get_by_label("Niveau").select_option("ctpe")
    page.get_by_label("Jour de la séance").fill(HELD)
    page.get_by_label("Clôture des saisines").fill("2026-11-20")
    page.get_by_role("button", name="Ouvrir la séance").click()


def test_a_session_is_prepared_taken_away_and_followed(site: Site, browser: Browser) -> None:
    with site.visit(browser, "prepa") as page:
        page.goto("/ccapex")
        expect(page.get_by_text("Aucune séance n’est encore prévue.")).to_be_visible()
        opened(page)
        page.locator("summary", has_text="audience proche").click()
        page.get_by_label("B01", exact=True).first.check()
        page.locator("details[open]").get_by_role("button", name="Porter les ménages cochés").click()
        page.get_by_label("Ou par numéro de bail").fill("B16")
        page.get_by_role("button", name="Porter à la séance").click()
        expect(page.get_by_role("table").first).to_contain_text("B16")
        page.get_by_role("button", name="Monter le bail B16").click()
        assert page.locator("tbody").first.locator("th").all_inner_texts() == ["B16", "B01"]

        page.get_by_role("link", name="B01", exact=True).click()
        page.get_by_label("mesure d’accompagnement").check()
        page.get_by_label("souhaite rester dans le logement").check()
        page.get_by_label("Cause déclarée de l'impayé").select_option("job_loss")
        page.get_by_role("button", name="Noter les réponses").click()
        expect(page.get_by_label("mesure d’accompagnement")).to_be_checked()
        page.get_by_role("button", name="Figer le dossier").click()
        text = "".join(one.extract_text() for one in PdfReader(BytesIO(downloaded(page, "Dossier (PDF)"))).pages)
        assert "perte d’emploi" in text
        assert b"job_loss" not in downloaded(page, "dossier sans nom (JSON)")

        page.get_by_role("link", name="Séance du 26/11/2026").click()
        page.get_by_role("button", name="Figer tous les dossiers").click()
        expect(page.get_by_text("Dossiers figés : 2.")).to_be_visible()
        assert len(PdfReader(BytesIO(downloaded(page, "dossiers de la séance (PDF)"))).pages) > 2

    site.clock.now = AFTER
    with site.visit(browser, "prepa") as page:
        page.goto("/ccapex")
        page.get_by_role("link", name="26/11/2026").click()
        page.get_by_label("CAF", exact=True).select_option("present")
        page.get_by_role("button", name="Noter les présences").click()
        expect(page.get_by_text("Les présences sont notées.")).to_be_visible()
        page.get_by_role("link", name="B01", exact=True).first.click()
        page.get_by_label("Avis, recommandation ou décision").select_option("recommandation:meet")
        page.get_by_label("Destinataire").select_option("bailleur")
        page.get_by_label("À faire avant le").fill("2026-12-18")
        page.get_by_role("button", name="Noter", exact=True).click()
        expect(page.get_by_text("C’est noté, et suivi")).to_be_visible()
        page.get_by_role("link", name="Séance du 26/11/2026").click()
        page.get_by_role("button", name="Clore la séance").click()
        expect(page.get_by_text("La séance est close.")).to_be_visible()
        page.goto("/ccapex")
        expect(page.get_by_role("region", name="Suites à donner")).to_contain_text("rencontrer le ménage")
        page.get_by_role("region", name="Suites à donner").get_by_role("link", name="B01").click()
        page.get_by_role("button", name="Noter comme fait").click()
        expect(page.get_by_text("Fait", exact=True)).to_be_visible()
        page.goto("/ccapex")
        expect(page.get_by_text("Rien n’attend")).to_be_visible()
    with site.register() as session:
        read = session.scalars(select(AccessEntry.lease_id).filter_by(account="prepa", action=Action.CCAPEX_PREPARE, result="ok"))
        assert {"B01", "B16"} <= set(read)


def test_a_session_is_prepared_without_scripts_on_a_tablet_and_every_act_is_taken_back(site: Site, browser: Browser) -> None:
    site.clock.now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with site.register.begin() as session:
        number = sessions.open_(session, LANDLORD, "local", date(2026, 12, 10), date(2026, 12, 1), "prepa", site.clock.now)
        cases.choose(session, number, ["B02", "B03"], "hand", "prepa", site.clock.now)
    with site.visit(browser, "prepa", TABLET, scripts=False) as page:
        page.goto(f"/ccapex/{LANDLORD}/{number}")
        assert page.evaluate("document.documentElement.scrollWidth") <= TABLET[0]
        page.get_by_role("button", name="Retirer le bail B02").click()
        page.locator("summary", has_text="1 ménage retiré").click()
        page.get_by_role("button", name="Remettre le bail B02").click()
        page.get_by_role("button", name="Annuler la séance").click()
        page.get_by_role("button", name="Rétablir la séance").click()
        expect(page.get_by_text("La séance est rétablie.")).to_be_visible()
        page.get_by_role("link", name="B03", exact=True).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= TABLET[0]
        page.get_by_role("link", name="Séance du 10/12/2026").click()
        page.get_by_label("Ou par numéro de bail").fill("B99")
        page.get_by_role("button", name="Porter à la séance").click()
        expect(page.get_by_text("Baux inconnus de ce bailleur : B99")).to_be_visible()


def test_a_team_sees_the_cases_of_its_unit_and_prepares_none(site: Site, browser: Browser) -> None:
    with site.register.begin() as session:
        held = sessions.open_(session, LANDLORD, "commission", date(2026, 12, 17), date(2026, 12, 1), "prepa", site.clock.now)
        cases.choose(session, held, ["B04", "B21"], "hand", "prepa", site.clock.now)
        assert households.unit_of(session, LANDLORD, "B21") == OTHER_UNIT
    with site.visit(browser, "agent") as page:
        page.goto(f"/ccapex/{LANDLORD}/{held}/{UNIT}/B04")
        expect(page.get_by_role("heading", name="Ce qui manque")).to_be_visible()
        assert page.get_by_role("button", name="Figer le dossier").count() == 0
        for closed in (f"/ccapex/{LANDLORD}/{held}", f"/ccapex/{LANDLORD}/{held}/{OTHER_UNIT}/B21"):
            answered = page.goto(closed)
            assert answered is not None
            assert answered.status in (403, 404)
