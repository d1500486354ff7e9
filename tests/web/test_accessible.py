"""Every page a person may open, with the rules of axe-core, and under the strict content policy without a complaint."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from riskmodel import score
from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.casework import decisions
from riskmodel.ccapex import cases as brought_cases
from riskmodel.ccapex import sessions as commission
from riskmodel.register import tables
from riskmodel.score import parse
from riskmodel.steps import orienting, sharing
from riskmodel.web import app
from tests.unit.referrals import lives
from tests.web.landlord import LANDLORD, UNIT
from tests.web.site import KEY, LIST, Site
from tests.web.test_places import partner, ready

REFERRALS = f"/orientations/{LANDLORD}/{UNIT}"
PAGES: dict[str, tuple[str, ...]] = {
    "agent": (
        *("/", "/mon-compte", "/listes", "/dossiers", f"{LIST}/import", f"{LIST}/B02", f"{LIST}/B01", f"{LIST}/B16"),
        *(f"{LIST}?onglet={tab}" for tab in ("derive", "a_contacter", "ecarte")),
        *(f"/menages/{LANDLORD}/B02/identite", f"/droits/{LANDLORD}/B02", f"/droits/{LANDLORD}/B02/lettre", "/nulle-part"),
        *("/orientations", f"{REFERRALS}/3", f"{REFERRALS}/4", f"{REFERRALS}/nouvelle/B02", f"{REFERRALS}/candidat", "/places"),
        *("/echeances", "/echeances?liste=hearing", f"/echeances/{LANDLORD}/B01", f"/echeances/{LANDLORD}/B16"),
    ),
    "responsable": (
        *(
            "/",
            "/coordination",
            "/indicateurs",
            "/droits",
            f"/droits/{LANDLORD}",
            "/admin/capacites",
            "/admin/executions",
            "/admin/grilles",
        ),
        *(f"/admin/grilles/{LANDLORD}/derive-essai", "/admin/qualite", f"/admin/qualite/{LANDLORD}/2026-11-01"),
        *("/places", f"/places/{LANDLORD}/repartition", "/admin/partenaires", f"/admin/partenaires/{LANDLORD}/1?ligne=1"),
        *("/ccapex", f"/ccapex/{LANDLORD}/1", f"/ccapex/{LANDLORD}/1/UG01/B01"),
    ),
    "association": (
        *("/", "/association", "/association/2", "/association/2?onglet=closes", "/association/2/3", "/association/2/3/identite"),
        *("/association/2/places", "/association/2/jetons"),
    ),
    "donnees": ("/admin/utilisateurs", "/admin/agences", "/admin/conservation", "/admin/jetons"),
    "protection": (f"/droits/{LANDLORD}/B02/journal", "/admin/journal"),
}
"""Pages by the account that opens them."""
PUBLIC = ("/connexion", "/invitation/inconnue")
PUBLISHED = Path(score.__file__).parent / "tables" / "derive-2026-11.toml"
GRAVE = ("serious", "critical")
EVERYBODY = pytest.mark.parametrize("account", PAGES)


def at_work(site: Site) -> None:
    """One decision, one proposed table and one partner with a place for two, so that pages show points, a case, a history,
    something to approve and a week shared out."""
    text = PUBLISHED.read_text(encoding="utf-8").replace('version = "2026-11"', 'version = "essai"')
    with site.register.begin() as session:
        tables.propose(session, LANDLORD, "derive", "essai", parse(text).digest, text, date(2026, 10, 1))
        decisions.decide(session, KEY, "B02", "call", reason="no_contact", paused_until=None, by="agent", now=site.clock.now)
    partner(site.register, measures=1)
    for lease in ("B03", "B04"):
        ready(site.register, lease)
    with site.register.begin() as session:
        sharing.share(session, site.settings, LANDLORD, by="responsable", now=site.clock.now)
    confided(site)
    brought(site)


def brought(site: Site) -> None:
    """A household brought to a session of the commission."""
    now = site.clock.now
    with site.register.begin() as session:
        number = commission.open_(session, LANDLORD, "ctpe", date(2026, 12, 10), date(2026, 12, 1), "responsable", now)
        brought_cases.choose(session, number, ["B01"], "hand", "responsable", now)


def confided(site: Site) -> None:
    """A second partner that somebody works for, sent one household, and another that may be sent to it."""
    now = site.clock.now
    with site.register.begin() as session:
        number = lives.partner(session, "relais")
        granted = [Granted(Role.ASSOCIATION, LANDLORD, None, number)]
        accounts.create(session, "association", "Association", "association@exemple.test", granted, now)
        said = {"declared": {}, "case_id": None, "by": "agent", "now": now}
        sent, _ = (orienting.propose(session, site.settings, LANDLORD, lease, "mediation", **said) for lease in ("B09", "B10"))
        lives.noted(session, sent, **lives.WHOLE)
        for code, details in (("validate", {}), ("assign", {"organisation_id": number}), ("send", {})):
            lives.moved(session, sent, code, **details)


def faults(page: Page, address: str) -> list[str]:
    page.goto(address)
    return [
        f"{address} : {one['id']} ({one['impact']}) {one['help']} : {one['nodes'][0]['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in GRAVE
    ]


@EVERYBODY
def test_no_page_has_a_serious_fault_of_accessibility(site: Site, browser: Browser, account: str) -> None:
    at_work(site)
    with site.visit(browser, account, bypass_csp=True) as page:
        found = [fault for address in PAGES[account] for fault in faults(page, address)]
        if account == "agent":
            page.context.clear_cookies()
            found += [fault for address in PUBLIC for fault in faults(page, address)]
    assert found == []


def test_the_form_under_a_row_has_no_serious_fault_of_accessibility(site: Site, browser: Browser) -> None:
    with site.visit(browser, "agent", bypass_csp=True) as page:
        page.goto(f"{LIST}?onglet=derive")
        page.keyboard.press("j")
        page.keyboard.press("d")
        expect(page.locator("#choix form")).to_be_visible()
        page.keyboard.press("Space")
        assert [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in GRAVE] == []


@EVERYBODY
def test_no_page_breaks_the_content_policy_or_says_an_error(site: Site, browser: Browser, account: str) -> None:
    at_work(site)
    said: list[str] = []
    with site.visit(browser, account) as page:
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        answers = {address: page.goto(address) for address in PAGES[account]}
        statuses = {address: answer.status for address, answer in answers.items() if answer}
    assert {address: status for address, status in statuses.items() if status != 200} == (
        {"/nulle-part": 404} if account == "agent" else {}
    )
    assert [text for text in said if "404" not in text] == []


def test_every_page_of_the_application_is_among_those_looked_at() -> None:
    """A page declared tomorrow is looked at tomorrow: files, pieces of pages and redirections apart."""
    apart = {"/sante", "/invitation/{token}", "/menages/{landlord_id}/{lease_id}"}
    pages = {route.path for room in app.ROOMS for route in room.routes if route.method == "GET"} - apart
    named = {path for path in pages if not path.startswith(("/oidc", "/api/")) and not path.rsplit("/", 1)[-1].count(".")}
    looked = {address.split("?")[0] for group in PAGES.values() for address in group} | set(PUBLIC)
    unseen = {path for path in named if not any(_is_at(path, address) for address in looked)}
    assert unseen == {f"{LIST_PATH}/{{lease_id}}/decision"}


LIST_PATH = "/listes/{landlord_id}/{week}/{unit}"


def _is_at(path: str, address: str) -> bool:
    parts, seen = path.split("/"), address.split("/")
    return len(parts) == len(seen) and all(part == one or part.startswith("{") for part, one in zip(parts, seen, strict=True))
