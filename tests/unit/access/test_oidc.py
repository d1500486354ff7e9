"""Sign-in through a provider: only its own signature, for this application, this browser, now, opens the way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey, OctKey

from riskmodel.access import oidc
from riskmodel.access.oidc import Identity
from riskmodel.errors import AccessRefused
from tests.provider import CLIENT, SECRET, Provider, serving
from tests.unit.access.monday import NOW

BACK = "https://vigie.oph.example/oidc/retour"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving(NOW) as served:
        yield served


def discovered(provider: Provider) -> oidc.Provider:
    return oidc.discover(provider.issuer, CLIENT, SECRET)


def come_back(begun: oidc.Begun) -> dict[str, str]:
    """What the browser brings back once the provider has let the person in."""
    return dict(parse_qsl(urlsplit(httpx.get(begun.url, verify=False).headers["Location"]).query))


def sign_in(provider: Provider, **answer: Any) -> Identity:
    known = discovered(provider)
    begun = oidc.begin(known, BACK)
    return oidc.finish(known, BACK, begun.kept, come_back(begun) | answer, NOW)


def test_who_the_provider_signs_for_comes_in_with_a_verified_address(provider: Provider) -> None:
    provider.email = "Amel.K@OPH.example"
    assert sign_in(provider) == Identity(provider.issuer, "sujet-1", "amel.k@oph.example")


def test_an_address_that_was_not_verified_is_not_kept(provider: Provider) -> None:
    for said in (False, "true", None):
        provider.claims = {"email_verified": said}
        assert sign_in(provider).email is None


def test_the_browser_is_sent_with_a_challenge_a_state_and_a_nonce_and_without_the_secret(provider: Provider) -> None:
    begun = oidc.begin(discovered(provider), BACK)
    sent = dict(parse_qsl(urlsplit(begun.url).query))
    assert sent["code_challenge_method"] == "S256"
    assert sent["scope"] == "openid email"
    assert {"state", "nonce", "code_challenge"} <= set(sent)
    verifier = begun.kept.split(".")[2]
    assert verifier not in begun.url
    assert SECRET not in begun.url
    assert oidc.begin(discovered(provider), BACK).kept != begun.kept


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "un autre"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "une-autre-application"}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": [CLIENT, "une-autre"], "azp": "une-autre"}, "azp"),
        ({"iss": "https://ailleurs.example"}, "iss"),
        ({"exp": int((NOW - timedelta(minutes=2)).timestamp())}, "exp"),
        ({"iat": int((NOW + timedelta(minutes=9)).timestamp())}, "iat"),
        ({"nbf": int((NOW + timedelta(minutes=9)).timestamp())}, "nbf"),
        ({"sub": None}, "sub"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "at_hash"),
    ],
)
def test_a_token_for_somebody_else_somewhere_else_or_some_other_time_is_refused(
    provider: Provider, claims: dict[str, Any], why: str
) -> None:
    provider.claims = claims
    with pytest.raises(AccessRefused, match=why):
        sign_in(provider)


@pytest.mark.parametrize(
    "signs_with",
    [
        ("ES256", ECKey.generate_key("P-256", {"kid": "cle-1"})),
        ("HS256", OctKey.import_key(SECRET)),
    ],
    ids=["another key", "the shared secret"],
)
def test_a_token_signed_otherwise_is_refused(provider: Provider, signs_with: tuple[str, Any]) -> None:
    provider.signs_with = signs_with
    with pytest.raises(AccessRefused, match="jeton n'est pas valable"):
        sign_in(provider)


def test_a_token_that_nobody_signed_is_refused(provider: Provider) -> None:
    provider.is_unsigned = True
    with pytest.raises(AccessRefused, match="jeton n'est pas valable"):
        sign_in(provider)


def test_an_answer_with_another_state_is_refused(provider: Provider) -> None:
    with pytest.raises(AccessRefused, match="un autre navigateur"):
        sign_in(provider, state="un autre")


def test_an_answer_of_another_provider_is_refused(provider: Provider) -> None:
    with pytest.raises(AccessRefused, match="un autre fournisseur"):
        sign_in(provider, iss="https://ailleurs.example")


@pytest.mark.parametrize("kept", [None, "", "a.b", "..", "a.b.c.d"])
def test_without_the_cookie_of_the_beginning_nobody_comes_in(provider: Provider, kept: str | None) -> None:
    with pytest.raises(AccessRefused, match="cookies"):
        oidc.finish(discovered(provider), BACK, kept, {"code": "x", "state": ""}, NOW)


def test_a_refusal_of_the_provider_is_told(provider: Provider) -> None:
    known = discovered(provider)
    begun = oidc.begin(known, BACK)
    with pytest.raises(AccessRefused, match="vous l'avez interrompue"):
        oidc.finish(known, BACK, begun.kept, {"error": "access_denied", "state": begun.kept.split(".")[0]}, NOW)


def test_a_code_serves_once_and_only_with_its_own_verifier(provider: Provider) -> None:
    known = discovered(provider)
    begun = oidc.begin(known, BACK)
    answer = come_back(begun)
    oidc.finish(known, BACK, begun.kept, answer, NOW)
    with pytest.raises(AccessRefused, match="ne répond pas comme prévu"):
        oidc.finish(known, BACK, begun.kept, answer, NOW)
    state, nonce, _ = begun.kept.split(".")
    with pytest.raises(AccessRefused, match="ne répond pas comme prévu"):
        oidc.finish(known, BACK, f"{state}.{nonce}.un-autre", come_back(begun), NOW)


def test_a_wrong_secret_is_refused(provider: Provider) -> None:
    known = oidc.discover(provider.issuer, CLIENT, "un autre")
    begun = oidc.begin(known, BACK)
    with pytest.raises(AccessRefused, match="ne répond pas comme prévu"):
        oidc.finish(known, BACK, begun.kept, come_back(begun), NOW)


def test_an_address_kept_out_of_the_token_is_asked_for_when_it_is_about_the_same_person(provider: Provider) -> None:
    provider.claims = {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "sujet-1", "email": "amel.k@oph.example", "email_verified": True}
    assert sign_in(provider).email == "amel.k@oph.example"
    provider.userinfo["sub"] = "sujet-2"
    assert sign_in(provider).email is None


def test_a_provider_under_another_name_or_without_an_endpoint_or_in_clear_is_refused(provider: Provider) -> None:
    provider.told = {"issuer": "https://ailleurs.example"}
    with pytest.raises(AccessRefused, match="sous un autre nom"):
        discovered(provider)
    provider.told = {"token_endpoint": "http://ailleurs.example/jeton"}
    with pytest.raises(AccessRefused, match="pas en https"):
        discovered(provider)
    with pytest.raises(AccessRefused, match="pas en https"):
        oidc.discover("http://ailleurs.example", CLIENT, SECRET)


def test_a_provider_that_does_not_answer_is_said_so() -> None:
    with serving(NOW) as gone:
        pass
    with pytest.raises(AccessRefused, match="ne répond pas comme prévu"):
        discovered(gone)


def test_the_secret_is_in_no_representation(provider: Provider) -> None:
    assert SECRET not in repr(discovered(provider))
