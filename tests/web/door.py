"""Requests sent straight to the application, without a server: for tests of what it lets through."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from fastapi import FastAPI

from riskmodel.access import sessions
from riskmodel.access.sessions import Opened
from riskmodel.register import Sessions
from riskmodel.web.security import SESSION_COOKIE

NOW = datetime(2026, 11, 2, 8, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Caller:
    """Sends one request at a time to an application, each with the cookies it is given and no other."""

    send: Callable[..., httpx.Response]

    def __call__(self, method: str, path: str, opened: Opened | None = None, **sent: Any) -> httpx.Response:
        """The answer, with the session cookie of `opened`; redirects are not followed."""
        cookies = {"Cookie": f"{SESSION_COOKIE}={opened.token}"} if opened else {}
        return self.send(method, path, headers=cookies | sent.pop("headers", {}), **sent)


@contextmanager
def calling(app: FastAPI) -> Iterator[Caller]:
    """A caller of `app`; a fault of the application is the answer 500, as in a browser."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    with asyncio.Runner() as runner:
        client = httpx.AsyncClient(transport=transport, base_url="http://vigie.test", trust_env=False)

        def send(method: str, path: str, **sent: Any) -> httpx.Response:
            client.cookies.clear()
            return runner.run(client.request(method, path, **sent))

        yield Caller(send)
        runner.run(client.aclose())


def open_for(register: Sessions, user_id: int, now: datetime = NOW) -> Opened:
    """A session opened for somebody."""
    with register.begin() as session:
        return sessions.open_session(session, user_id, now)
