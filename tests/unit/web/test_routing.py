"""The one door: nothing without an action, a token, a right; every answer protected; every refusal a French sentence."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from fastapi import Response
from sqlalchemy import select

from riskmodel.access import log
from riskmodel.access.policy import Action, Granted, Role
from riskmodel.errors import DecisionRefused, NothingKnown
from riskmodel.register import Sessions, households, open_register, organisations
from riskmodel.register.models import Organisation
from riskmodel.settings import Settings
from riskmodel.web import app as application
from riskmodel.web import entry, pages, security
from riskmodel.web.routing import Asked, Routes
from tests.factory import house
from tests.unit.web.visiting import PHRASE, Clock, Visitor, settle, words

routes = Routes()


@routes.get("/", Action.HOME)
def home(asked: Asked) -> Response:
    return asked.page("errors/429.html")


@routes.get("/nombres/{number}", Action.HOME)
def numbers(asked: Asked, number: int, day: date = date(2026, 1, 1)) -> Response:
    return Response(f"{asked.viewer.account} {number + 1} {day.year}")


@routes.get("/bail/{landlord_id}/{lease_id}", Action.HOUSEHOLD_VIEW)
def lease(asked: Asked, landlord_id: str, lease_id: str) -> Response:
    return Response(f"{asked.viewer.account} {landlord_id} {lease_id}")


@routes.get("/liste/{landlord_id}/{week}/{unit}", Action.LIST_VIEW)
def listed(asked: Asked, landlord_id: str, week: str, unit: str) -> Response:
    return Response(f"{asked.viewer.account} {landlord_id} {week} {unit}")


@routes.post("/ecrire/{landlord_id}", Action.ACCOUNT)
def write(asked: Asked, landlord_id: str) -> Response:
    organisations.declare(asked.session, "agency", landlord_id, asked.form["code"], "Agence")
    match asked.form.get("then"):
        case "refused":
            raise DecisionRefused("Code inconnu : « x ».\nChoisissez-le dans la liste.")
        case "unknown":
            raise NothingKnown("Rien à ce jour.")
        case "fault":
            raise RuntimeError("secret de la maison")
        case "overtaken":
            asked.session.add(Organisation(kind="agency", landlord_id=landlord_id, code=asked.form["code"], name="Autre"))
    return asked.go("/", "C’est écrit.")


@routes.post("/plusieurs", Action.ACCOUNT)
def several(asked: Asked) -> Response:
    return Response(" ".join(asked.several["case"]) + "|" + asked.form["case"])


@dataclass(frozen=True)
class Place:
    settings: Settings
    register: Sessions
    visitor: Visitor
    clock: Clock

    def codes(self) -> list[str]:
        with self.register() as session:
            return list(session.scalars(select(Organisation.code).order_by(Organisation.code)))

    def last(self) -> log.Entry:
        with self.register() as session:
            return log.recent(session, "essai", 1)[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    settings = house(tmp_path_factory.mktemp("bailleur"), "essai")
    register = open_register(settings.register_url)
    with register.begin() as session:
        households.replace(session, "essai", date(2026, 11, 1), [("B1", "M1", "01"), ("B2", "M2", "02")])
    settle(register, "agent", Granted(Role.CONTENTIEUX, "essai", "01"))
    settle(register, "chef", Granted(Role.HEAD, "essai"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "ROOMS", (entry, SimpleNamespace(routes=routes)))
        clock = Clock()
        app = application.create_app(settings, clock)
    return Place(settings, register, Visitor(app), clock)


@pytest.fixture
def chef(place: Place) -> Visitor:
    return signed_in(place, "chef")


def signed_in(place: Place, account: str) -> Visitor:
    place.clock.wait(seconds=40)
    visitor = Visitor(place.visitor.app)
    assert visitor.sign_in(account).status_code == 303
    visitor.csrf = re.findall(r'"X-CSRF-Token": "([^"]+)"', visitor.get("/").text)[0]
    return visitor


def test_a_route_cannot_be_declared_without_an_action() -> None:
    with pytest.raises(TypeError):
        Routes().get("/sans")  # type: ignore[call-arg]


def test_a_view_gets_its_own_parameters_typed(chef: Visitor) -> None:
    assert chef.get("/nombres/41?day=2025-03-01").text == "chef 42 2025"
    assert chef.get("/nombres/quarante").status_code == 404
    assert "Il n’y a rien à cette adresse" in chef.get("/nombres/41?day=hier").text


def test_every_value_of_a_field_sent_several_times_is_kept(chef: Visitor) -> None:
    assert chef.post("/plusieurs", case=["a", "b"]).text == "a b|b"


def test_whoever_is_not_signed_in_is_sent_to_the_form_and_comes_back_after(place: Place) -> None:
    visitor = Visitor(place.visitor.app)
    answer = visitor.get("/nombres/3?day=2026-02-01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion?suite=/nombres/3%3Fday%3D2026-02-01")
    visitor.get(answer.headers["location"])
    assert visitor.post("/connexion", account="chef", password=PHRASE, suite="/nombres/3").status_code == 303


def test_a_piece_of_page_asked_without_a_session_sends_the_whole_page_to_the_form(place: Place) -> None:
    answer = Visitor(place.visitor.app).get("/nombres/3", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/connexion")


def test_an_act_is_written_logged_and_said_once_on_the_next_page(place: Place, chef: Visitor) -> None:
    assert chef.post("/ecrire/essai", code="A1").headers["location"] == "/"
    assert "A1" in place.codes()
    assert (place.last().account, place.last().action, place.last().result) == ("chef", "account", "ok")
    assert "C’est écrit." in chef.get("/").text
    assert "C’est écrit." not in chef.get("/").text


def test_what_is_said_cannot_be_forged(chef: Visitor) -> None:
    chef.cookies.set(security.FLASH_COOKIE, security.sealed("Votre compte est fermé.", "autre clé"), domain="vigie.test")
    assert "Votre compte est fermé" not in chef.get("/").text


@pytest.mark.parametrize("token", ["", "faux"])
def test_a_form_without_the_sessions_token_changes_nothing(place: Place, chef: Visitor, token: str) -> None:
    answer = chef.post("/ecrire/essai", code="A2", csrf=token)
    assert answer.status_code == 403
    assert "Ce formulaire n’est plus valable" in answer.text
    assert "A2" not in place.codes()
    assert place.last().result == "refused"


def test_the_token_of_another_session_is_not_enough(place: Place, chef: Visitor) -> None:
    other = signed_in(place, "agent")
    assert chef.post("/ecrire/essai", code="A3", csrf=other.csrf).status_code == 403


def test_the_token_may_come_in_the_header_that_htmx_sends(chef: Visitor) -> None:
    assert chef.post("/ecrire/essai", code="A4", csrf="", headers={"X-CSRF-Token": chef.csrf}).status_code == 303


@pytest.mark.parametrize(
    ("then", "status", "said"),
    [
        ("refused", 409, "Choisissez-le dans la liste."),
        ("unknown", 404, "Rien à ce jour."),
        ("overtaken", 409, "Quelqu’un a enregistré autre chose au même moment"),
        ("fault", 500, "La page n’a pas pu être faite"),
    ],
)
def test_an_act_that_is_refused_or_fails_leaves_nothing_and_says_why(
    place: Place, chef: Visitor, then: str, status: int, said: str
) -> None:
    answer = chef.post("/ecrire/essai", code=f"B-{then}", then=then)
    assert answer.status_code == status
    assert said in words(answer).replace("\u00a0", " ")
    assert "secret de la maison" not in answer.text
    assert f"B-{then}" not in place.codes()


def test_htmx_gets_the_refusal_alone(chef: Visitor) -> None:
    answer = chef.post("/ecrire/essai", code="C", then="refused", headers={"HX-Request": "true"})
    assert answer.text.startswith('<div class="refused"')


def test_a_household_of_another_unit_and_one_that_does_not_exist_give_the_same_page(place: Place) -> None:
    agent = signed_in(place, "agent")
    assert agent.get("/bail/essai/B1").text == "agent essai B1"
    elsewhere, nowhere = agent.get("/bail/essai/B2"), agent.get("/bail/essai/B3")
    assert (elsewhere.status_code, nowhere.status_code) == (404, 404)
    assert elsewhere.text == nowhere.text


def test_every_reading_of_a_household_is_logged_and_a_refused_one_too(place: Place) -> None:
    agent = signed_in(place, "agent")
    seen = []
    for lease_id in ("B1", "B2", "Dupont"):
        agent.get(f"/bail/essai/{lease_id}")
        seen.append((place.last().lease_id, place.last().management_unit, place.last().result))
    assert seen == [("B1", "01", "ok"), ("B2", "02", "denied"), (None, None, "denied")]


def test_opening_a_list_of_households_is_logged_with_its_unit(place: Place, chef: Visitor) -> None:
    assert chef.get("/liste/essai/2026-S44/02").text == "chef essai 2026-S44 02"
    assert (place.last().action, place.last().management_unit, place.last().result) == ("list_view", "02", "ok")


def test_a_unit_may_have_a_slash_in_its_name(place: Place, chef: Visitor) -> None:
    assert chef.get("/liste/essai/2026-S44/Nord%2FSud").text == "chef essai 2026-S44 Nord/Sud"
    assert place.last().management_unit == "Nord/Sud"
    assert chef.get("/liste/essai/2026-S44/Nord/Sud").status_code == 404


def test_a_page_asked_before_signing_in_keeps_the_slash_of_its_unit(place: Place) -> None:
    nobody = Visitor(place.visitor.app)
    sent = nobody.get("/liste/essai/2026-S44/Nord%2FSud").headers["Location"]
    wanted = unquote(sent.partition("suite=")[2])
    assert signed_in(place, "chef").get(wanted).text == "chef essai 2026-S44 Nord/Sud"


def test_a_landlord_that_only_an_address_names_is_not_kept_in_the_log(place: Place, chef: Visitor) -> None:
    assert chef.post("/ecrire/Martin-Dupont", code="Z").status_code == 403
    with place.register() as session:
        assert not log.recent(session, "Martin-Dupont", 1)
        assert log.verify(session) is None


def test_every_answer_is_protected_whatever_it_is(chef: Visitor) -> None:
    for path in ("/", "/rien", "/connexion", "/bail/essai/B9", "/static/app.css"):
        answer = chef.get(path)
        assert {name: answer.headers[name] for name in security.HEADERS} == security.HEADERS, path
    policy = security.HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_pages_are_never_kept_by_a_browser_and_static_files_are(chef: Visitor) -> None:
    assert chef.get("/").headers["cache-control"] == "no-store"
    address = re.findall(r'href="(/static/app\.css\?v=\w+)"', chef.get("/").text)[0]
    assert "immutable" in chef.get(address).headers["cache-control"]
    assert chef.get("/static/absent.css").headers["cache-control"] == "no-store"


def test_a_body_that_is_too_long_is_refused(chef: Visitor) -> None:
    answer = chef.post("/ecrire/essai", code="x" * (security.LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


def test_cookies_are_out_of_reach_of_scripts_and_secure_by_https(place: Place) -> None:
    plain, secure = Visitor(place.visitor.app), Visitor(place.visitor.app, "https://vigie.test")
    for visitor in (plain, secure):
        visitor.get("/connexion")
        answer = visitor.post("/connexion", account="chef", password=PHRASE)
        for cookie in answer.headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie
            assert ("Secure" in cookie) == (visitor is secure)
        assert ("strict-transport-security" in answer.headers) == (visitor is secure)


def test_too_many_attempts_are_slowed_down(place: Place) -> None:
    settle(place.register, "essais", Granted(Role.CESF, "essai"))
    visitor = Visitor(place.visitor.app)
    visitor.get("/connexion")
    statuses = [visitor.post("/connexion", account="essais", password="x").status_code for _ in range(12)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_the_templates_hold_no_script_no_style_and_no_handler_of_their_own() -> None:
    """The content security policy would not run them."""
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:|hx-on", re.IGNORECASE)
    templates = sorted((Path(pages.HERE) / "templates").rglob("*.html"))
    assert templates
    guilty = {path.name: found for path in templates if (found := inline.findall(path.read_text(encoding="utf-8")))}
    assert not guilty


def test_what_is_vendored_comes_with_its_licence() -> None:
    assert (pages.STATIC / "htmx.min.js").is_file()
    assert "Permission to use" in (pages.STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")
