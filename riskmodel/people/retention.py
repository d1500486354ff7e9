"""How long what is kept, under which rule, and the proof of what was removed: what, how many, older than when, never whose."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register import serial
from riskmodel.register.models import Removal

FILE = Path(__file__).with_name("retention.toml")
ACCESS_LOG = "journal_acces"
"""The access log proves its own removals: its chain goes on from them."""
EVERYBODY = "*"
"""Whose removals those of the whole installation are: sessions, invitations, the access log."""
GENESIS = "0" * 64
TO_CONFIRM = "à confirmer par un juriste"
Place = Literal["registre", "fichiers", "lac", "installation"]


@dataclass(frozen=True)
class Rule:
    """One rule: `what` is kept for `months` or `days` from `starts`. `may_wait`: an open case or a legal duty suspends it."""

    code: str
    place: Place
    what: str
    starts: str
    source: str
    is_sure: bool
    may_wait: bool
    months: int = 0
    days: int = 0

    @property
    def length(self) -> str:
        """How long, in words."""
        return f"{self.months} mois" if self.months else f"{self.days} jour{'s' if self.days > 1 else ''}"

    def before(self, today: date) -> date:
        """What started before this day has had its time."""
        return months_before(today, self.months) - timedelta(days=self.days)


@dataclass(frozen=True)
class Due:
    """What one store holds that has had its time: `removed` may go, `suspended` waits for a case or a procedure to end."""

    rule: str
    store: str
    before_on: date
    removed: int
    suspended: int = 0


@dataclass(frozen=True)
class Broken:
    """A line of the proof that does not follow from the ones before it."""

    removal_id: int
    why: str


@cache
def rules() -> dict[str, Rule]:
    """The rules by code, in the order of the file."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
    return {entry["code"]: Rule(**entry) for entry in written}


@cache
def suspension() -> dict[str, Any]:
    """What suspends a removal: `overindebtedness_months`, and `source` in French."""
    return dict(tomllib.loads(FILE.read_text(encoding="utf-8"))["suspension"])


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the 28th where that month has no such day, so that nothing leaves a day too soon."""
    rank = day.year * 12 + day.month - 1 - months
    year, month = divmod(rank, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 1, 28)


def prove(session: Session, landlord_id: str, due: Due, now: datetime) -> None:
    """Write that something was removed, in the transaction that removes it; nothing for a count of nought."""
    if not due.removed:
        return
    serial.one_at_a_time(session, Removal)
    line = Removal(landlord_id=landlord_id, removed_at=now, rule=due.rule, store=due.store)
    line.before_on, line.removed = due.before_on, due.removed
    line.digest = _chained(_last(session, landlord_id), line)
    session.add(line)
    session.flush()


def is_proven(session: Session, landlord_id: str, rule: str, store: str, removed_at: datetime) -> bool:
    """Whether a removal made at this instant was written down."""
    same = select(Removal.id).filter_by(landlord_id=landlord_id, rule=rule, store=store, removed_at=removed_at)
    return session.scalar(same.limit(1)) is not None


def proof(session: Session, landlord_id: str) -> list[Removal]:
    """Every removal of a landlord, or of the installation for EVERYBODY, oldest first."""
    return list(session.scalars(select(Removal).filter_by(landlord_id=landlord_id).order_by(Removal.id)))


def verify(session: Session, landlord_id: str) -> Broken | None:
    """The first line of the proof that was changed or whose predecessor is missing; None when all hold. Lines of the access log
    are proven by its own chain (riskmodel users log verify)."""
    last = GENESIS
    for line in _chain(session, landlord_id):
        if line.digest != _chained(last, line):
            return Broken(line.id, "son empreinte ne découle pas d'elle et de la précédente : une ligne a été changée ou ôtée")
        last = line.digest
    return None


def _chain(session: Session, landlord_id: str) -> list[Removal]:
    return [line for line in proof(session, landlord_id) if line.rule != ACCESS_LOG]


def _last(session: Session, landlord_id: str) -> str:
    lines = _chain(session, landlord_id)
    return lines[-1].digest if lines else GENESIS


def _chained(previous: str, line: Removal) -> str:
    said = {
        "landlord_id": line.landlord_id,
        "removed_at": line.removed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "rule": line.rule,
        "store": line.store,
        "before_on": line.before_on.isoformat(),
        "removed": line.removed,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
