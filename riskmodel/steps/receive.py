"""The night's first step: fetch what waits in the inbox, judge it in order, and make what is accepted visible in one transaction.

Killed anywhere, run again: rows written to the lake but not pinned are set aside by the next write, and the same content results.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from riskmodel import register
from riskmodel.contracts import TABLES
from riskmodel.errors import DeliveryRefused, VigieError
from riskmodel.intake import door, manifest, profile, quality, quarantine
from riskmodel.intake.door import Drop
from riskmodel.intake.examine import Examination, Known, examine, stage
from riskmodel.lake import Lake, Pins, Source
from riskmodel.lake.merge import Change, Delivery, merge
from riskmodel.register import DeliveryRow, deliveries
from riskmodel.settings import Landlord, Settings, landlord

Summary = dict[str, Any]


def pending(settings: Settings, landlord_id: str, as_of: date) -> list[str]:
    """Addresses of the deliveries dated `as_of` or before that are still to be judged, oldest first.

    A refused delivery stays pending until a newer one is accepted: its files, or the profile, may have been corrected.
    """
    sessions = register.open_register(settings.register_url)
    return [drop.address for drop, _ in _to_judge(sessions, _waiting(landlord(settings, landlord_id), as_of))]


def receive(settings: Settings, landlord_id: str, as_of: date, *, memory: str = "1GB") -> Summary:
    """Accept or refuse every pending delivery up to `as_of`, in order, each with its quality report.

    Returns counts and the newest accepted day. Raises DeliveryRefused after the earlier ones were kept; incremental
    deliveries that follow a refused one wait (a hole in the ledger would not be seen), a later full one goes on.
    """
    declared = landlord(settings, landlord_id)
    mapped = profile.load(declared.profile, settings.landlords / "profils")
    sessions = register.open_register(settings.register_url)
    waiting = _waiting(declared, as_of)
    refused: list[Examination] = []
    with _alone(settings, landlord_id) as folder:
        judged = _to_judge(sessions, waiting)
        accepted = 0
        for drop, digest in judged:
            if refused and manifest.read(drop)[0].mode != "full":
                break
            found = _judge(settings, declared, mapped, sessions, drop, digest, _emptied(folder), memory)
            accepted, refused = (accepted + 1, []) if found.is_accepted else (accepted, [*refused, found])
    if refused:
        raise DeliveryRefused(quality.refusal(refused[-1], quality.folder(settings.outputs, refused[-1].drop)))
    last = _last(sessions, landlord_id)
    counts = {"accepted": accepted, "refused": len(judged) - accepted, "unchanged": len(waiting) - len(judged)}
    return {**counts, "last_accepted": last.as_of.isoformat() if last else None}


def known(settings: Settings, landlord_id: str) -> Known:
    """What the next delivery of a landlord is judged against: the newest accepted one, and the rows that wait since."""
    return _known(settings, landlord_id, _last(register.open_register(settings.register_url), landlord_id))


def _known(settings: Settings, landlord_id: str, last: DeliveryRow | None) -> Known:
    lake = Lake(settings.lake_root, landlord_id)
    if last is None:
        return Known(Source(lake, {}), None)
    held = quarantine.files(_quarantine(settings), landlord_id, last.as_of, last.ordinal or 0)
    return Known(Source(lake, dict(last.pins)), last.as_of, held)


def _quarantine(settings: Settings) -> Path:
    return settings.home / "quarantaine"


def _judge(
    settings: Settings,
    declared: Landlord,
    mapped: profile.Profile,
    sessions: sessionmaker[Session],
    drop: Drop,
    digest: str,
    folder: Path,
    memory: str,
) -> Examination:
    last = _last(sessions, drop.landlord_id)
    found = examine(drop, mapped, _known(settings, drop.landlord_id, last), folder, memory=memory)
    ordinal = ((last.ordinal or 0) if last else 0) + 1
    quarantine.write(found, _quarantine(settings), ordinal)
    pins, changes = _write(found, ordinal, folder, memory) if found.is_accepted else ({}, {})
    facts = quality.facts(found, changes, declared.name, mapped, is_synthetic=declared.is_synthetic)
    quality.write(facts, quality.folder(settings.outputs, drop))
    _keep(sessions, found, digest, ordinal, pins, quality.summary(facts))
    return found


def _write(found: Examination, ordinal: int, folder: Path, memory: str) -> tuple[Pins, dict[str, dict[str, int]]]:
    """Append to the lake what the delivery changes, rows that waited for it included; the register's pins make it visible."""
    pins, changes = dict(found.known.source.pins), {}
    for name, table in TABLES.items():
        released = found.released_rows(name)
        if name not in found.tables and not released:
            continue
        staged = folder / name / "*.parquet"
        if released or found.quarantined[name]:
            staged = folder / f"{name}.parquet"
            stage(found, table, staged)
        delivery = Delivery(ordinal, found.drop.as_of, found.replaces(name))
        written, change = merge(found.known.source, table, staged, delivery, memory=memory)
        pins |= written
        changes[name] = _counts(change)
    return pins, changes


def _counts(change: Change) -> dict[str, int]:
    return asdict(change)


def _keep(sessions: sessionmaker[Session], found: Examination, digest: str, ordinal: int, pins: Pins, summary: Summary) -> None:
    drop = found.drop
    with sessions.begin() as session:
        if not found.is_accepted:
            deliveries.keep_refused(session, drop.landlord_id, drop.as_of, found.mode, digest, summary)
        elif not deliveries.keep_accepted(session, drop.landlord_id, drop.as_of, found.mode, digest, ordinal, pins, summary):
            raise VigieError(f"{drop.landlord_id} : une autre réception vient d'accepter une livraison. Relancez la commande.")


def _waiting(declared: Landlord, as_of: date) -> list[Drop]:
    return [drop for drop in door.waiting(declared.inbox, declared.landlord_id) if drop.as_of <= as_of]


def _to_judge(sessions: sessionmaker[Session], waiting: list[Drop]) -> list[tuple[Drop, str]]:
    """Deliveries that were not accepted, and were not refused for good by a newer accepted day."""
    found: dict[tuple[date, str], tuple[Drop, str]] = {}
    with sessions() as session:
        for drop in waiting:
            digest, last = door.digest(drop), deliveries.last_accepted(session, drop.landlord_id)
            status = deliveries.status_of(session, drop.landlord_id, drop.as_of, digest)
            is_past = status == deliveries.REFUSED and last is not None and drop.as_of < last.as_of
            if status != deliveries.ACCEPTED and not is_past:
                found.setdefault((drop.as_of, digest), (drop, digest))
    return list(found.values())


def _last(sessions: sessionmaker[Session], landlord_id: str) -> DeliveryRow | None:
    with sessions() as session:
        return deliveries.last_accepted(session, landlord_id)


@contextmanager
def _alone(settings: Settings, landlord_id: str) -> Iterator[Path]:
    """A private folder for one run at a time and landlord; the system frees the lock even when the run is killed."""
    folder = settings.home / "reception" / landlord_id
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{landlord_id}.verrou").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise VigieError(f"{landlord_id} : une réception est déjà en cours. Attendez sa fin, puis relancez.") from fault
        yield _emptied(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _emptied(folder: Path) -> Path:
    """Whatever a killed run left staged is removed before anything is read."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
