"""`make screenshots`: the pictures of docs/images, taken from the demonstration as its people see it on Monday morning."""

import shutil
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import FloatRect, Page, sync_playwright
from sqlalchemy import func, select

from riskmodel import REPOSITORY
from riskmodel.access.policy import Role
from riskmodel.casework.key import PARIS, ListKey, monday_of
from riskmodel.register import open_register
from riskmodel.register.models import ListRow, WeeklyList
from riskmodel.settings import Settings, load
from riskmodel.steps import demo_users
from riskmodel.web.listing import address
from tests.web.conftest import CHROMIUM, QUIET
from tests.web.site import Clock, Site, serve

IMAGES = REPOSITORY / "docs" / "images"
DEMO = REPOSITORY / "var" / "demo"
WIDE = (1280, 900)
CLIP: FloatRect = {"x": 0, "y": 0, "width": 1280, "height": 1400}
TAB = "derive"


def main() -> int:
    """Take every picture; says what is missing when the demonstration or Chromium is."""
    for needed, move in ((DEMO / "register.db", "make demo"), (CHROMIUM, "apt-get install chromium")):
        if not needed.exists():
            print(f"{needed} est introuvable. Lancez « {move} », puis recommencez.", file=sys.stderr)
            return 1
    with TemporaryDirectory() as folder:
        settings = _copy(Path(folder))
        key, lease_id = _subject(settings)
        clock = Clock(datetime.combine(monday_of(key.week), time(9, 10), PARIS).astimezone(UTC))
        demo_users.install(settings, clock.now, key.landlord_id)
        with serve(settings, clock, {}) as site:
            _take(site, key, lease_id)
    return 0


def _copy(home: Path) -> Settings:
    """What is clicked for a picture is not kept: the demonstration itself stays as it was."""
    shutil.copy(DEMO / "register.db", home)
    return load(
        {"VIGIE_HOME": str(home), "VIGIE_LANDLORDS": str(DEMO / "bailleurs"), "VIGIE_LAKE": str(DEMO / "lake")},
    )


def _subject(settings: Settings) -> tuple[ListKey, str]:
    """The newest week's list with the most rows of drift, and its first household of that tab."""
    rows = (
        select(WeeklyList.landlord_id, WeeklyList.week, WeeklyList.management_unit, func.min(ListRow.lease_id))
        .join(ListRow, ListRow.list_id == WeeklyList.id)
        .where(ListRow.tab == TAB)
        .group_by(WeeklyList.landlord_id, WeeklyList.week, WeeklyList.management_unit)
    )
    with open_register(settings.register_url)() as session:
        landlord_id, week, unit, lease_id = session.execute(rows.order_by(WeeklyList.week.desc(), func.count().desc())).first()
    return ListKey(landlord_id, week, unit), lease_id


def _take(site: Site, key: ListKey, lease_id: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*QUIET, "--lang=fr-FR"])
        with site.visit(browser, demo_users.account_of(Role.HEAD), WIDE) as page:
            _shoot(page, "accueil", "/")
            _shoot(page, "liste", f"{address(key)}?onglet={TAB}")
            _shoot(page, "dossier", f"{address(key)}/{lease_id}")
            _decide(page, f"{address(key)}?onglet={TAB}")
            _shoot(page, "droits", f"/droits/{key.landlord_id}/{lease_id}")
            _shoot(page, "administration", "/admin/executions")
        browser.close()


def _shoot(page: Page, name: str, path: str) -> None:
    page.goto(path)
    page.screenshot(path=IMAGES / f"{name}.png", full_page=True, clip=CLIP)


def _decide(page: Page, path: str) -> None:
    """A row decided on, its points open, and the form under the next one."""
    page.goto(path)
    page.get_by_role("link", name="Décider").first.click()
    page.get_by_role("radio", name="Appel").check()
    page.get_by_label("Motif").select_option("no_contact")
    page.get_by_role("button", name="Enregistrer la décision").click()
    page.locator(".points summary").first.click()
    page.get_by_role("link", name="Décider").first.click()
    page.get_by_role("radio", name="Visite").check()
    page.screenshot(path=IMAGES / "decision.png", full_page=True, clip={**CLIP, "height": 1900})


if __name__ == "__main__":
    sys.exit(main())
