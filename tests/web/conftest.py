"""The real application on a small frozen register, and a real Chromium to open it with.

The landlord is frozen once; each test gets the register as it was then, and a server of its own.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from riskmodel.settings import Settings, load
from tests.web import landlord
from tests.web.site import PEOPLE, WAIT_MS, Clock, Site, serve

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window. Closed with its module: while it is open an event loop runs in this thread, and no
    other test could start one."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The landlord's installation on Monday morning, before anyone came to work."""
    return landlord.freeze(tmp_path_factory.mktemp("lundi"))


@pytest.fixture
def site(frozen: Settings, tmp_path: Path) -> Iterator[Site]:
    """The application on a register of this test's own."""
    home = tmp_path / "var"
    home.mkdir()
    shutil.copytree(frozen.landlords, home / "bailleurs")
    (home / "sorties").symlink_to(frozen.outputs)
    shutil.copy(frozen.home / "register.db", home / "register.db")
    with serve(load({"VIGIE_HOME": str(home), "VIGIE_LAKE": frozen.lake_root}), Clock(), PEOPLE) as running:
        yield running


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A desktop page of the chargé de contentieux, signed in."""
    with site.visit(browser, "agent") as opened:
        yield opened
