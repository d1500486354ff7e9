"""Coming in and going out: by password, by invitation, by the organisation's own service; one's own account."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from riskmodel.access import invitations
from riskmodel.access.policy import Granted, Role
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import AccessEntry, User
from riskmodel.settings import Oidc, Settings
from riskmodel.web.app import create_app
from riskmodel.web.security import SESSION_COOKIE
from tests.factory import house
from tests.provider import CLIENT, SECRET, Provider, serving
from tests.unit.web.visiting import NOW, PHRASE, Clock, Visitor, settle, words

NEW = "marée haute devant le phare"


@dataclass(frozen=True)
class Place:
    settings: Settings
    register: Sessions
    clock: Clock
    visitor: Visitor

    def browser(self) -> Visitor:
        self.clock.wait(minutes=6)
        return Visitor(self.visitor.app)

    def entries(self) -> list[tuple[str | None, str]]:
        with self.register() as session:
            found = select(AccessEntry.account, AccessEntry.result).filter_by(action="sign_in").order_by(AccessEntry.seq)
            return [(account, result) for account, result in session.execute(found)]

    def invited(self, account: str) -> str:
        number = settle(self.register, account, Granted(Role.CESF, "essai"))
        with self.register.begin() as session:
            session.get_one(User, number).password_hash = None
            return invitations.invite(session, number, self.clock.now)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    settings = house(tmp_path_factory.mktemp("bailleur"), "essai")
    register, clock = open_register(settings.register_url), Clock()
    settle(register, "chef", Granted(Role.HEAD, "essai"))
    return Place(settings, register, clock, Visitor(create_app(settings, clock)))


def test_the_health_page_says_that_the_register_answers_and_nothing_else(place: Place) -> None:
    answer = place.browser().get("/sante")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "set-cookie" not in answer.headers


def test_a_password_opens_the_page_that_was_wanted(place: Place) -> None:
    visitor = place.browser()
    answer = visitor.sign_in("chef", after="/listes?semaine=2026-S44")
    assert (answer.status_code, answer.headers["location"]) == (303, "/listes?semaine=2026-S44")
    assert place.entries()[-1] == ("chef", "ok")
    assert visitor.get("/connexion?suite=/listes").headers["location"] == "/listes"


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:x", ""]
)
def test_nobody_is_sent_elsewhere_after_signing_in(place: Place, elsewhere: str) -> None:
    assert place.browser().sign_in("chef", after=elsewhere).headers["location"] == "/"


def test_a_wrong_password_an_unknown_account_and_a_locked_one_get_the_same_words(place: Place) -> None:
    settle(place.register, "verrou", Granted(Role.CESF, "essai"))
    visitor, told = place.browser(), set()
    for account in ("verrou", "personne", *["verrou"] * 5):
        answer = visitor.sign_in(account, "pas le bon mot")
        assert answer.status_code == 422
        told.add(words(answer))
    assert len(told) == 1
    assert "quart d’heure" in told.pop()
    assert visitor.sign_in("verrou").status_code == 422
    assert place.entries()[-1] == ("verrou", "locked")
    assert (None, "wrong") in place.entries(), "un compte inconnu n'est pas gardé : on y tape parfois son mot de passe"


def test_signing_out_ends_the_session_everywhere_that_the_cookie_went(place: Place) -> None:
    visitor = place.browser()
    visitor.sign_in("chef")
    stolen = visitor.cookies[SESSION_COOKIE]
    assert visitor.post("/deconnexion").headers["location"] == "/connexion"
    assert "Vous êtes déconnecté." in visitor.get("/connexion").text
    thief = Visitor(visitor.app, cookies=httpx.Cookies({SESSION_COOKIE: stolen}))
    assert thief.get("/").status_code == 303


def test_signing_in_again_does_not_keep_the_former_session(place: Place) -> None:
    visitor = place.browser()
    visitor.sign_in("chef")
    former = visitor.cookies[SESSION_COOKIE]
    visitor.post("/connexion", account="chef", password=PHRASE)
    assert Visitor(visitor.app, cookies=httpx.Cookies({SESSION_COOKIE: former})).get("/").status_code == 303
    assert visitor.get("/").status_code == 200


def test_a_session_ends_after_half_an_hour_of_silence(place: Place) -> None:
    visitor = place.browser()
    visitor.sign_in("chef")
    place.clock.wait(minutes=29)
    assert visitor.get("/").status_code == 200
    place.clock.wait(minutes=31)
    assert visitor.get("/").status_code == 303


def test_an_invitation_sets_a_password_once(place: Place) -> None:
    link = f"/invitation/{place.invited('amel.k')}"
    visitor = place.browser()
    assert "amel.k" in visitor.get(link).text
    for former, again, why in ((NEW, "autre chose", "diffèrent"), ("court", "court", "caractères")):
        answer = visitor.post(link, password=former, again=again)
        assert answer.status_code == 422
        assert why in answer.text
    assert visitor.post(link, password=NEW, again=NEW).headers["location"] == "/"
    assert visitor.get("/").status_code == 200
    spent = place.browser()
    assert "ne sert plus" in spent.get(link).text
    assert spent.post(link, csrf=spent.csrf, password=NEW, again=NEW).status_code in (403, 404)
    assert place.browser().sign_in("amel.k", NEW).status_code == 303


def test_an_unknown_invitation_says_what_to_do(place: Place) -> None:
    answer = place.browser().get("/invitation/inconnue")
    assert answer.status_code == 404
    assert "Demandez-en une nouvelle" in words(answer)


def test_ones_own_password_is_asked_before_it_is_changed_and_a_wrong_one_counts(place: Place) -> None:
    settle(place.register, "change", Granted(Role.CESF, "essai"))
    visitor = place.browser()
    visitor.sign_in("change")
    wrong = visitor.post("/mon-compte/mot-de-passe", former="pas le bon", password=NEW, again=NEW)
    assert wrong.status_code == 422
    assert "rien n’a été changé" in wrong.text
    with place.register() as session:
        assert session.scalar(select(User.failed_logins).filter_by(account="change")) == 1
    assert visitor.post("/mon-compte/mot-de-passe", former=PHRASE, password=NEW, again=NEW).headers["location"] == "/connexion"
    assert "Mot de passe changé" in visitor.get("/connexion").text
    assert place.browser().sign_in("change", NEW).status_code == 303


def test_all_of_ones_sessions_can_be_closed(place: Place) -> None:
    settle(place.register, "partout", Granted(Role.CESF, "essai", "01"))
    here, there = place.browser(), place.browser()
    here.sign_in("partout")
    there.sign_in("partout")
    page = here.get("/mon-compte")
    assert page.text.count("<tr><td>") == 2
    assert "Conseillère sociale (CESF), Bailleur essai, unité 01" in words(page)
    here.post("/mon-compte/fermer")
    assert there.get("/").status_code == 303


def test_without_a_service_of_its_own_the_organisation_is_not_offered_one(place: Place) -> None:
    assert "/oidc/" not in place.browser().get("/connexion").text
    assert place.browser().get("/oidc/entree").status_code == 404


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with serving(NOW) as served:
        yield served


@pytest.fixture(scope="module")
def hosted(place: Place, provider: Provider) -> Visitor:
    """The same register, for an organisation that has its own sign-in."""
    own = Oidc(provider.issuer, CLIENT, SECRET)
    return Visitor(create_app(replace(place.settings, oidc=own, public_url="http://vigie.test"), lambda: NOW))


def come_back(provider: Provider, visitor: Visitor) -> httpx.Response:
    """Go to the provider, who lets in, and come back."""
    sent = visitor.get("/oidc/entree").headers["location"]
    assert sent.startswith(provider.issuer)
    back = urlsplit(httpx.get(sent, trust_env=False).headers["location"])
    return visitor.get(f"{back.path}?{back.query}")


def test_the_organisations_own_service_opens_an_invited_account(place: Place, provider: Provider, hosted: Visitor) -> None:
    provider.subject, provider.email = "sujet-7", "service@exemple.test"
    place.clock.now = NOW
    place.invited("service")
    visitor = Visitor(hosted.app)
    assert "/oidc/entree" in visitor.get("/connexion").text
    assert come_back(provider, visitor).headers["location"] == "/"
    assert visitor.get("/").status_code == 200
    assert "votre mot de passe se change là-bas" in visitor.get("/mon-compte").text
    assert place.entries()[-1] == ("service", "ok")


def test_an_identity_that_nobody_invited_is_refused_with_the_next_move(place: Place, provider: Provider, hosted: Visitor) -> None:
    provider.subject, provider.email = "sujet-8", "inconnu@exemple.test"
    answer = come_back(provider, Visitor(hosted.app))
    assert answer.status_code == 403
    assert "vous inviter à votre adresse professionnelle" in words(answer)
    assert place.entries()[-1] == (None, "refused")


def test_coming_back_in_another_browser_is_refused(hosted: Visitor) -> None:
    answer = Visitor(hosted.app).get("/oidc/retour?code=x&state=y")
    assert answer.status_code == 403
    assert SESSION_COOKIE not in answer.cookies
