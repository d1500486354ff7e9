"""Sign-in through the organisation's own provider: OpenID Connect, code flow with PKCE, state and nonce.

The provider says who somebody is; the register alone says what they may do: an identity without an account is refused.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from riskmodel.access import tokens
from riskmodel.errors import AccessRefused

SCOPE = "openid email"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures by a key pair alone: an id_token signed with a shared secret, or with nothing, is refused."""
TIMEOUT = 5.0
"""Seconds the provider has for each answer."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NOT_DONE = "La connexion par le service d'identification n'a pas abouti ({}). Recommencez depuis la page de connexion."


@dataclass(frozen=True)
class Provider:
    """What the provider publishes about itself, and what it knows this application by."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None


@dataclass(frozen=True)
class Begun:
    """Where to send the browser, and what it keeps in a cookie (HttpOnly, SameSite=Lax, ten minutes) until it comes back."""

    url: str
    kept: str


@dataclass(frozen=True)
class Identity:
    """Who the provider says came; `email` only when the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


def discover(issuer: str, client_id: str, client_secret: str) -> Provider:
    """Read the provider's published configuration. Raises AccessRefused when it cannot be read, or is another issuer's."""
    told = _json(httpx.get, f"{_safe(issuer).rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise AccessRefused(NOT_DONE.format("le fournisseur répond sous un autre nom que celui de la configuration"))
    try:
        endpoints = {name: _safe(told[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    except KeyError as missing:
        raise AccessRefused(NOT_DONE.format(f"le fournisseur ne publie pas {missing}")) from missing
    return Provider(issuer, client_id, client_secret, **endpoints, userinfo_endpoint=told.get("userinfo_endpoint"))


def begin(provider: Provider, redirect_uri: str) -> Begun:
    """Start a sign-in: `redirect_uri` is the address the provider was told to send browsers back to."""
    state, nonce, verifier = tokens.new(), tokens.new(), tokens.new()
    url = prepare_grant_uri(
        provider.authorization_endpoint,
        client_id=provider.client_id,
        response_type="code",
        redirect_uri=redirect_uri,
        scope=SCOPE,
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    return Begun(url, f"{state}.{nonce}.{verifier}")


def finish(provider: Provider, redirect_uri: str, kept: str | None, answer: Mapping[str, str], now: datetime) -> Identity:
    """Who came back: `kept` is the cookie of `begin`, `answer` the query of the way back. Raises AccessRefused with a reason."""
    state, nonce, verifier = _kept(kept)
    if not hmac.compare_digest(answer.get("state", "").encode(), state.encode()):
        raise AccessRefused(NOT_DONE.format("elle a commencé dans un autre navigateur ou une autre page"))
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise AccessRefused(NOT_DONE.format("la réponse vient d'un autre fournisseur"))
    if "code" not in answer:
        raise AccessRefused(NOT_DONE.format("le service d'identification l'a refusée ou vous l'avez interrompue"))
    given = _exchange(provider, redirect_uri, answer["code"], verifier)
    claims = _claims(provider, given, nonce, now)
    about = claims if "email" in claims else claims | _userinfo(provider, given, str(claims["sub"]))
    email = about.get("email") if about.get("email_verified") is True else None
    return Identity(provider.issuer, str(claims["sub"]), str(email).strip().lower() if email else None)


def _kept(kept: str | None) -> tuple[str, str, str]:
    parts = (kept or "").split(".")
    if len(parts) != 3 or not all(parts):
        raise AccessRefused(NOT_DONE.format("elle a duré trop longtemps, ou le navigateur refuse les cookies"))
    return parts[0], parts[1], parts[2]


def _exchange(provider: Provider, redirect_uri: str, code: str, verifier: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
    secret = (quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))
    return _json(httpx.post, provider.token_endpoint, data=form, auth=secret)


def _claims(provider: Provider, given: dict[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
    """What the id_token says, once its signature, issuer, audience, times and nonce were checked."""
    try:
        keys = KeySet.import_key_set(_json(httpx.get, provider.jwks_uri))  # type: ignore[arg-type]
        token = jwt.decode(str(given["id_token"]), keys, algorithms=ALGORITHMS)
        about = {"nonce": nonce, "client_id": provider.client_id, "access_token": given.get("access_token")}
        must = {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}}
        CodeIDToken(token.claims, token.header, must, about).validate(int(now.timestamp()), LEEWAY)
    except (JoseError, KeyError, ValueError, TypeError) as fault:
        reason = getattr(fault, "claim", None) or getattr(fault, "error", None) or type(fault).__name__
        raise AccessRefused(NOT_DONE.format(f"son jeton n'est pas valable : {reason}")) from fault
    return dict(token.claims)


def _userinfo(provider: Provider, given: dict[str, Any], subject: str) -> dict[str, Any]:
    """Claims that some providers keep out of the id_token; none when they are about somebody else."""
    if not provider.userinfo_endpoint or "access_token" not in given:
        return {}
    bearer = {"Authorization": f"Bearer {given['access_token']}"}
    told = _json(httpx.get, _safe(provider.userinfo_endpoint), headers=bearer)
    return told if told.get("sub") == subject else {}


def _json(ask: Any, url: str, **sent: Any) -> dict[str, Any]:
    try:
        answer = ask(url, timeout=TIMEOUT, follow_redirects=False, verify=_trusted(), **sent)
        told = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as fault:
        raise AccessRefused(NOT_DONE.format("le service d'identification ne répond pas comme prévu")) from fault
    if not isinstance(told, dict):
        raise AccessRefused(NOT_DONE.format("le service d'identification ne répond pas comme prévu"))
    return told


@cache
def _trusted() -> SSLContext:
    """Certificates that we trust; reading them takes longer than an exchange, so it is done once."""
    return httpx.create_ssl_context()


def _safe(url: str) -> str:
    """`url` when nobody on the way can read or change what goes there: https, or this very machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise AccessRefused(NOT_DONE.format("l'adresse du fournisseur n'est pas en https"))
    return url
