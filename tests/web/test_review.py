"""A weekly list reviewed from end to end by people in a browser."""

from playwright.sync_api import Page, expect

from tests.web.site import LIST, Site


def test_the_list_opens(site: Site, page: Page) -> None:
    page.goto(LIST)
    page.screenshot(path="/tmp/f_web/list.png", full_page=True)
    expect(page.locator("h1")).to_contain_text("UG01")
