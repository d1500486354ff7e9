"""A household's page in the browser: at three widths, by keyboard, and without JavaScript."""

from playwright.sync_api import Browser, Page, expect

from tests.web.landlord import LANDLORD
from tests.web.site import DESKTOP, LIST, TABLET, Site

TELEPHONE = (360, 780)
WIDTH = "document.documentElement.scrollWidth"


def test_the_page_fits_a_desktop_a_tablet_and_a_telephone_with_a_chart_for_each(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(f"{LIST}/B02")
    for width, height in (DESKTOP, TABLET, TELEPHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(WIDTH) <= width
        is_narrow = width == TELEPHONE[0]
        expect(page.locator(".wide-chart svg")).to_be_visible(visible=not is_narrow)
        expect(page.locator(".narrow-chart svg")).to_be_visible(visible=is_narrow)
    assert not complaints


def test_the_next_row_and_the_decision_are_a_key_away(page: Page) -> None:
    page.goto(f"{LIST}/B01")
    following = page.get_by_role("link", name="Suivant").first.get_attribute("href")
    page.keyboard.press("j")
    page.wait_for_url(f"**{following}")
    page.keyboard.press("d")
    expect(page.get_by_role("radio", name="Rien à faire")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Enregistrer la décision").press("Enter")
    expect(page.locator(".decided")).to_contain_text("Rien à faire")
    page.keyboard.press("u")
    expect(page.get_by_role("radio", name="Rien à faire")).to_be_visible()


def test_without_javascript_history_is_filtered_identity_shown_and_a_decision_taken(site: Site, browser: Browser) -> None:
    with site.visit(browser, "agent", scripts=False) as page:
        page.goto(f"{LIST}/B01")
        events = page.locator(".events li")
        expect(events.filter(has_text="Assignation")).to_be_visible()
        page.get_by_role("radio", name="Contacts").check()
        expect(events.filter(has_text="Assignation")).to_be_hidden()
        page.get_by_role("radio", name="Remis à plus tard").check()
        page.get_by_label("Motif").select_option(label="audience fixée")
        page.get_by_label("Remis jusqu’au").fill("2026-11-24")
        page.get_by_role("button", name="Enregistrer la décision").click()
        expect(page.locator(".decided")).to_contain_text("audience fixée, jusqu’au 24/11/2026")
        page.get_by_role("link", name="Afficher l’identité").click()
        expect(page).to_have_url(f"{site.url}/menages/{LANDLORD}/B01/identite")
        expect(page.locator(".identity")).to_contain_text("EXEMPLE")
