"""Points tables of a landlord: proposed, replayed, approved by a person, withdrawn. The whole text is kept with its digest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riskmodel.register.models import PointsTableRow

PROPOSED, APPROVED, WITHDRAWN = "proposed", "approved", "withdrawn"


@dataclass(frozen=True)
class KeptTable:
    """A points table as the register holds it."""

    name: str
    version: str
    digest: str
    text: str
    proposed_on: date
    status: str
    replay: dict[str, Any] | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    withdrawn_on: date | None = None


def propose(session: Session, landlord_id: str, name: str, version: str, digest: str, text: str, proposed_on: date) -> bool:
    """Keep a proposal; False, and nothing touched, when this version was already judged or is already proposed as it is.

    Another text under a version that still waits replaces it, and forgets the replay of the former text.
    """
    row = _row(session, landlord_id, name, version)
    if row is not None and (row.status != PROPOSED or row.digest == digest):
        return False
    row = row or PointsTableRow(landlord_id=landlord_id, name=name, version=version, status=PROPOSED)
    session.add(row)
    row.digest, row.text, row.proposed_on, row.replay = digest, text, proposed_on, None
    return True


def find(session: Session, landlord_id: str, name: str, version: str) -> KeptTable | None:
    """One version of a table; None if the landlord has none such."""
    row = _row(session, landlord_id, name, version)
    return _kept(row) if row else None


def all_of(session: Session, landlord_id: str) -> list[KeptTable]:
    """Every table ever proposed for a landlord, by name, oldest first."""
    mine = select(PointsTableRow).filter_by(landlord_id=landlord_id)
    return [
        _kept(row) for row in session.scalars(mine.order_by(PointsTableRow.name, PointsTableRow.proposed_on, PointsTableRow.id))
    ]


def in_force(session: Session, landlord_id: str, name: str, day: date) -> KeptTable | None:
    """The table approved for a score on a day, whatever happened since; None when nobody had approved any."""
    mine = select(PointsTableRow).filter_by(landlord_id=landlord_id, name=name).where(PointsTableRow.approved_on <= day)
    still = mine.where(or_(PointsTableRow.withdrawn_on.is_(None), PointsTableRow.withdrawn_on > day))
    row = session.scalars(still.order_by(PointsTableRow.approved_on.desc(), PointsTableRow.id.desc()).limit(1)).first()
    return _kept(row) if row else None


def keep_replay(session: Session, landlord_id: str, name: str, version: str, replay: dict[str, Any]) -> None:
    """Keep what the table would have changed over the past year beside its proposal."""
    _known(session, landlord_id, name, version).replay = replay


def approve(session: Session, landlord_id: str, name: str, version: str, by: str, on: date, note: str) -> None:
    """Put a table in force from `on`; the one in force until then is withdrawn from that day."""
    former = select(PointsTableRow).filter_by(landlord_id=landlord_id, name=name, status=APPROVED)
    for row in session.scalars(former):
        row.status, row.withdrawn_on = WITHDRAWN, on
    row = _known(session, landlord_id, name, version)
    row.status, row.approved_by, row.approved_on, row.note = APPROVED, by, on, note


def withdraw(session: Session, landlord_id: str, name: str, version: str, on: date) -> None:
    """Take a table out of force from `on`; what it served before stays its own."""
    row = _known(session, landlord_id, name, version)
    row.status, row.withdrawn_on = WITHDRAWN, on


def _row(session: Session, landlord_id: str, name: str, version: str) -> PointsTableRow | None:
    return session.scalar(select(PointsTableRow).filter_by(landlord_id=landlord_id, name=name, version=version))


def _known(session: Session, landlord_id: str, name: str, version: str) -> PointsTableRow:
    return session.scalars(select(PointsTableRow).filter_by(landlord_id=landlord_id, name=name, version=version)).one()


def _kept(row: PointsTableRow) -> KeptTable:
    return KeptTable(**{name: getattr(row, name) for name in KeptTable.__dataclass_fields__})
