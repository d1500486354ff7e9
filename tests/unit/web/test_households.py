"""The page of a listed household: facts first, points after a decision, decisions that can be completed and taken back."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from riskmodel.access import accounts, log, sessions
from riskmodel.access.policy import Granted, Role
from riskmodel.casework import decisions, reviews
from riskmodel.casework.key import ListKey
from riskmodel.people import objections
from riskmodel.people.identity import Identity
from riskmodel.register import Sessions, files, households, open_register
from riskmodel.steps import people
from riskmodel.web.app import create_app
from riskmodel.web.list_rows import anchor
from riskmodel.web.security import SESSION_COOKIE
from riskmodel.weekly.freezing import freeze
from riskmodel.weekly.frozen import FrozenList, Row
from tests.factory import house
from tests.unit.documents.invented import invented
from tests.unit.documents.test_drawing import SERIES, TOLD

Told = dict[str, Any]
NOW = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
LIST = invented({"urgence": 2, "derive": 4, "decrochage": 3, "a_contacter": 1}, unit="Rives & Loire")
KEY = ListKey(LIST.landlord_id, LIST.week, LIST.management_unit)
DRIFT = LIST.tab("derive")
BASE = f"/listes/{KEY.landlord_id}/{KEY.week}/{quote(KEY.management_unit)}"
EVENTS = [
    {"on": "2026-10-12", "kind": "contact", "text": "Vers le ménage, téléphone (impayé) : sans réponse"},
    {"on": "2026-09-01", "kind": "plan", "text": "Échéance de 50 € (plan amiable) : tenue"},
]
HELD = {"current": 100, "technical": 0, "frozen": 0, "legal": 100, "benefit_gap": 0, "benefit_advance": 0}


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, who asks one page at a time."""

    app: FastAPI
    cookie: str
    csrf: str

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._ask("GET", path, headers=headers)

    def post(self, path: str, **form: str) -> httpx.Response:
        return self._ask("POST", path, data={"csrf": self.csrf, **form})

    def _ask(self, method: str, path: str, **given: object) -> httpx.Response:
        async def answer() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://vigie", cookies={SESSION_COOKIE: self.cookie}
            ) as client:
                return await client.request(method, path, **given)  # type: ignore[arg-type]

        return asyncio.run(answer())


@dataclass(frozen=True)
class Place:
    """The application on a register of its own, and who may come in."""

    app: FastAPI
    register: Sessions

    def visitor(self, account: str) -> Visitor:
        with self.register.begin() as session:
            opened = sessions.open_session(session, accounts.known(session, account).id, NOW)
        return Visitor(self.app, opened.token, opened.csrf)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return opened(tmp_path_factory.mktemp("bailleur"), LIST)


def opened(folder: Path, frozen: FrozenList, told: Told = TOLD) -> Place:
    """The application on a list, whose flagged rows have the points of `told`."""
    settings = house(folder, KEY.landlord_id)
    register = open_register(settings.register_url)
    with register.begin() as session:
        freeze(session, frozen)
        held = {row.lease_id: _file(row, told) for row in frozen.rows}
        files.save(session, KEY.landlord_id, KEY.week, KEY.management_unit, held)
        known = [(row.lease_id, row.household_id, KEY.management_unit) for row in frozen.rows]
        households.replace(session, KEY.landlord_id, LIST.as_of, [*known, ("B-jamais", "M-jamais", KEY.management_unit)])
        for account, role in (("agent", Role.CONTENTIEUX), ("ccapex", Role.CCAPEX), ("donnees", Role.DATA)):
            grants = [Granted(role, KEY.landlord_id)]
            accounts.create(session, account, account.capitalize(), f"{account}@exemple.test", grants, NOW)
    return Place(create_app(settings, lambda: NOW + timedelta(minutes=5)), register)


@pytest.fixture(scope="module")
def agent(place: Place) -> Visitor:
    return place.visitor("agent")


def _file(row: Row, told: Told) -> dict[str, object]:
    return {"series": SERIES, "timeline": EVENTS, "balances": HELD, "waterfall": [told] if row.tab == "derive" else []}


def address(row: Row) -> str:
    return f"{BASE}/{row.lease_id}"


def words(answer: httpx.Response) -> str:
    """The page as it is read, its no-break spaces plain."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_shows_facts_account_and_history(agent: Visitor) -> None:
    page = agent.get(address(DRIFT[0]))
    assert page.status_code == 200
    read = words(page)
    for expected in (f"Bail {DRIFT[0].lease_id}", "Dette courante", "Quatre soldes au 18/10/2026", "oct. 26", "sans réponse"):
        assert expected in read
    assert page.text.count("<svg") == 2
    assert page.text.count("<caption") >= 1
    assert not re.search(r'style="|<style|onclick|<script>', page.text)


def test_nothing_of_a_score_is_in_the_page_until_somebody_has_decided(place: Place, agent: Visitor) -> None:
    row = DRIFT[1]
    before = agent.get(address(row))
    assert "termes impayés sur 3" not in words(before)
    assert "seuil" not in words(before)
    assert "Les points s’affichent après votre décision" in words(before)
    assert agent.post(f"{address(row)}/decision", code="no_action").status_code == 303
    after = agent.get(address(row))
    assert "55 points sur 100" in words(after)
    assert "2 termes impayés sur 3 : 30 points." in words(after)
    assert after.text.count("<svg") == 3
    assert agent.post(f"{address(row)}/annuler").status_code == 303
    assert "55 points" not in words(agent.get(address(row)))
    with place.register() as session:
        past = decisions.history(session, KEY.landlord_id, row.lease_id)
    assert [(one.code, one.undone_by) for one in past] == [("no_action", "agent")]


def test_the_page_on_which_one_decides_does_not_depend_on_any_score(agent: Visitor, tmp_path: Path) -> None:
    """The same household with other scores, other points, another chance and no removal: the same page to the letter."""
    others = [
        replace(
            row, drift=3, decrochage=97, probability=0.9, removal=(), reasons=tuple(replace(one, points=1) for one in row.reasons)
        )
        for row in LIST.rows
    ]
    other = opened(tmp_path, replace(LIST, rows=tuple(others)), {**TOLD, "minimum": 99, "steps": []}).visitor("agent")
    for row in (DRIFT[0], LIST.tab("decrochage")[1], LIST.tab("urgence")[0]):
        pages = [one.get(address(row)).text.replace(one.csrf, "jeton") for one in (agent, other)]
        assert pages[0] == pages[1]


def test_points_are_for_whoever_may_decide(place: Place, agent: Visitor) -> None:
    """A preparer of the CCAPEX reads facts: what goes to a commission holds no score."""
    agent.post(f"{address(DRIFT[1])}/decision", code="no_action")
    assert "55 points sur 100" in words(agent.get(address(DRIFT[1])))
    read = words(place.visitor("ccapex").get(address(DRIFT[1])))
    assert "Rien à faire" in read
    assert "55 points" not in read
    agent.post(f"{address(DRIFT[1])}/annuler")


def test_opening_the_page_reads_the_row_for_whoever_may_decide(place: Place, agent: Visitor) -> None:
    row = DRIFT[2]
    assert place.visitor("ccapex").get(address(row)).status_code == 200
    assert row.lease_id in _unread(place)
    agent.get(address(row))
    assert row.lease_id not in _unread(place)


def _unread(place: Place) -> tuple[str, ...]:
    with place.register() as session:
        return reviews.progress(session, KEY).unread


def test_a_decision_without_what_it_asks_for_comes_back_as_it_was_filled_in(agent: Visitor) -> None:
    answer = agent.post(f"{address(DRIFT[2])}/decision", code="pause", reason="promise")
    assert answer.status_code == 409
    assert "Décision non enregistrée" in words(answer)
    assert "une date est attendue" in words(answer)
    assert re.search(r'value="pause" required checked', answer.text)
    assert re.search(r'value="promise" selected', answer.text)


@pytest.mark.parametrize("day", ["2027-13-01", "demain", "19/10/2027"])
def test_a_day_that_cannot_be_read_is_said_with_an_example(agent: Visitor, day: str) -> None:
    answer = agent.post(f"{address(DRIFT[2])}/decision", code="pause", reason="promise", paused_until=day)
    assert answer.status_code == 409
    assert "n’est pas une date. Écrivez-la comme 2026-11-30." in words(answer)


def test_fields_that_the_form_hides_say_nothing(place: Place, agent: Visitor) -> None:
    row = LIST.tab("urgence")[1]
    given = {"code": "call", "reason": "deadline", "paused_until": "2026-12-01"}
    assert agent.post(f"{address(row)}/decision", **given).status_code == 303
    with place.register() as session:
        decided = decisions.standing(session, KEY)[row.lease_id]
    assert (decided.reason, decided.paused_until, decided.decided_by) == ("deadline", None, "agent")


@pytest.mark.parametrize(
    ("back", "expected"),
    [("liste", f"{BASE}?onglet=derive#{anchor(DRIFT[3].lease_id)}"), ("", f"{BASE}/{DRIFT[3].lease_id}?onglet=derive")],
)
def test_a_decision_leads_back_to_where_it_was_taken(agent: Visitor, back: str, expected: str) -> None:
    answer = agent.post(f"{address(DRIFT[3])}/decision", code="no_action", retour=back, onglet="derive")
    assert answer.headers["location"] == expected
    agent.post(f"{address(DRIFT[3])}/annuler")


def test_rows_before_and_after_are_those_of_the_list(agent: Visitor) -> None:
    page = agent.get(address(DRIFT[0])).text
    assert f'rel="prev" href="{BASE}/{LIST.tab("urgence")[1].lease_id}?onglet=urgence"' in page
    assert f'rel="next" href="{BASE}/{DRIFT[1].lease_id}?onglet=derive"' in page
    assert "première ligne" in agent.get(address(LIST.tab("urgence")[0])).text


def test_an_objection_takes_reasons_points_and_decision_away_and_leaves_the_account(place: Place, agent: Visitor) -> None:
    row = LIST.tab("decrochage")[0]
    with place.register.begin() as session:
        objections.record(session, KEY.landlord_id, row.lease_id, LIST.as_of, "agent", NOW)
    page = agent.get(address(row))
    assert "s’est opposé au profilage" in words(page)
    assert 'name="code"' not in page.text
    assert "Quatre soldes" in words(page)
    assert "Décrochage, n°" not in words(page)
    neighbour = agent.get(address(LIST.tab("decrochage")[1])).text
    assert f"/{row.lease_id}?" not in neighbour


def test_a_list_older_than_household_files_still_opens(place: Place, agent: Visitor) -> None:
    old = replace(LIST, week="2026-S40", as_of=LIST.as_of - timedelta(weeks=3), monday=LIST.monday - timedelta(weeks=3))
    with place.register.begin() as session:
        freeze(session, old)
    page = agent.get(address(DRIFT[0]).replace(KEY.week, old.week))
    assert page.status_code == 200
    assert "n’ont pas été figés avec cette liste" in words(page)
    assert "Semaine 40 : dette courante de" in words(agent.get(address(DRIFT[0])))


def test_a_household_is_found_on_its_newest_list(agent: Visitor) -> None:
    answer = agent.get(f"/menages/{KEY.landlord_id}/{DRIFT[0].lease_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, address(DRIFT[0]))
    unlisted = agent.get(f"/menages/{KEY.landlord_id}/B-jamais")
    assert "figuré sur aucune liste" in words(unlisted)
    assert agent.get(f"/menages/{KEY.landlord_id}/B-inconnu").status_code == 404


def test_an_identity_is_shown_on_demand_and_the_demand_is_logged(
    place: Place, agent: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Identity(("EXEMPLE",), ("+33 1 99 00 00 00",), (), ("1 rue Inventée", "76000 VILLE"), is_represented=True)
    monkeypatch.setattr(people, "identity", lambda *_: shown)
    path = f"/menages/{KEY.landlord_id}/{DRIFT[0].lease_id}/identite"
    assert "EXEMPLE" not in agent.get(address(DRIFT[0])).text
    piece, whole = agent.get(path, **{"HX-Request": "true"}), agent.get(path)
    assert "EXEMPLE" in piece.text
    assert "<html" not in piece.text
    assert "<html" in whole.text
    assert place.visitor("donnees").get(path).status_code == 404
    with place.register() as session:
        lines = log.of_lease(session, KEY.landlord_id, DRIFT[0].lease_id)
    assert sum(line.action == "identity_view" and line.result == "ok" for line in lines) == 2


def test_the_form_alone_serves_the_list_and_reads_the_row(place: Place, agent: Visitor) -> None:
    row = LIST.tab("decrochage")[2]
    path = f"{address(DRIFT[0])}/decision"
    assert row.lease_id in _unread(place)
    assert 'name="retour" value="liste"' in agent.get(f"{address(row)}/decision", **{"HX-Request": "true"}).text
    assert row.lease_id not in _unread(place)
    assert agent.get(path).headers["location"] == f"{address(DRIFT[0])}#decision"


def test_an_approved_list_takes_no_more_decisions(place: Place, agent: Visitor) -> None:
    with place.register.begin() as session:
        for lease_id in reviews.progress(session, KEY).unread:
            reviews.read(session, KEY, lease_id, "agent", NOW)
        reviews.approve(session, KEY, "agent", NOW)
    assert 'name="code"' not in agent.get(address(DRIFT[0])).text
    answer = agent.post(f"{address(DRIFT[0])}/decision", code="no_action")
    assert answer.status_code == 409
    assert "Rouvrez-la" in words(answer)
