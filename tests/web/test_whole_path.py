"""From a decision on a list to the end of a measure, by the landlord and by its partner, each on its own pages."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, Locator, Page, expect

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from tests.unit.referrals.lives import partner
from tests.web.landlord import LANDLORD
from tests.web.site import LIST, Site

AFTER_SIX_MONTHS = datetime(2027, 5, 10, 8, 10, tzinfo=UTC)
"""Eight days after the measure was to end."""
GATE = {"reminder": "letter", "personal_contact": "phone", "information": "letter", "agreement": "written"}


def at(page: Page, code: str) -> Locator:
    """The form of a move, opened."""
    box = page.locator(f'details.move:has(input[name="code"][value="{code}"])')
    box.locator("summary").click()
    return box


def note(page: Page, code: str, **answers: str | list[str]) -> None:
    """A move noted with its answers: codes chosen, or boxes ticked."""
    box = at(page, code)
    for name, answer in answers.items():
        if isinstance(answer, list):
            for ticked in answer:
                box.locator(f'input[name="{name}"][value="{ticked}"]').check()
        else:
            box.locator(f'select[name="{name}"]').select_option(answer)
    box.get_by_role("button").click()
    expect(page.locator(".refused")).to_have_count(0)
    expect(page.locator("#avis")).to_contain_text("oté")


def decide_and_propose(page: Page) -> str:
    """From the list to a referral: decided, its case opened, the household asked, the lightest scheme that is enough proposed."""
    page.goto(f"{LIST}/B02")
    page.get_by_role("radio", name="Association").check()
    page.get_by_label("Motif").select_option("no_contact")
    page.get_by_role("button", name="Enregistrer la décision").click()
    page.get_by_role("link", name="Dossiers").click()
    page.get_by_role("link", name="Orienter le bail B02").click()
    expect(page.get_by_role("button", name="Proposer")).to_have_count(0)
    for question in ("Le ménage accepte un accompagnement", "Le budget du logement est la difficulté principale"):
        page.get_by_role("group", name=question).get_by_role("radio", name="oui").check()
    page.get_by_role("button", name="Revoir l’échelle").click()
    page.get_by_role("button", name="Proposer : ASLL maintien").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ASLL maintien")
    return page.url


def share(page: Page) -> None:
    """Validated, a partner chosen, every precondition recorded, sent."""
    note(page, "validate")
    note(page, "assign", organisation_id="1")
    expect(page.locator('input[name="code"][value="send"]')).to_have_count(0)
    for kind, state in GATE.items():
        line = page.locator(".checks > li").filter(has=page.locator(f"#garde-{kind}"))
        line.locator("select").select_option(state)
        line.get_by_role("button", name="Noter").click()
        expect(page.locator("#avis")).to_contain_text("C’est noté")
    note(page, "send")
    expect(page.get_by_text("Ce que le partenaire lit")).to_be_visible()


def answer(page: Page) -> None:
    """The partner finds what it was sent, accepts it, and reaches the household."""
    page.goto("/")
    page.get_by_role("link", name="1 orientation attend votre réponse").click()
    page.get_by_role("link", name="Orientation n° 1").click()
    expect(page.locator("main")).not_to_contain_text("B02")
    page.get_by_role("link", name="Afficher l’identité").click()
    expect(page.locator("#identite")).to_contain_text("EXEMPLE")
    note(page, "accept", worker_id="1")
    note(page, "attempt", channel="phone", outcome="appointment")
    note(page, "first_interview")
    expect(page.locator('input[name="code"][value="return_evaluation"]')).to_have_count(0)


def agree(page: Page) -> None:
    """Once the commission has decided: the evaluation returned, the measure proposed and signed by both parties."""
    page.reload()
    note(page, "return_evaluation", goals=["budget"], actions=["plan_apurement", "caf_msa"])
    note(page, "propose_measure")
    for party in ("menage", "association"):
        note(page, "sign", document="contrat_accompagnement", party=party)
    expect(page.locator("main")).to_contain_text("mesure en cours")


def end(page: Page) -> None:
    """What is late is found, the measure ended, the reports that were awaited filed."""
    page.goto("/association/1?onglet=en_retard")
    page.get_by_role("link", name="Orientation n° 1").click()
    note(page, "end", end="stable")
    for report in ("step", "final"):
        note(page, "file_report", report=report)
    page.goto("/association/1?onglet=closes")
    expect(page.get_by_role("link", name="Orientation n° 1")).to_be_visible()


def test_a_household_decided_on_is_helped_by_a_partner_and_both_sides_see_it_to_its_end(site: Site, browser: Browser) -> None:
    with site.register.begin() as session:
        granted = [Granted(Role.ASSOCIATION, LANDLORD, None, partner(session))]
        accounts.create(session, "association", "Association", "association@exemple.test", granted, site.clock.now)
    with site.visit(browser, "agent") as ours, site.visit(browser, "association") as theirs:
        here = decide_and_propose(ours)
        share(ours)
        answer(theirs)
        ours.goto(here)
        expect(ours.locator("main")).to_contain_text("premier entretien fait")
        note(ours, "step_done", step="decided")
        agree(theirs)
        ours.reload()
        expect(ours.locator('section[aria-labelledby="mesure"]')).to_contain_text("02/05/2027")
        expect(ours.get_by_text("droits auprès de la CAF ou de la MSA ; plan d’apurement").first).to_be_visible()
    site.clock.now = AFTER_SIX_MONTHS
    with site.visit(browser, "association") as theirs:
        end(theirs)
    with site.visit(browser, "agent") as ours:
        ours.goto("/orientations?closes=1")
        ours.get_by_role("link", name="1 pour B02").click()
        measure = ours.locator('section[aria-labelledby="mesure"]')
        expect(measure).to_contain_text("situation stabilisée")
        expect(measure.locator("tr", has_text="Diagnostic final")).to_contain_text("le 10/05/2027")
        expect(ours.get_by_text("plus rien n’est attendu")).to_be_visible()
