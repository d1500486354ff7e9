"""Somebody at a browser: keeps its cookies, fills the form of the page it sees, follows no redirect by itself."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from riskmodel.access import accounts
from riskmodel.access.policy import Granted
from riskmodel.register import Sessions

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PHRASE = "brume lente sur le canal"
TOKEN = re.compile(r'name="csrf" value="([^"]*)"')


@dataclass
class Clock:
    """The instant of every request, until somebody moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Visitor:
    """One browser. `csrf` is the token of the last form it was shown."""

    app: FastAPI
    base_url: str = "http://vigie.test"
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    csrf: str = ""

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._ask("GET", path, headers=headers)

    def post(self, path: str, *, headers: dict[str, str] | None = None, **form: Any) -> httpx.Response:
        return self._ask("POST", path, headers=headers, data={"csrf": self.csrf, **form})

    def sign_in(self, account: str, password: str = PHRASE, after: str = "/") -> httpx.Response:
        self.get("/connexion")
        answer = self.post("/connexion", account=account, password=password, suite=after)
        if answer.status_code == 303:
            self.get("/mon-compte")
        return answer

    def _ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=self.base_url, cookies=self.cookies, trust_env=False
            ) as client:
                answer = await client.request(method, path, **sent)
                self.cookies = client.cookies
                return answer

        answer = asyncio.run(ask())
        shown = TOKEN.search(answer.text)
        self.csrf = shown[1] if shown else self.csrf
        return answer


def stop(app: FastAPI) -> None:
    """What a server does when it ends."""

    async def end() -> None:
        async with app.router.lifespan_context(app):
            pass

    asyncio.run(end())


def settle(register: Sessions, account: str, *grants: Granted) -> int:
    """An account that PHRASE opens; its number."""
    with register.begin() as session:
        user = accounts.create(session, account, account.capitalize(), f"{account}@exemple.test", grants, NOW)
        accounts.set_password(session, user, PHRASE, CHEAP)
        return user.id


def words(answer: httpx.Response) -> str:
    """The page as it is read, its spaces plain."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
