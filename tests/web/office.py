"""The application on the frozen landlord, without a server, with somebody signed in for each account."""

import html
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from riskmodel.access import accounts
from riskmodel.access.policy import Granted
from riskmodel.access.sessions import Opened
from riskmodel.register import Sessions, open_register
from riskmodel.settings import Settings, load
from riskmodel.web.app import create_app
from tests.web.door import NOW, Caller, calling, open_for


@dataclass(frozen=True)
class Office:
    """The application with somebody signed in for each account."""

    call: Caller
    settings: Settings
    register: Sessions
    opened: dict[str, Opened]

    def get(self, path: str, who: str = "agent", **asked: Any) -> httpx.Response:
        """A page, as an account sees it."""
        return self.call("GET", path, self.opened[who], params=asked or None)

    def post(self, path: str, who: str = "agent", **form: Any) -> httpx.Response:
        """A form sent by an account."""
        return self.call("POST", path, self.opened[who], data={"csrf": self.opened[who].csrf, **form})


@contextmanager
def opened_office(frozen: Settings, folder: Path, people: Mapping[str, Granted]) -> Iterator[Office]:
    """The application on a copy of the frozen landlord in `folder`, on the Monday morning of its lists."""
    shutil.copytree(frozen.landlords, folder / "bailleurs")
    shutil.copy(frozen.home / "register.db", folder / "register.db")
    settings = load({"VIGIE_HOME": str(folder), "VIGIE_LAKE": frozen.lake_root})
    register, opened = open_register(settings.register_url), {}
    for account, granted in people.items():
        with register.begin() as session:
            user = accounts.create(session, account, account.capitalize(), f"{account}@exemple.test", [granted], NOW).id
        opened[account] = open_for(register, user)
    with calling(create_app(settings, lambda: NOW)) as call:
        yield Office(call, settings, register, opened)


def said_on(answer: httpx.Response) -> str:
    """The page's text with plain spaces and apostrophes."""
    return html.unescape(answer.text).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
