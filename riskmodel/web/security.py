"""What protects every answer: headers, cookies, tokens of forms, the size of what is sent."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SESSION_COOKIE = "vigie"
BROWSER_COOKIE = "vigie_navigateur"
FLASH_COOKIE = "vigie_dit"
LARGEST_BODY = 10 * 1024 * 1024
"""Bytes of the largest request: an edited workbook of a whole agency is well under one megabyte."""
SLASH = "\ue000"
"""Stands for a slash inside one segment of an address, from the outermost layer to the view: a unit may be « Nord/Sud »."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NOT_KEPT = "no-store"
KEPT = "public, max-age=31536000, immutable"
"""Files of static/ are asked for with their digest: what is at one address never changes."""


class TooLarge(Exception):
    """The body of a request is longer than LARGEST_BODY."""


@dataclass(frozen=True)
class Guard:
    """The outermost layer: headers on every answer, and no body longer than we accept."""

    app: ASGIApp
    is_https: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but HTTP (the start and end of the server) goes straight on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["state"] = {**scope.get("state", {}), "is_https": self.is_https or scope["scheme"] == "https"}
        scope["path"] = _segments(scope)
        await self.app(scope, _measured(receive), self._dressed(scope, send))

    def _dressed(self, scope: Scope, send: Send) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["state"]["is_https"]:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                is_static = scope["path"].startswith("/static/") and message["status"] == 200
                headers["Cache-Control"] = KEPT if is_static else NOT_KEPT
            await send(message)

        return dressed


def _segments(scope: Scope) -> str:
    """The path with its segments decoded one by one, so that an encoded slash does not cut one in two."""
    raw = str(scope.get("raw_path", b""), "latin-1")
    if "%2f" not in raw.lower():
        return str(scope["path"])
    return "/".join(unquote(segment).replace("/", SLASH) for segment in raw.split("/"))


def whole(value: object) -> object:
    """What a view is given: a text with its own slashes back."""
    return value.replace(SLASH, "/") if isinstance(value, str) else value


def _measured(receive: Receive) -> Receive:
    seen = 0

    async def measured() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise TooLarge
        return message

    return measured


def keep_cookie(response: Response, request: Request, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie that no script reads and no other site sends along; Secure whenever the page came by https."""
    secure = bool(request.state.is_https)
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/")


def drop_cookie(response: Response, request: Request, name: str) -> None:
    """Forget a cookie."""
    response.delete_cookie(name, httponly=True, samesite="lax", secure=bool(request.state.is_https), path="/")


def token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


def same(given: str | None, expected: str) -> bool:
    """Whether two tokens are equal, in a time that tells nothing; no token is never equal."""
    return bool(given and expected) and hmac.compare_digest((given or "").encode(), expected.encode())


def sealed(said: str, key: str) -> str:
    """A sentence as a cookie's value, with the seal that `opened` asks for."""
    text = base64.urlsafe_b64encode(said.encode()).decode()
    return f"{text}.{_seal(text, key)}"


def opened(value: str | None, key: str) -> str | None:
    """The sentence that `sealed` wrote with the same key; None for anything else."""
    text, _, seal = (value or "").partition(".")
    if not same(seal, _seal(text, key)):
        return None
    return base64.urlsafe_b64decode(text).decode()


def _seal(text: str, key: str) -> str:
    return hmac.new(key.encode(), text.encode(), sha256).hexdigest()
