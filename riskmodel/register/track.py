"""What past lists were worth: appended once their window has closed, never rewritten."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import TrackRecord

COLUMNS = (
    *("score", "as_of", "week", "kind", "model", "version", "is_served", "stratum"),
    *("k", "listed", "hits", "treated", "events", "eligible", "lead_days"),
)
_KEY = ("score", "as_of", "kind", "model", "stratum")


def append(session: Session, landlord_id: str, records: Sequence[dict[str, Any]]) -> int:
    """Add the records that are not there yet, in the caller's transaction; how many were added."""
    there = {tuple(record[name] for name in _KEY) for record in read(session, landlord_id)}
    new = [record for record in records if tuple(record[name] for name in _KEY) not in there]
    session.add_all(TrackRecord(landlord_id=landlord_id, **record) for record in new)
    return len(new)


def matured(session: Session, landlord_id: str, kind: str) -> set[date]:
    """Sundays whose worth is already recorded."""
    return set(session.scalars(select(TrackRecord.as_of).filter_by(landlord_id=landlord_id, kind=kind).distinct()))


def read(session: Session, landlord_id: str, until: date | None = None) -> list[dict[str, Any]]:
    """Records of Sundays up to `until` (all when None), oldest first, in a fixed order."""
    mine = select(TrackRecord).filter_by(landlord_id=landlord_id)
    mine = mine if until is None else mine.where(TrackRecord.as_of <= until)
    rows = session.scalars(
        mine.order_by(TrackRecord.as_of, TrackRecord.score, TrackRecord.kind, TrackRecord.model, TrackRecord.stratum)
    )
    return [{name: getattr(row, name) for name in COLUMNS} for row in rows]
