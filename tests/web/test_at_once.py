"""Many people at once, on either database: everybody is answered, and the log is one chain with a line for each read."""

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from riskmodel.access import log
from riskmodel.access.policy import Role
from riskmodel.register import open_register
from riskmodel.web import app as application
from riskmodel.web.security import SESSION_COOKIE
from tests.factory import house
from tests.web.door import NOW, open_for
from tests.web.test_matrix import LANDLORD, LEASE, OTHER_LANDLORD, people

TIMES = 5
READ, DENIED, LOST = f"/droits/{LANDLORD}/{LEASE}", f"/droits/{LANDLORD}/{LEASE}/dossier.json", f"/droits/{LANDLORD}/B99"


def test_everybody_is_answered_and_every_read_is_in_one_chain(
    register_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = open_register(register_url, connections=10)
    monkeypatch.setattr(application.register, "open_register", lambda *_: register)
    app = application.create_app(replace(house(tmp_path, LANDLORD, OTHER_LANDLORD), register_url=register_url), lambda: NOW)
    users = people(register)
    tokens = [open_for(register, users[role, "its landlord"]).token for role in (Role.HEAD, Role.CONTENTIEUX, Role.CESF)]

    async def everybody() -> list[int]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://vigie.test", trust_env=False) as client:
            asked = [
                client.get(url, headers={"Cookie": f"{SESSION_COOKIE}={token}"})
                for _ in range(TIMES)
                for token in tokens
                for url in (READ, DENIED, LOST)
            ]
            return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    each = TIMES * len(tokens)
    assert asyncio.run(everybody()) == [200] * each + [404] * (2 * each)
    with register() as session:
        assert log.verify(session) is None
        results = [entry.result for entry, _ in log._lines(session)]
    assert (results.count("ok"), results.count("denied")) == (each, 2 * each)
    register.engine.dispose()
