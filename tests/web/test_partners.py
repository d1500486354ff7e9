"""An association's pages: what it was sent and nothing else, answered and noted by forms, with identity on demand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from riskmodel.access import accounts
from riskmodel.access.policy import Granted, Role
from riskmodel.people.identity import Identity
from riskmodel.referrals.fields import FIELDS
from riskmodel.referrals.recall import recall_for
from riskmodel.register.models import Convention, Measure, Organisation, Referral, Transition, Worker
from riskmodel.steps import partnering
from tests.factory import house
from tests.registers import Fresh
from tests.unit.referrals.lives import LANDLORD, SCHEMES, START, moved, noon, on, partner, proposed, sent
from tests.web.partner_site import Site, partner_site
from tests.web.site import TABLET, Clock, serve
from tests.web.site import Site as Served
from tests.web.test_rights import said_on

DAY = START.isoformat()
NOBODY = Identity(("Camille EXEMPLE",), ("00 00 00 00 00",), (), ("1 rue de l’Exemple",), is_represented=False)


NUMBERS = count(10)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Iterator[Site]:
    with partner_site(tmp_path_factory.mktemp("association"), fresh_register("sqlite")) as made:
        yield made


@pytest.fixture
def first(desk: Site) -> int:
    """The number of a referral of a household of its own, that waits for an answer."""
    with desk.register.begin() as session:
        return sent(session, "mediation", lease=f"B{next(NUMBERS)}")


@pytest.fixture
def agreed(desk: Site) -> Iterator[Callable[..., None]]:
    """Changes what the conventions of the first partner say, until the end of the test."""
    yield partial(_change, desk)
    _change(desk, fields=list(FIELDS), ends_on=None)


def _change(desk: Site, **said: Any) -> None:
    with desk.register.begin() as session:
        session.execute(update(Convention).where(Convention.organisation_id == desk.mine).values(**said))


def get(desk: Site, path: str, who: str = "asso.01", **sent: Any) -> httpx.Response:
    """A page, as an account sees it."""
    return desk.call("GET", path, desk.opened(who), **sent)


def post(desk: Site, path: str, who: str = "asso.01", **form: Any) -> httpx.Response:
    """A form sent by an account."""
    opened = desk.opened(who)
    return desk.call("POST", path, opened, data={"csrf": opened.csrf, **form})


def at(desk: Site, referral: int, after: str = "") -> str:
    """The address of a referral among those of the first partner."""
    return f"/association/{desk.mine}/{referral}{after}"


def noted(desk: Site, referral: int, code: str, **form: Any) -> httpx.Response:
    """A move made by its form, on the first day."""
    return post(desk, at(desk, referral, "/etape"), code=code, **{"on_day": DAY, **form})


def state(desk: Site, referral: int) -> str:
    with desk.register() as session:
        return session.get_one(Referral, referral).state


def lease(desk: Site, referral: int) -> str:
    with desk.register() as session:
        return session.get_one(Referral, referral).lease_id


def test_an_association_comes_home_to_what_waits_for_it_and_its_menu_holds_nothing_of_the_landlords(desk: Site) -> None:
    home = said_on(get(desk, "/"))
    assert re.search(r"\d orientations attendent votre réponse", home)
    assert f'href="{at(desk, desk.referrals["B1"])}"' in home
    menu = re.search(r'aria-label="Menu principal">(.*?)</nav>', home, re.DOTALL)
    assert menu
    assert re.findall(r'href="([^"]+)"', menu[1]) == ["/", "/association"]
    assert "livraison" not in home
    assert "Données synthétiques" in home
    assert get(desk, "/association").headers["Location"] == f"/association/{desk.mine}"


def test_somebody_of_two_associations_chooses(desk: Site) -> None:
    with desk.register.begin() as session:
        both = [Granted(Role.ASSOCIATION, LANDLORD, None, number) for number in (desk.mine, desk.other)]
        accounts.create(session, "deux.01", "D.", "d@exemple.test", both, noon(START))
    page = get(desk, "/association", "deux.01").text
    assert f'href="/association/{desk.mine}"' in page
    assert f'href="/association/{desk.other}"' in page
    assert get(desk, "/", "deux.01").text.count("Orientations reçues, ") == 2


def test_a_list_shows_numbers_and_never_a_household(desk: Site) -> None:
    pages = [get(desk, f"/association/{desk.mine}?onglet={tab}").text for tab in partnering.TABS]
    assert at(desk, desk.referrals["B1"]) in pages[0]
    for page in pages:
        assert not re.search(r"\bB\d", page)
        assert at(desk, desk.theirs) + '"' not in page
    assert get(desk, f"/association/{desk.mine}?onglet=autre").status_code == 404


def test_what_was_sent_to_another_association_or_to_nobody_yet_does_not_exist(desk: Site, first: int) -> None:
    with desk.register.begin() as session:
        kept = proposed(session, "mediation", lease=f"B{next(NUMBERS)}")
        moved(session, kept, "validate")
        moved(session, kept, "assign", organisation_id=desk.mine)
    places = [at(desk, desk.theirs), at(desk, kept), at(desk, 999), f"/association/{desk.other}/{first}"]
    for place in places:
        for after in ("", "/identite", "/document/fiche_orientation.pdf", "/document/fiche_liaison.docx"):
            assert get(desk, place + after).status_code == 404, place + after
        for after in ("/etape", "/annuler"):
            assert post(desk, place + after, code="accept", on_day=DAY).status_code == 404, place + after
    for odd in ("abc", "9" * 10, "9" * 5000, "-1", "²"):
        assert get(desk, f"/association/{odd}/{first}/document/fiche_orientation.pdf").status_code == 404, odd[:12]
        assert get(desk, f"/association/{desk.mine}/{odd}").status_code == 404, odd[:12]
    assert (state(desk, desk.theirs), state(desk, kept), state(desk, first)) == ("sent", "validated", "sent")
    assert {get(desk, f"/association/{desk.other}{after}").status_code for after in ("", "/places")} == {403}


def test_a_partner_that_the_landlord_closed_opens_nothing_more(desk: Site) -> None:
    with desk.register.begin() as session:
        session.get_one(Organisation, desk.other).is_active = False
    assert get(desk, f"/association/{desk.other}/{desk.theirs}", "autre.01").status_code == 404
    assert "Aucune organisation ouverte" in get(desk, "/association", "autre.01").text
    assert "Aucune organisation ouverte" in get(desk, "/", "autre.01").text


def test_an_orientation_is_accepted_followed_and_ended_by_its_forms(desk: Site, first: int) -> None:
    with desk.register() as session:
        worker = session.scalars(select(Worker).filter_by(organisation_id=desk.mine)).one()
    assert "Acceptation, ou refus avec son motif" in said_on(get(desk, at(desk, first)))
    assert noted(desk, first, "accept", worker_id=worker.id).status_code == 303
    assert worker.code in get(desk, at(desk, first)).text
    assert noted(desk, first, "attempt", channel="simple_letter", outcome="no_answer").status_code == 303
    assert noted(desk, first, "first_interview").status_code == 303
    assert noted(desk, first, "return_evaluation", goals=["contact", "rights"], actions=["fsl"]).status_code == 303
    page = said_on(get(desk, at(desk, first)))
    assert "Objectifs : recréer le lien avec le bailleur et les services ; ouvrir ou rétablir les droits" in page
    assert "Résultat : sans réponse" in page
    assert noted(desk, first, "end", end="settled").status_code == 303
    ended = said_on(get(desk, at(desk, first)))
    assert "sa fiche ne se lit plus" in ended
    assert "solde exigible" not in ended
    with desk.register() as session:
        assert session.scalars(select(Measure.end).filter_by(referral_id=first)).one() == "settled"
        told = session.scalars(select(Transition.by).filter_by(referral_id=first).order_by(Transition.id.desc())).first()
    assert told == "asso.01"


def test_a_refused_form_comes_back_as_it_was_filled_with_all_that_it_lacks(desk: Site, first: int) -> None:
    noted(desk, first, "accept")
    noted(desk, first, "first_interview")
    answer = noted(desk, first, "return_evaluation", goals=["contact"], on_day="2026-12-24")
    assert answer.status_code == 409
    page = said_on(answer)
    assert "Actions : rien n'a été donné" in page
    assert re.search(r'<details class="move" open>\s*<summary>Rendre l', page)
    assert re.search(r'name="goals" value="contact" checked', page)
    assert 'value="2026-12-24"' in page
    assert state(desk, first) == "interviewed"


def test_what_is_not_an_associations_or_cannot_be_read_is_refused_with_the_next_move(desk: Site, first: int) -> None:
    refused: list[tuple[dict[str, str], str]] = [
        ({"code": "decline", "reason": ""}, "Motif : rien n'a été donné"),
        ({"code": "decline", "reason": "no_place", "on_day": "hier"}, "attendu AAAA-MM-JJ"),
        ({"code": "accept", "worker_id": "moi"}, "attendu un nombre"),
        ({"code": "autre"}, "Cette étape n'existe pas"),
        ({"code": "withdraw", "reason": "mistake"}, "cette étape est celle du bailleur"),
        ({"code": "recall", "reason": "objection"}, "cette étape est celle du bailleur"),
    ]
    for form, told in refused:
        answer = post(desk, at(desk, first, "/etape"), **{"on_day": DAY, **form})
        assert answer.status_code == 409
        assert told in said_on(answer)
    assert state(desk, first) == "sent"


def test_a_form_sent_twice_is_noted_once_and_one_of_an_old_page_is_refused(desk: Site, first: int) -> None:
    version = re.search(r'name="version" value="([^"]+)"', get(desk, at(desk, first)).text)
    assert version
    assert [noted(desk, first, "accept", version=version[1]).status_code for _ in range(2)] == [303, 303]
    with desk.register() as session:
        assert len(session.scalars(select(Transition).filter_by(referral_id=first, code="accept")).all()) == 1
    late = noted(desk, first, "decline", reason="no_place", version=version[1])
    assert late.status_code == 409
    assert "a avancé depuis que vous l'avez lue" in said_on(late)


def test_the_last_move_is_taken_back_by_whoever_may_and_stays_in_the_history(desk: Site, first: int) -> None:
    assert "Annuler :" not in get(desk, at(desk, first)).text
    noted(desk, first, "accept")
    assert "Annuler : accepter" in said_on(get(desk, at(desk, first)))
    assert post(desk, at(desk, first, "/annuler")).status_code == 303
    page = said_on(get(desk, at(desk, first)))
    assert "annulée" in page
    assert state(desk, first) == "sent"
    assert post(desk, at(desk, first, "/annuler")).status_code == 409


def test_of_a_recalled_fiche_only_the_recall_is_shown(desk: Site, first: int) -> None:
    noted(desk, first, "accept")
    with desk.register.begin() as session:
        recall_for(session, LANDLORD, lease(desk, first), "objection", schemes=SCHEMES, by="dpo.01", now=noon(START))
    page = said_on(get(desk, at(desk, first))).split("<main")[1]
    assert "Fiche rappelée le 02/11/2026" in page
    for word in ("Fiche d'orientation", "Historique", "identité", "Documents", "accepter", "dpo.01", "UG01", "<form"):
        assert word not in page, word
    assert get(desk, at(desk, first, "/identite")).status_code == 404
    assert noted(desk, first, "attempt", channel="visit", outcome="no_answer").status_code == 409


def test_identity_is_shown_on_demand_and_each_demand_is_in_the_log(
    desk: Site, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partnering.people, "identity", lambda *_: NOBODY)
    assert "EXEMPLE" not in get(desk, at(desk, first)).text
    piece = get(desk, at(desk, first, "/identite"), headers={"HX-Request": "true"})
    assert "EXEMPLE" in piece.text
    assert "<main" not in piece.text
    assert "EXEMPLE" in get(desk, at(desk, first, "/identite")).text
    assert desk.logged("asso.01").count(("partner_identity", "ok", lease(desk, first))) == 2
    assert ("partner_view", "ok", lease(desk, first)) in desk.logged("asso.01")


def test_no_identity_without_the_leave_of_the_convention_nor_once_all_is_over(
    desk: Site, first: int, agreed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partnering.people, "identity", lambda *_: NOBODY)
    agreed(fields=[code for code in FIELDS if code != "identity"])
    for _ in range(2):
        assert get(desk, at(desk, first, "/identite")).status_code == 404
        assert "Afficher l'identité" not in said_on(get(desk, at(desk, first)))
        agreed(fields=list(FIELDS))
        noted(desk, first, "decline", reason="no_place")


def test_a_fiche_says_what_the_convention_allows_or_why_it_no_longer_does(
    desk: Site, first: int, agreed: Callable[..., None]
) -> None:
    allowed = said_on(get(desk, at(desk, first)))
    assert "1 234,56 €" in allowed
    assert "Ce que le bailleur a tenté" in allowed
    agreed(fields=["agreement"])
    narrow = said_on(get(desk, at(desk, first)))
    assert "accord du ménage" in narrow
    assert "1 234,56 €" not in narrow
    assert "Ce que le bailleur a tenté" not in narrow
    agreed(ends_on=on(-30))
    assert "n'est plus en vigueur" in said_on(get(desk, at(desk, first)))


def test_a_measure_shows_its_signatures_and_the_reports_it_owes(desk: Site) -> None:
    declared = {"measure_ordered": True, "support_accepted": True}
    with desk.register.begin() as session:
        followed = sent(session, "avdl", declared=declared, lease=f"B{next(NUMBERS)}")
        moved(session, followed, "accept")
        moved(session, followed, "return_evaluation", goals=["rent"], actions=["fsl"])
    for party in ("menage", "association"):
        assert noted(desk, followed, "sign", document="contrat_accompagnement", party=party).status_code == 303
    page = said_on(get(desk, at(desk, followed)))
    assert "mesure en cours" in page
    assert "Commencée le" in page
    assert page.count("Contrat d'accompagnement</th>") == 2
    due = re.search(r'<select id="file_report-due_on".*?<option value="(\d{4}-\d\d-\d\d)"', page, re.DOTALL)
    assert due
    assert noted(desk, followed, "file_report", report="final", due_on=due[1]).status_code == 303
    assert "02/11/2026</td>" in said_on(get(desk, at(desk, followed))).split("Bilans</caption>")[1]


def test_places_show_ones_own_limits_and_whom_each_worker_follows(desk: Site, first: int) -> None:
    with desk.register() as session:
        worker = session.scalars(select(Worker).filter_by(organisation_id=desk.mine)).one()
    noted(desk, first, "accept", worker_id=worker.id)
    page = said_on(get(desk, f"/association/{desk.mine}/places"))
    assert "Médiation et évaluation sociale" in page
    assert re.search(rf"{worker.code}.*?n° {first}</a>", page, re.DOTALL)
    assert at(desk, desk.theirs) not in page
    assert "À servir ensuite" not in page


def test_a_document_that_is_not_of_the_associations_hand_is_not_there_and_one_that_lacks_something_says_what(
    desk: Site, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partnering.people, "identity", lambda *_: NOBODY)
    noted(desk, first, "accept")
    assert get(desk, at(desk, first, "/document/lettre_information.pdf")).status_code == 404
    answer = get(desk, at(desk, first, "/document/courrier_simple.pdf"))
    assert answer.status_code == 409
    assert "au bailleur de le compléter" in said_on(answer)
    assert "clé" not in said_on(answer)
    assert ("partner_identity", "ok", lease(desk, first)) in desk.logged("asso.01")


@pytest.fixture
def served(tmp_path: Path, fresh_register: Fresh) -> Iterator[Served]:
    settings = replace(house(tmp_path, LANDLORD), register_url=fresh_register("sqlite"))
    with serve(settings, Clock(noon(START)), {}) as running:
        with running.register.begin() as session:
            asso = partner(session)
            sent(session, "mediation")
            granted = [Granted(Role.ASSOCIATION, LANDLORD, None, asso)]
            accounts.create(session, "asso.01", "A.", "a@exemple.test", granted, noon(START))
        yield running


def test_an_association_answers_in_its_browser_without_scripts_on_a_tablet_then_asks_for_a_name(
    served: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partnering.people, "identity", lambda *_: NOBODY)
    with served.visit(browser, "asso.01", TABLET, scripts=False) as page:
        page.goto("/")
        page.get_by_role("link", name="Orientation n° 1").click()
        _note(page, "Accepter", "acceptée, contact à prendre")
        _note(page, "Noter le premier entretien", "premier entretien fait")
        page.locator("summary", has_text="Rendre l’évaluation").click()
        page.get_by_label("ouvrir ou rétablir les droits").check()
        page.get_by_label("demande au FSL").check()
        page.get_by_role("button", name="Rendre l’évaluation").click()
        expect(page.get_by_role("status")).to_contain_text("évaluation rendue")
        page.get_by_role("button", name="Annuler : rendre l’évaluation").click()
        expect(page.get_by_role("status")).to_contain_text("premier entretien fait")
    with served.visit(browser, "asso.01") as page:
        page.goto("/association")
        page.get_by_role("link", name="En cours").click()
        page.get_by_role("link", name="Orientation n° 1").click()
        page.get_by_role("link", name="Afficher l’identité").click()
        expect(page.locator("#identite")).to_contain_text("EXEMPLE")


def _note(page: Page, label: str, then: str) -> None:
    page.locator("summary", has_text=label).click()
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(then)
