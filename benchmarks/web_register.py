"""A register of two hundred agencies for the web application: rows and files of an invented landlord's list, many times over.

Synthetic data. Every row has the size and the shape that the weekly code gave it; leases and agencies are numbered anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.generate import LANDLORD, NIGHT
from riskmodel.access import accounts, sessions
from riskmodel.access.policy import Granted, Role
from riskmodel.register import files, households, lists, open_register
from riskmodel.register.models import Decision, HouseholdFile

AGENCIES, ROWS = 200, 250
USERS = 20
DECIDED = 3
"""One row in three has a decision."""


@dataclass(frozen=True)
class Listed:
    """One household of a list: its row, and the file that its page shows."""

    row: dict[str, Any]
    file: dict[str, Any]


@dataclass(frozen=True)
class Visitor:
    """Somebody at work: the cookie of an open session, their agency's list and its leases."""

    cookie: str
    address: str
    leases: tuple[str, ...]


def fill(source_url: str, url: str, now: datetime) -> list[Visitor]:
    """Copy the lists at `source_url` into AGENCIES lists of ROWS rows at `url`, with users at work on the first ones."""
    with open_register(source_url)() as session:
        evidence, stock = _template(session)
    with open_register(url).begin() as session:
        for n in range(AGENCIES):
            _agency(session, n, evidence, list(islice(cycle(stock), ROWS)))
        households.replace(
            session, LANDLORD, NIGHT, ((lease(n, i), f"M{n}-{i}", unit(n)) for n in range(AGENCIES) for i in range(ROWS))
        )
        return [_visitor(session, n, evidence["week"], now) for n in range(USERS)]


def unit(n: int) -> str:
    """The name of an agency."""
    return f"A{n:03}"


def lease(n: int, i: int) -> str:
    """The lease of a row of an agency."""
    return f"B{n:03}{i:04}"


def _template(session: Session) -> tuple[dict[str, Any], list[Listed]]:
    kept = lists.of_day(session, LANDLORD, NIGHT)
    told = {row.lease_id: {name: getattr(row, name) for name in files.COLUMNS} for row in session.scalars(select(HouseholdFile))}
    return kept[0][0], [Listed(row, told[row["lease_id"]]) for _, rows in kept for row in rows]


def _agency(session: Session, n: int, evidence: dict[str, Any], stock: Sequence[Listed]) -> None:
    rows = [{**listed.row, "lease_id": lease(n, i), "position": i} for i, listed in enumerate(stock)]
    lists.save(session, NIGHT, evidence | {"landlord_id": LANDLORD, "management_unit": unit(n)}, rows)
    files.save(session, LANDLORD, evidence["week"], unit(n), {lease(n, i): listed.file for i, listed in enumerate(stock)})
    session.expunge_all()
    session.execute(insert(Decision), list(_decisions(n, evidence["week"])))


def _decisions(n: int, week: str) -> Iterator[dict[str, Any]]:
    day = NIGHT + timedelta(days=2)
    for i in range(0, ROWS, DECIDED):
        key = {"landlord_id": LANDLORD, "week": week, "management_unit": unit(n), "lease_id": lease(n, i)}
        yield key | {"code": "call", "reason": None, "decided_on": day, "decided_at": _noon(day), "decided_by": "agent.banc"}


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _visitor(session: Session, n: int, week: str, now: datetime) -> Visitor:
    granted = Granted(Role.CONTENTIEUX, LANDLORD, unit(n))
    user = accounts.create(session, f"agent.{n:02}", f"Agent {n:02}", f"agent.{n:02}@exemple.test", [granted], now)
    opened = sessions.open_session(session, user.id, now)
    return Visitor(opened.token, f"/listes/{LANDLORD}/{week}/{unit(n)}", tuple(lease(n, i) for i in range(ROWS)))
