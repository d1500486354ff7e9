"""The home page of each role: what needs them today, dated, never a score; and the cases that wait."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from riskmodel.access.policy import Granted, Role
from riskmodel.casework import cases, decisions, reviews
from riskmodel.casework.key import ListKey
from riskmodel.ccapex import cases as commission
from riskmodel.ccapex import sessions
from riskmodel.register import Sessions, deliveries, households, open_register, organisations, tables
from riskmodel.register.models import Correction
from riskmodel.register.runs import note
from riskmodel.web.app import create_app
from riskmodel.weekly.freezing import freeze
from tests import lawful
from tests.factory import house
from tests.registers import KINDS, Fresh
from tests.unit.documents.invented import invented
from tests.unit.web.visiting import Clock, Visitor, settle, stop, words

LANDLORD, MINE, OTHER, WEEK = "exemple-habitat", "Rives", "Coteau", "2026-S43"
MONDAY = datetime(2026, 10, 19, 7, 0, tzinfo=UTC)
KEY = ListKey(LANDLORD, WEEK, MINE)


LIST = invented({"urgence": 3, "derive": 3, "decrochage": 1}, unit=MINE)
ELSEWHERE = invented({"urgence": 1, "derive": 2}, unit=OTHER)
URGENT, DRIFT = LIST.tab("urgence"), LIST.tab("derive")


def at_stake() -> list[lawful.Values]:
    """A missed clause and two hearings in one unit, a missed clause in the other."""
    days = (None, date(2026, 10, 25), date(2026, 11, 20))
    mine = [lawful.pressing(row.lease_id, MINE, n + 1, f"Enjeu {n}.", days[n]) for n, row in enumerate(URGENT)]
    return [*mine, lawful.pressing(ELSEWHERE.rows[0].lease_id + "-autre", OTHER, 4, "Enjeu 3.")]


@dataclass(frozen=True)
class Place:
    register: Sessions
    clock: Clock
    app: Visitor

    def signed_in(self, account: str) -> Visitor:
        self.clock.wait(minutes=2)
        visitor = Visitor(self.app.app)
        visitor.sign_in(account)
        return visitor

    def open_cases(self) -> list[cases.CaseView]:
        with self.register() as session:
            return cases.open_cases(session, [Granted(Role.HEAD, LANDLORD).place], MONDAY.date())


@pytest.fixture(scope="module", params=KINDS)
def place(request: pytest.FixtureRequest, fresh_register: Fresh, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    declared = house(tmp_path_factory.mktemp("bailleur"), LANDLORD, "vide")
    settings = replace(declared, register_url=fresh_register(request.param))
    register, clock = open_register(settings.register_url), Clock(MONDAY)
    with register.begin() as session:
        freeze(session, LIST)
        freeze(session, ELSEWHERE)
        known = [(row.lease_id, row.household_id, unit.management_unit) for unit in (LIST, ELSEWHERE) for row in unit.rows]
        households.replace(session, LANDLORD, LIST.as_of, {lease: (lease, home, unit) for lease, home, unit in known}.values())
        lawful.keep(session, LANDLORD, LIST.as_of, *at_stake())
        deliveries.keep_accepted(session, LANDLORD, date(2026, 10, 18), "full", "a" * 64, 1, {}, {})
        decisions.decide(session, KEY, DRIFT[0].lease_id, "call", reason="debt_grows", paused_until=None, by="agent", now=MONDAY)
        reviews.read(session, KEY, DRIFT[0].lease_id, "agent", MONDAY)
    settle(register, "agent", Granted(Role.CONTENTIEUX, LANDLORD, MINE))
    settle(register, "chef", Granted(Role.HEAD, LANDLORD))
    settle(register, "adjoint", Granted(Role.HEAD, LANDLORD, MINE))
    settle(register, "donnees", Granted(Role.DATA, LANDLORD))
    settle(register, "dpo", Granted(Role.DPO, LANDLORD))
    with register.begin() as session:
        partner = organisations.declare(session, "association", LANDLORD, "asso", "Association d’essai")
    settle(register, "partenaire", Granted(Role.ASSOCIATION, LANDLORD, None, partner))
    settle(register, "nouveau", Granted(Role.HEAD, "vide"))
    app = create_app(settings, clock)
    yield Place(register, clock, Visitor(app))
    stop(app)
    register.engine.dispose()


def test_a_reviewer_sees_the_state_of_their_own_list_and_no_other(place: Place) -> None:
    page = words(place.signed_in("agent").get("/"))
    assert "Semaine 2026-S43, lundi 19/10/2026 (aujourd’hui)" in page
    assert "0 liste validée, 1 en cours, 0 pas commencée" in page
    assert "1 sur 7" in page
    assert OTHER not in page
    assert "Données synthétiques : aucun ménage réel." in page


def test_rights_at_stake_come_in_the_order_of_the_law_with_their_day(place: Place) -> None:
    page = words(place.signed_in("agent").get("/"))
    order = [page.index(f"Enjeu {number}.") for number in (0, 1, 2)]
    assert order == sorted(order)
    assert "sans attendre" in page
    assert "25/10/2026 dans 6 jours" in page
    assert "Enjeu 3." not in page
    assert f"/echeances/{LANDLORD}/{URGENT[0].lease_id}" in place.signed_in("agent").get("/").text
    start, place.clock.now = place.clock.now, datetime(2026, 10, 27, 8, 0, tzinfo=UTC)
    assert "Dépassée 25/10/2026" in words(place.signed_in("agent").get("/"))
    place.clock.now = start


def test_who_prepares_sessions_sees_those_that_come_and_nobody_of_one_unit_does(place: Place) -> None:
    now = MONDAY
    with place.register.begin() as session:
        number = sessions.open_(session, LANDLORD, "ctpe", date(2026, 11, 5), date(2026, 10, 30), "chef", now)
        commission.choose(session, number, [DRIFT[0].lease_id], "hand", "chef", now)
    page = words(place.signed_in("chef").get("/"))
    assert "Séances CCAPEX" in page
    assert "commission technique (CTPE) 30/10/2026, dans 11 jours 0 sur 1" in page
    assert "Séances CCAPEX" not in words(place.signed_in("adjoint").get("/"))


def test_rights_at_stake_are_of_the_viewers_units_alone(place: Place) -> None:
    assert "Enjeu 3." in words(place.signed_in("chef").get("/"))
    assert "Droits en jeu" not in words(place.signed_in("donnees").get("/"))
    assert "Aucune nuit n’a encore lu les échéances de la loi" in words(place.signed_in("nouveau").get("/"))


def test_no_score_is_on_the_home_page(place: Place) -> None:
    page = words(place.signed_in("chef").get("/"))
    assert "score" not in page.lower()
    assert "points" not in page.lower()


def test_an_old_list_is_shown_with_its_age_and_said_to_be_old(place: Place) -> None:
    start, place.clock.now = place.clock.now, datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
    page = words(place.signed_in("agent").get("/"))
    assert "La liste de cette semaine n’est pas là." in page
    assert "il y a 22 jours" in page
    assert "Données du 18/10/2026, vieilles de 23 jours." in page
    place.clock.now = start


def test_a_refused_delivery_cannot_be_missed_on_any_page(place: Place) -> None:
    chef = place.signed_in("chef")
    assert "a été refusée" not in chef.get("/dossiers").text
    with place.register.begin() as session:
        deliveries.keep_refused(session, LANDLORD, date(2026, 10, 19), "incremental", "b" * 64, {"refusals": ["truncated"]})
    for path in ("/", "/dossiers", "/mon-compte", "/listes"):
        assert "La livraison du 19/10/2026 a été refusée" in chef.get(path).text, path
    assert "a été refusée" not in place.signed_in("nouveau").get("/").text


def test_a_night_that_stopped_and_a_table_that_waits_are_told_to_those_who_can_act(place: Place) -> None:
    with place.register.begin() as session:
        note(session, LANDLORD, date(2026, 10, 18), "receive", "failed", {"message": "Livraison refusée."})
        tables.propose(session, LANDLORD, "derive", "2026-10-18", "d" * 64, "…", date(2026, 10, 18))
        noted = {"landlord_id": LANDLORD, "lease_id": "B-1", "opened_on": MONDAY.date(), "recorded_at": MONDAY}
        session.add(Correction(**noted, fact="debt", stated={}, claimed={}, recorded_by="agent"))
    seen = {account: words(place.signed_in(account).get("/")) for account in ("agent", "adjoint", "chef", "donnees", "dpo")}
    assert {name for name, page in seen.items() if "réception, arrêté. Livraison refusée." in page} == {"chef", "donnees"}
    assert {name for name, page in seen.items() if "derive-2026-10-18" in page} == {"chef"}
    assert {name for name, page in seen.items() if "1 demande de rectification" in page} == {"chef", "dpo"}


def test_empty_pages_tell_what_to_do(place: Place) -> None:
    assert "Orientations reçues" in words(place.signed_in("partenaire").get("/"))
    new = place.signed_in("nouveau")
    assert "Aucune liste n’a encore été figée" in words(new.get("/"))
    assert "Déposez une première livraison complète." in words(new.get("/"))
    assert "Une décision « appeler »" in words(new.get("/dossiers"))


def test_the_menu_offers_what_the_viewer_may_do(place: Place) -> None:
    team = {"Accueil", "Listes", "Dossiers", "Échéances", "Droits"}
    menus = {
        "agent": team,
        "chef": team | {"Administration"},
        "donnees": {"Accueil", "Administration"},
        "partenaire": {"Accueil"},
    }
    for account, expected in menus.items():
        page = words(place.signed_in(account).get("/")).split("Données synthétiques")[0]
        assert {label for label in (*team, "Administration") if f" {label} " in page} == expected, account


def test_a_case_is_taken_given_back_and_closed_with_an_end_of_the_list(place: Place) -> None:
    agent = place.signed_in("agent")
    (case,) = place.open_cases()
    where = f"/dossiers/{LANDLORD}/{MINE}/{case.case_id}"
    page = agent.get("/dossiers")
    assert case.lease_id in page.text
    assert agent.post(f"{where}/prendre").status_code == 303
    assert "À vous" in agent.get("/dossiers").text
    assert place.open_cases()[0].assigned_to == "agent"
    assert case.lease_id in agent.get("/dossiers?a_moi=1").text
    assert agent.post(f"{where}/rendre").status_code == 303
    assert "Aucun dossier ne répond à ce filtre" in agent.get("/dossiers?a_moi=1").text
    refused = agent.post(f"{where}/clore", end="oublié")
    assert refused.status_code == 409
    assert "n’est pas une fin de dossier" in refused.text
    assert agent.post(f"{where}/clore", end="done").status_code == 303
    assert not place.open_cases()


def test_a_case_cannot_be_closed_through_the_address_of_another_unit(place: Place) -> None:
    with place.register.begin() as session:
        key = ListKey(LANDLORD, WEEK, OTHER)
        row = ELSEWHERE.tab("derive")[0]
        decisions.decide(session, key, row.lease_id, "call", reason="debt_grows", paused_until=None, by="chef", now=MONDAY)
    agent = place.signed_in("agent")
    before = place.open_cases()
    (case,) = (case for case in before if case.management_unit == OTHER)
    assert case.lease_id not in agent.get("/dossiers").text
    assert agent.post(f"/dossiers/{LANDLORD}/{quote(OTHER)}/{case.case_id}/clore", end="done").status_code == 403
    assert agent.post(f"/dossiers/{LANDLORD}/{MINE}/{case.case_id}/clore", end="done").status_code == 404
    assert place.open_cases() == before
