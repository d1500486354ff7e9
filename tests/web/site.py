"""The application served on a loopback port, with people who may come in and a clock that stands where a test puts it."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import uvicorn
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.access import accounts, sessions
from riskmodel.access.policy import Granted, Role
from riskmodel.casework.key import ListKey
from riskmodel.register import open_register
from riskmodel.settings import Settings
from riskmodel.web.app import create_app
from riskmodel.web.security import SESSION_COOKIE
from tests.web.landlord import LANDLORD, OTHER_UNIT, UNIT, WEEK

KEY = ListKey(LANDLORD, WEEK, UNIT)
LIST = f"/listes/{LANDLORD}/{WEEK}/{UNIT}"
PEOPLE = {
    "agent": Granted(Role.CONTENTIEUX, LANDLORD, UNIT),
    "conseillere": Granted(Role.CESF, LANDLORD, UNIT),
    "voisin": Granted(Role.CONTENTIEUX, LANDLORD, OTHER_UNIT),
    "responsable": Granted(Role.HEAD, LANDLORD),
    "donnees": Granted(Role.DATA, LANDLORD),
    "protection": Granted(Role.DPO, LANDLORD),
}
"""Accounts, each with one role."""
DESKTOP, TABLET = (1280, 800), (820, 1180)
WAIT_MS = 20_000
"""Shared machines are slow at times: a page is wrong for what it shows, never for how long it took."""


@dataclass
class Clock:
    """Monday 2 November 2026, ten past nine in Paris, unless somebody moves it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 2, 8, 10, tzinfo=UTC))

    def __call__(self) -> datetime:
        """The instant it shows; every question takes a second, so that reading takes time."""
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class Site:
    """A running application."""

    url: str
    settings: Settings
    clock: Clock
    register: sessionmaker[Session]

    @contextmanager
    def visit(
        self, browser: Browser, account: str, size: tuple[int, int] = DESKTOP, *, scripts: bool = True, bypass_csp: bool = False
    ) -> Iterator[Page]:
        """A page of somebody signed in, in a browser context of its own."""
        context = browser.new_context(
            base_url=self.url,
            viewport={"width": size[0], "height": size[1]},
            locale="fr-FR",
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
            accept_downloads=True,
        )
        context.set_default_timeout(WAIT_MS)
        context.add_cookies([{"name": SESSION_COOKIE, "value": self.session_of(account), "url": self.url}])
        yield context.new_page()
        context.close()

    def session_of(self, account: str) -> str:
        """The cookie of a session opened now for an account."""
        with self.register.begin() as session:
            return sessions.open_session(session, accounts.known(session, account).id, self.clock.now).token


@contextmanager
def serve(settings: Settings, clock: Clock, people: Mapping[str, Granted]) -> Iterator[Site]:
    """The application on a free port, with an account for each of `people`, until the end of the block."""
    register = open_register(settings.register_url)
    with register.begin() as session:
        for account, granted in people.items():
            accounts.create(session, account, account.capitalize(), f"{account}@exemple.test", [granted], clock.now)
    server = uvicorn.Server(uvicorn.Config(create_app(settings, clock), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        if not thread.is_alive():
            raise AssertionError("the server stopped while starting")
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", settings, clock, register)
    server.should_exit = True
    thread.join()
