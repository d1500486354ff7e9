"""A weekly list reviewed from end to end by people: with a mouse, with a keyboard alone, by two at once."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from riskmodel.casework import decisions, reviews
from riskmodel.people import objections
from riskmodel.register.draws import read as draws
from tests.web.landlord import LANDLORD, WEEK
from tests.web.site import DESKTOP, KEY, LIST, TABLET, Site

SIZES = pytest.mark.parametrize("size", [DESKTOP, TABLET], ids=["desktop", "tablet"])
TABS = {"urgence": 1, "derive": 7, "decrochage": 3}
"""Rows to review on each tab."""
SHAPE = "row => [...row.querySelectorAll('*')].filter(one => !one.closest('ul')).map(one => one.tagName + one.className).join()"
"""What a row is made of, without its words and however many facts are told."""


def rows(page: Page) -> Locator:
    return page.locator("#liste tr.line")


def decide_here(page: Page, row: Locator, label: str, reason: str | None = None) -> None:
    """With the mouse, on the row itself."""
    row.get_by_role("link", name="Décider").click()
    page.get_by_role("radio", name=label, exact=True).check()
    if reason:
        page.get_by_label("Motif").select_option(label=reason)
    page.get_by_role("button", name="Enregistrer la décision").click()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} with the Tab key")


def focused_row(page: Page) -> str | None:
    found: str | None = page.evaluate("document.activeElement.closest('tr.line')?.dataset.bail ?? null")
    return found


@SIZES
def test_a_whole_list_is_reviewed_and_approved_with_the_mouse(site: Site, browser: Browser, size: tuple[int, int]) -> None:
    with site.visit(browser, "agent", size) as page:
        page.goto("/listes")
        page.get_by_role("link", name="UG01").click()
        for tab, number in TABS.items():
            page.locator(f".tabs a[href$='onglet={tab}']").click()
            expect(rows(page)).to_have_count(number)
            decide_here(page, rows(page).first, "Appel", "plus de nouvelles")
            expect(rows(page).first.locator(".decision")).to_contain_text("Appel")
            for place in range(1, number):
                rows(page).nth(place).locator("a.lease").click()
                expect(page.locator("#decision")).to_be_visible()
                page.go_back()
                expect(rows(page)).to_have_count(number)
        page.reload()
        expect(page.locator("#revue")).to_contain_text("11 lues sur 11, 3 décidées")
        page.get_by_role("button", name="Approuver la liste").click()
        expect(page.locator("#avis")).to_contain_text("Liste approuvée")
        expect(page.get_by_role("link", name="Décider")).to_have_count(0)
        page.get_by_role("button", name="Rouvrir la liste").click()
        expect(page.locator("#avis")).to_contain_text("Liste rouverte")


@SIZES
def test_a_whole_list_is_reviewed_and_approved_with_the_keyboard_alone(
    site: Site, browser: Browser, size: tuple[int, int]
) -> None:
    with site.visit(browser, "agent", size) as page:
        page.goto(LIST)
        for tab, number in TABS.items():
            tab_to(page, f".tabs a[href$='onglet={tab}']")
            page.keyboard.press("Enter")
            expect(page.locator(f".tabs a[href$='onglet={tab}']")).to_have_attribute("aria-current", "page")
            tab_to(page, "a.lease")
            for place in range(number):
                lease = rows(page).nth(place).get_attribute("data-bail")
                assert focused_row(page) == lease
                page.keyboard.press("d")
                expect(page.locator("#choix input[type=radio]").first).to_be_focused()
                page.keyboard.press("Space")
                page.keyboard.press("Enter")
                expect(page.locator(f"tr[data-bail='{lease}'] .decision")).to_contain_text("Rien à faire")
                expect(page.locator("#annonce")).to_contain_text(f"Bail {lease} : décision enregistrée.")
        expect(page.locator("#revue")).to_contain_text("11 lues sur 11, 11 décidées")
        page.keyboard.press("Control+Home")
        page.evaluate("document.activeElement.blur()")
        tab_to(page, "#revue button")
        page.keyboard.press("Enter")
        expect(page.locator("#avis")).to_contain_text("Liste approuvée")


def test_the_keyboard_moves_opens_leaves_and_helps(page: Page) -> None:
    page.goto(f"{LIST}?onglet=derive")
    page.keyboard.press("j")
    first = focused_row(page)
    page.keyboard.press("ArrowDown")
    second = focused_row(page)
    assert first != second
    page.keyboard.press("k")
    assert focused_row(page) == first
    page.keyboard.press("ArrowUp")
    expect(page.locator("#annonce")).to_have_text("Première ligne de la page.")
    page.keyboard.press("d")
    expect(page.locator("#choix form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#choix")).to_have_count(0)
    assert focused_row(page) == first
    page.keyboard.press("?")
    expect(page.locator("#clavier")).to_have_attribute("open", "")
    page.get_by_label("Utiliser les touches").uncheck()
    page.keyboard.press("j")
    assert focused_row(page) is None
    page.reload()
    page.locator("a.lease").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(str(first))


def test_letters_typed_in_the_search_are_letters(page: Page) -> None:
    page.goto(f"{LIST}?onglet=derive")
    page.locator("#f-q").press_sequentially("du08")
    expect(page.locator("#f-q")).to_have_value("du08")
    expect(page.locator("#choix")).to_have_count(0)


def test_a_decision_is_undone_from_the_list_and_stays_in_the_history(site: Site, page: Page) -> None:
    page.goto(f"{LIST}?onglet=decrochage")
    lease = str(rows(page).first.get_attribute("data-bail"))
    decide_here(page, rows(page).first, "Visite", "plus de nouvelles")
    expect(page.locator("#annonce")).to_contain_text("décision enregistrée")
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator("#annonce")).to_contain_text(f"Bail {lease} : décision annulée.")
    expect(page.locator(f"tr[data-bail={lease}] .decision")).to_contain_text("Décider")
    assert focused_row(page) == lease
    with site.register() as session:
        history = decisions.history(session, LANDLORD, lease)
        assert [(one.code, one.undone_by) for one in history] == [("visit", "agent")]


def test_an_unread_list_cannot_be_approved_even_by_a_forged_request(site: Site, page: Page) -> None:
    page.goto(LIST)
    button = page.get_by_role("button", name="Approuver la liste")
    expect(button).to_be_disabled()
    expect(page.locator("#revue-reste")).to_contain_text("11 lignes restent à lire")
    button.evaluate("button => button.disabled = false")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("n’ont été lus par personne")
    with site.register() as session:
        assert reviews.progress(session, KEY).approved_at is None
    page.goto(LIST)
    page.get_by_role("link", name="voir les lignes à lire").click()
    expect(rows(page)).to_have_count(1)


def test_two_people_on_one_list_never_overwrite_each_other(site: Site, page: Page, browser: Browser) -> None:
    page.goto(f"{LIST}?onglet=derive")
    lease = str(rows(page).first.get_attribute("data-bail"))
    rows(page).first.get_by_role("link", name="Décider").click()
    expect(page.locator("#choix form")).to_be_visible()
    with site.visit(browser, "conseillere") as other:
        other.goto(f"{LIST}?onglet=derive")
        decide_here(other, rows(other).first, "Visite", "plus de nouvelles")
        expect(rows(other).first.locator(".decision")).to_contain_text("par conseillere")
    page.get_by_role("radio", name="Rien à faire").check()
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.locator("#avis")).to_contain_text("déjà décidé le 02/11/2026 par conseillere (Visite)")
    with site.register() as session:
        assert decisions.standing(session, KEY)[lease].code == "visit"


def test_searching_sorting_and_filtering_change_the_table_and_the_address(page: Page) -> None:
    page.goto(f"{LIST}?onglet=derive")
    page.locator("#f-tri").select_option("dette")
    expect(page).to_have_url(re.compile("tri=dette"))
    said = page.locator("#liste td:nth-child(3) dl > div:first-child dd").all_inner_texts()
    debts = [float(text.replace(",", ".").split()[0]) for text in said]
    assert debts == sorted(debts, reverse=True)
    page.locator("#f-dette").fill("550")
    page.locator("#f-dette").press("Tab")
    expect(rows(page)).to_have_count(3)
    expect(page.locator("#annonce")).to_contain_text("3 ménages répondent")
    page.locator("#f-q").fill("04")
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("q=04"))
    page.goto(f"{LIST}?onglet=derive&q=rien")
    expect(page.locator("#lignes .empty")).to_contain_text("Aucune ligne ne répond")
    page.get_by_role("link", name="Tout montrer").click()
    expect(rows(page)).to_have_count(7)


def test_points_are_shown_after_the_decision_and_never_before(page: Page) -> None:
    page.goto(f"{LIST}?onglet=derive")
    expect(page.locator(".points")).to_have_count(0)
    assert not re.search(r"\d+\s+points?\b", page.locator("#liste").inner_text())
    decide_here(page, rows(page).first, "Rien à faire")
    expect(page.locator(".points")).to_have_count(1)


def test_nothing_on_the_page_tells_a_drawn_row_from_another(site: Site, page: Page) -> None:
    with site.register() as session:
        drawn = {row["lease_id"] for row in draws(session, LANDLORD, WEEK) if row["management_unit"] == KEY.management_unit}
    assert drawn
    page.goto(f"{LIST}?onglet=derive")
    shapes = {str(row.get_attribute("data-bail")): row.evaluate(SHAPE) for row in rows(page).all()}
    listed = drawn & shapes.keys()
    assert {shapes[lease] for lease in listed} <= {shape for lease, shape in shapes.items() if lease not in drawn}


def test_whoever_objects_is_no_longer_shown_on_the_scored_tabs_and_the_page_says_so(site: Site, page: Page) -> None:
    page.goto(f"{LIST}?onglet=derive")
    lease = str(rows(page).first.get_attribute("data-bail"))
    with site.register.begin() as session:
        objections.record(session, LANDLORD, lease, site.clock.now.date(), "agent", site.clock.now)
    page.reload()
    expect(rows(page)).to_have_count(6)
    expect(page.locator("#lignes .note")).to_contain_text("1 ménage s’est opposé au profilage")
    expect(page.locator(f"tr[data-bail={lease}]")).to_have_count(0)
    expect(page.locator("#revue")).to_contain_text("sur 10")


def test_another_agency_s_list_is_not_opened(site: Site, browser: Browser) -> None:
    with site.visit(browser, "voisin") as page:
        answer = page.goto(LIST)
        assert answer is not None
        assert answer.status == 403
        page.goto("/listes")
        expect(page.locator("main table tbody tr")).to_have_count(1)


def test_a_list_that_does_not_exist_is_said_in_french(page: Page) -> None:
    answer = page.goto(f"/listes/{LANDLORD}/2020-S01/UG01")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("Aucune liste figée")
