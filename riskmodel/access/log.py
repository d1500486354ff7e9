"""The access log: who did or read what, when, with which result; each line chained to the one before, so that tampering shows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, desc, func, select
from sqlalchemy.orm import Session

from riskmodel.access.policy import Place
from riskmodel.register import serial
from riskmodel.register.models import AccessEntry, Removal

GENESIS = "0" * 64
"""What the first line of all is chained to."""
RULE = "journal_acces"
"""The removal rule under which old lines leave: its proofs anchor what stays."""
EVERY_LANDLORD = "*"
"""One chain for the installation: a removal from it is no landlord's."""
AT_A_TIME = 1000
"""Lines read at once when the whole log is."""


@dataclass(frozen=True)
class Entry:
    """A line of the log. `account` is None for somebody not signed in; `result` a short code (ok, denied, refused…)."""

    seq: int
    at: datetime
    account: str | None
    action: str
    landlord_id: str | None
    management_unit: str | None
    lease_id: str | None
    result: str


@dataclass(frozen=True)
class Head:
    """The newest line's number and digest: noted elsewhere, it shows later that no end was cut off and nothing rewritten."""

    seq: int
    digest: str


@dataclass(frozen=True)
class Broken:
    """The first line that does not hold, and why, in a French sentence."""

    seq: int
    why: str


def append(
    session: Session, now: datetime, account: str | None, action: str, result: str, place: Place, lease_id: str | None = None
) -> None:
    """Add a line. Others who append wait until this transaction ends: keep it short."""
    serial.one_at_a_time(session, AccessEntry)
    last = head(session)
    entry = Entry(last.seq + 1, now, account, str(action), place.landlord_id, place.management_unit, lease_id, result)
    session.add(AccessEntry(**asdict(entry), digest=chained(last.digest, entry)))
    session.flush()


def head(session: Session) -> Head:
    """The newest line; with an empty log, the anchor that the next one will be chained to."""
    newest = select(AccessEntry.seq, AccessEntry.digest).order_by(desc(AccessEntry.seq)).limit(1)
    found = session.execute(newest).one_or_none()
    return Head(found.seq, found.digest) if found else _anchor(session)


def chained(previous: str, entry: Entry) -> str:
    """SHA-256 of the previous line's digest and of this line's canonical JSON (sorted keys, UTC instants)."""
    line = json.dumps(asdict(entry), default=_instant, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{line}".encode()).hexdigest()


def verify(session: Session, noted: Head | None = None) -> Broken | None:
    """Read the whole chain again; the first line that was changed, removed or inserted, None when every line holds.

    Lines cut off the end leave a shorter chain that holds: only a head `noted` outside the register tells.
    """
    last = _anchor(session)
    for entry, digest in _lines(session):
        if entry.seq != last.seq + 1:
            return Broken(entry.seq, _hole(last.seq, entry.seq))
        if digest != chained(last.digest, entry):
            return Broken(entry.seq, _unlike(entry.seq))
        last = Head(entry.seq, digest)
        if noted and noted.seq == entry.seq and noted.digest != digest:
            return Broken(entry.seq, f"la ligne {entry.seq} ne porte plus l'empreinte notée : le journal a été réécrit")
    if noted and noted.seq > last.seq:
        return Broken(
            last.seq + 1, f"le journal finit à la ligne {last.seq}, la ligne notée {noted.seq} manque : la fin a été ôtée"
        )
    return None


def trim(session: Session, before: datetime, now: datetime) -> int:
    """Remove the oldest lines, up to the first that is not older than `before`; the proof of removal keeps the anchor.

    Returns how many lines left.
    """
    serial.one_at_a_time(session, AccessEntry)
    first_kept = session.scalar(select(func.min(AccessEntry.seq)).where(AccessEntry.at >= before))
    old = AccessEntry.seq < first_kept if first_kept is not None else AccessEntry.at < before
    last = session.execute(
        select(AccessEntry.seq, AccessEntry.digest).where(old).order_by(desc(AccessEntry.seq)).limit(1)
    ).first()
    if last is None:
        return 0
    removed = last.seq - _anchor(session).seq
    session.execute(delete(AccessEntry).where(old))
    proof = {"landlord_id": EVERY_LANDLORD, "rule": RULE, "store": "register", "before_on": before.date()}
    session.add(Removal(**proof, removed_at=now, removed=removed, digest=last.digest))
    session.flush()
    return int(removed)


def of_lease(session: Session, landlord_id: str, lease_id: str) -> list[Entry]:
    """Everything that was read or done about a household, newest first."""
    mine = select(AccessEntry).filter_by(landlord_id=landlord_id, lease_id=lease_id).order_by(desc(AccessEntry.seq))
    return [_entry(row) for row in session.scalars(mine)]


def recent(session: Session, landlord_id: str, limit: int) -> list[Entry]:
    """The newest lines about a landlord, newest first, `limit` at most."""
    mine = select(AccessEntry).filter_by(landlord_id=landlord_id).order_by(desc(AccessEntry.seq)).limit(limit)
    return [_entry(row) for row in session.scalars(mine)]


def _anchor(session: Session) -> Head:
    """What the oldest line that stays is chained to: the last line that a removal took, or the beginning of all."""
    taken = select(Removal.removed, Removal.digest).where(Removal.rule == RULE).order_by(Removal.id)
    removals = session.execute(taken).all()
    return Head(sum(found.removed for found in removals), removals[-1].digest if removals else GENESIS)


def _lines(session: Session) -> Iterator[tuple[Entry, str]]:
    """Every line as the database has it now, whatever this session read before; so many at a time."""
    columns, seen = select(*AccessEntry.__table__.columns).order_by(AccessEntry.seq).limit(AT_A_TIME), None
    while rows := session.execute(columns if seen is None else columns.where(AccessEntry.seq > seen)).all():
        yield from ((_entry(row), row.digest) for row in rows)
        seen = rows[-1].seq


def _entry(row: Any) -> Entry:
    return Entry(**{field.name: getattr(row, field.name) for field in fields(Entry)})


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _hole(seen: int, seq: int) -> str:
    if seq <= seen:
        return f"la ligne {seq} est plus ancienne que le début connu du journal ({seen + 1}) : elle a été ajoutée"
    missing = f"la ligne {seen + 1} manque" if seq == seen + 2 else f"les lignes {seen + 1} à {seq - 1} manquent"
    return f"{missing} avant la ligne {seq}"


def _unlike(seq: int) -> str:
    return f"l'empreinte de la ligne {seq} ne découle pas d'elle et de la précédente : l'une a été changée, ou insérée"
