"""A list reviewed in a browser without JavaScript: every link and every form works the same."""

from playwright.sync_api import Browser, expect

from riskmodel.casework import decisions, reviews
from tests.web.site import KEY, LIST, Site


def test_a_list_is_filtered_decided_undone_read_and_approved_without_scripts(site: Site, browser: Browser) -> None:
    with site.visit(browser, "agent", scripts=False) as page:
        page.goto(f"{LIST}?onglet=derive")
        page.get_by_label("Trier par").select_option("bail")
        page.get_by_role("button", name="Afficher").click()
        expect(page.locator("a.lease").first).to_have_text("B02")
        page.get_by_role("link", name="Décider pour le bail B02").click()
        page.get_by_role("radio", name="Appel").check()
        page.get_by_label("Motif").select_option("no_contact")
        page.get_by_role("button", name="Enregistrer la décision").click()
        expect(page.locator("#avis")).to_contain_text("« Appel » est enregistré")
        page.goto(f"{LIST}?onglet=derive")
        page.get_by_role("button", name="Annuler la décision du bail B02").click()
        expect(page.locator("#avis")).to_contain_text("annulée")
        for tab in ("urgence", "derive", "decrochage"):
            page.goto(f"{LIST}?onglet={tab}")
            for address in [link.get_attribute("href") for link in page.locator("a.lease").all()]:
                page.goto(str(address))
        page.goto(LIST)
        page.get_by_role("button", name="Approuver la liste").click()
        expect(page.locator("#avis")).to_contain_text("Liste approuvée")
    with site.register() as session:
        assert reviews.progress(session, KEY).approved_by == "agent"
        assert decisions.standing(session, KEY) == {}


def test_a_decision_that_lacks_its_reason_comes_back_with_what_it_lacks(site: Site, browser: Browser) -> None:
    with site.visit(browser, "agent", scripts=False) as page:
        page.goto(f"{LIST}/B02")
        page.get_by_role("radio", name="Appel").check()
        page.get_by_role("button", name="Enregistrer la décision").click()
        expect(page.get_by_role("alert").first).to_contain_text("un motif est attendu")
        expect(page.get_by_role("radio", name="Appel")).to_be_checked()
