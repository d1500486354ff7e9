"""An application with two partners that were sent referrals: for tests of what partners reach by their tokens and pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import accounts, api_tokens
from riskmodel.access.policy import Granted, Role
from riskmodel.access.sessions import Opened
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import AccessEntry
from riskmodel.settings import Settings
from riskmodel.web.app import create_app
from tests.factory import house
from tests.unit.referrals.lives import LANDLORD, START, WHOLE, moved, noon, noted, partner, proposed
from tests.web.door import Caller, calling, open_for

LEASES, THEIRS = ("B1", "B3", "B4"), "B2"
"""Households of the first partner, and the one of the second, all sent for a mediation."""


@dataclass
class Site:
    """The application, its register, the partners and what they were sent."""

    call: Caller
    settings: Settings
    register: Sessions
    mine: int
    other: int
    referrals: dict[str, int]
    theirs: int
    clock: list[datetime] = field(default_factory=lambda: [noon(START)])

    @property
    def now(self) -> datetime:
        """The instant at which the application is asked."""
        return self.clock[0]

    def token(self, *scopes: str, days: int = 90, of: int | None = None) -> str:
        """A new token of the first partner, or of another."""
        with self.register.begin() as session:
            return api_tokens.create(session, of or self.mine, scopes, days, by="asso.01", now=self.now)

    def api(self, token: str | None, method: str, path: str, **sent: Any) -> httpx.Response:
        """One call with a token, or none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.call(method, f"/api/v1{path}", headers=headers | sent.pop("headers", {}), **sent)

    def opened(self, account: str) -> Opened:
        """A browser session of an account."""
        with self.register() as session:
            user_id = accounts.known(session, account).id
        return open_for(self.register, user_id, self.now)

    def logged(self, account: str) -> list[tuple[str, str, str | None]]:
        """Action, result and lease of every line that an account left in the log."""
        with self.register() as session:
            told = select(AccessEntry.action, AccessEntry.result, AccessEntry.lease_id).filter_by(account=account)
            return [(row[0], row[1], row[2]) for row in session.execute(told.order_by(AccessEntry.seq))]


@contextmanager
def partner_site(folder: Path, register_url: str) -> Iterator[Site]:
    """The site, every referral just sent."""
    settings = replace(house(folder, LANDLORD), register_url=register_url, public_url="https://vigie.exemple.test")
    register = open_register(register_url)
    with register.begin() as session:
        mine, other = partner(session), partner(session, "autre")
        referrals = {lease: _sent(session, lease, mine) for lease in LEASES}
        theirs = _sent(session, THEIRS, other)
        for account, organisation in (("asso.01", mine), ("autre.01", other)):
            granted = [Granted(Role.ASSOCIATION, LANDLORD, None, organisation)]
            accounts.create(session, account, account, f"{account}@exemple.test", granted, noon(START))
        accounts.create(session, "donnees.01", "D.", "d@exemple.test", [Granted(Role.DATA, LANDLORD)], noon(START))
    clock = [noon(START)]
    with calling(create_app(settings, lambda: clock[0])) as call:
        yield Site(call, settings, register, mine, other, referrals, theirs, clock)


def _sent(session: Session, lease: str, organisation: int) -> int:
    referral = proposed(session, "mediation", lease=lease)
    noted(session, referral, **WHOLE)
    moved(session, referral, "validate")
    moved(session, referral, "assign", organisation_id=organisation)
    moved(session, referral, "send")
    return referral
