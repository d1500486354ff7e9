"""A small OpenID provider on loopback that does what real ones do (code, PKCE, secret, signed tokens), and lies when told to."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

CLIENT, SECRET = "vigie-bail", "un secret: plein de % & de signes"


@dataclass
class Provider:
    """One provider. `claims` overrides what its tokens say; `signs_with` what signs them; `told` what it publishes."""

    issuer: str = ""
    subject: str = "sujet-1"
    email: str = "amel.k@oph.example"
    is_verified: bool = True
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "cle-1", "use": "sig"}))
    signs_with: tuple[str, Any] | None = None
    is_unsigned: bool = False
    now: datetime | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """What is published at the well-known address."""
        paths = {"authorization_endpoint": "entree", "token_endpoint": "jeton", "jwks_uri": "cles", "userinfo_endpoint": "moi"}
        return {"issuer": self.issuer} | {name: f"{self.issuer}/{path}" for name, path in paths.items()} | self.told

    def authorise(self, asked: dict[str, str]) -> str:
        """Sign the person in without asking, and send the browser back with a code."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def token(self, form: dict[str, str], secret: str) -> dict[str, Any] | None:
        """Exchange a code for tokens, once, for the client that began and proves it; None otherwise."""
        begun = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        same = begun and begun["code_challenge"] == challenge and begun["redirect_uri"] == form["redirect_uri"]
        if not same or begun is None or secret != f"{CLIENT}:{SECRET}" or begun["code_challenge_method"] != "S256":
            return None
        return {"access_token": "acces-1", "token_type": "Bearer", "id_token": self._id_token(begun["nonce"])}

    def _id_token(self, nonce: str) -> str:
        assert self.now
        times = {"iat": int(self.now.timestamp()), "exp": int((self.now + timedelta(minutes=5)).timestamp())}
        person = {"sub": self.subject, "email": self.email, "email_verified": self.is_verified}
        claims = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, **times, **person, **self.claims}
        said = {name: value for name, value in claims.items() if value is not None}
        if self.is_unsigned:
            return ".".join([*(_part(part) for part in ({"alg": "none"}, said)), ""])
        algorithm, key = self.signs_with or ("ES256", self.key)
        return jwt.encode({"alg": algorithm, "kid": "cle-1"}, said, key, algorithms=[algorithm])


@contextmanager
def serving(now: datetime) -> Iterator[Provider]:
    """A provider on a free port of this machine, for as long as the block lasts."""
    provider = Provider(now=now)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path == "/entree":
                self.send_response(302)
                self.send_header("Location", provider.authorise({name: values[0] for name, values in query.items()}))
                self.end_headers()
                return
            bearer = self.headers.get("Authorization") == "Bearer acces-1"
            pages = {
                "/.well-known/openid-configuration": provider.configuration(),
                "/cles": KeySet([provider.key]).as_dict(private=False),
                "/moi": provider.userinfo if bearer else None,
            }
            self._answer(pages.get(path))

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            basic = base64.b64decode(self.headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode()
            secret = ":".join(unquote(part) for part in basic.split(":"))
            self._answer(provider.token({name: values[0] for name, values in body.items()}, secret))

        def _answer(self, said: dict[str, Any] | None) -> None:
            self.send_response(400 if said is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_told: Any) -> None:
            """Say nothing."""

    return Handler
