"""Coming in by the organisation's own service, through the real application and a provider on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from riskmodel.access import accounts, identities, invitations, log
from riskmodel.access.policy import Granted, Role
from riskmodel.register import Sessions, open_register
from riskmodel.settings import Oidc
from riskmodel.web.app import create_app
from riskmodel.web.entry import OIDC_COOKIE
from riskmodel.web.security import SESSION_COOKIE
from tests.factory import house
from tests.provider import CLIENT, SECRET, Provider, serving
from tests.web.door import NOW, Caller, calling


@dataclass(frozen=True)
class House:
    """The application, its provider and its register, where one account was invited."""

    call: Caller
    provider: Provider
    register: Sessions

    def leave(self) -> tuple[str, str]:
        """Where the browser is sent, and the cookie it keeps."""
        answer = self.call("GET", "/oidc/entree")
        assert answer.status_code == 303
        return answer.headers["Location"], answer.cookies[OIDC_COOKIE]

    def come_back(self, cookie: str, url: str) -> httpx.Response:
        """What the application says to the browser that the provider sent back."""
        back = urlsplit(httpx.get(url, verify=False).headers["Location"])
        return self.call("GET", f"{back.path}?{back.query}", headers={"Cookie": f"{OIDC_COOKIE}={cookie}"})

    def results(self) -> list[str]:
        """Results of the sign-ins in the log."""
        with self.register() as session:
            return [entry.result for entry, _ in log._lines(session) if entry.action == "sign_in"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[House]:
    with serving(NOW) as provider:
        own = Oidc(provider.issuer, CLIENT, SECRET)
        settings = replace(house(tmp_path), public_url="https://vigie.oph.example", oidc=own)
        register = open_register(settings.register_url)
        with register.begin() as session:
            user = accounts.create(session, "amel.k", "Amel K.", provider.email, [Granted(Role.DPO, "essai")], NOW)
            invitations.invite(session, user.id, NOW)
        with calling(create_app(settings, lambda: NOW)) as call:
            yield House(call, provider, register)


def test_somebody_invited_comes_in_and_is_known_from_then_on(place: House) -> None:
    for _ in range(2):
        url, cookie = place.leave()
        answer = place.come_back(cookie, url)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        session = f"{SESSION_COOKIE}={answer.cookies[SESSION_COOKIE]}"
        assert place.call("GET", "/", headers={"Cookie": session}).status_code == 200
    assert place.results() == ["ok", "ok"]


def test_the_sign_in_page_offers_the_organisations_service(place: House) -> None:
    assert "/oidc/entree" in place.call("GET", "/connexion").text


def test_an_unknown_identity_is_refused_with_whom_to_ask(place: House) -> None:
    place.provider.subject, place.provider.email = "sujet-2", "inconnu@oph.example"
    url, cookie = place.leave()
    answer = place.come_back(cookie, url)
    assert answer.status_code == 403
    assert "aucun compte de Vigie Bail" in answer.text
    assert SESSION_COOKIE not in answer.cookies
    assert "inconnu@oph.example" not in answer.text
    assert identities.UNKNOWN.split(".")[0] in answer.text
    assert place.results() == ["refused"]


def test_a_token_with_another_nonce_is_refused_and_opens_nothing(place: House) -> None:
    place.provider.claims = {"nonce": "un autre"}
    url, cookie = place.leave()
    answer = place.come_back(cookie, url)
    assert (answer.status_code, SESSION_COOKIE in answer.cookies) == (403, False)


def test_an_answer_meant_for_another_browser_is_refused(place: House) -> None:
    (url, _), (_, other) = place.leave(), place.leave()
    answer = place.come_back(other, url)
    assert (answer.status_code, SESSION_COOKIE in answer.cookies) == (403, False)
    assert "un autre navigateur" in answer.text


def test_cookies_come_by_https_alone_once_the_public_address_is(place: House) -> None:
    answer = place.call("GET", "/oidc/entree")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_provider_that_is_down_is_said_on_the_sign_in_page(place: House) -> None:
    place.provider.told = {"issuer": "https://ailleurs.example"}
    answer = place.call("GET", "/oidc/entree")
    assert answer.status_code == 503
    assert "sous un autre nom" in answer.text


def test_the_secret_and_the_tokens_are_in_no_page_and_no_cookie(place: House) -> None:
    url, cookie = place.leave()
    answer = place.come_back(cookie, url)
    for kept in (str(answer.headers), answer.text, url, cookie):
        assert SECRET not in kept
        assert "acces-1" not in kept
