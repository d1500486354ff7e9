"""What the register knows of deliveries: those judged, the newest accepted, and the one write that makes rows visible."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.register.models import DeliveryRow

ACCEPTED = "accepted"
REFUSED = "refused"


def last_accepted(session: Session, landlord_id: str) -> DeliveryRow | None:
    """The delivery whose pins are what everybody reads now, or None before the first one."""
    accepted = select(DeliveryRow).where(DeliveryRow.landlord_id == landlord_id, DeliveryRow.status == ACCEPTED)
    return session.scalars(accepted.order_by(DeliveryRow.ordinal.desc()).limit(1)).first()


def accepted_by(session: Session, landlord_id: str, day: date) -> DeliveryRow | None:
    """The delivery that was visible at the end of `day`; for a day before the first one, the first, whose history is replayed."""
    accepted = select(DeliveryRow).where(DeliveryRow.landlord_id == landlord_id, DeliveryRow.status == ACCEPTED)
    by_then = session.scalars(accepted.where(DeliveryRow.as_of <= day).order_by(DeliveryRow.ordinal.desc()).limit(1)).first()
    return by_then or session.scalars(accepted.order_by(DeliveryRow.ordinal).limit(1)).first()


def judged(session: Session, landlord_id: str) -> list[DeliveryRow]:
    """Every delivery of a landlord that was accepted or refused, oldest day first."""
    rows = select(DeliveryRow).where(DeliveryRow.landlord_id == landlord_id)
    return list(session.scalars(rows.order_by(DeliveryRow.as_of, DeliveryRow.id)))


def status_of(session: Session, landlord_id: str, as_of: date, digest: str) -> str | None:
    """`accepted`, `refused`, or None when this very content was never judged for that day."""
    found = _same(session, landlord_id, as_of, digest)
    return found.status if found else None


def keep_accepted(
    session: Session,
    landlord_id: str,
    as_of: date,
    mode: str,
    digest: str,
    ordinal: int,
    pins: dict[str, int],
    summary: dict[str, Any],
) -> bool:
    """Make a delivery visible: its rank and pins, in the caller's one transaction.

    Returns False, and writes nothing, when another run accepted a delivery since `ordinal` was taken.
    """
    taken = select(func.max(DeliveryRow.ordinal)).where(DeliveryRow.landlord_id == landlord_id, DeliveryRow.status == ACCEPTED)
    if (session.scalar(taken) or 0) != ordinal - 1:
        return False
    row = _row(session, landlord_id, as_of, digest)
    row.mode, row.status, row.ordinal, row.pins, row.summary = mode, ACCEPTED, ordinal, dict(pins), summary
    return True


def keep_refused(session: Session, landlord_id: str, as_of: date, mode: str, digest: str, summary: dict[str, Any]) -> None:
    """Remember that a delivery was refused and why; judged again later, its line is replaced."""
    row = _row(session, landlord_id, as_of, digest)
    row.mode, row.status, row.ordinal, row.pins, row.summary = mode, REFUSED, None, {}, summary


def _same(session: Session, landlord_id: str, as_of: date, digest: str) -> DeliveryRow | None:
    same = (DeliveryRow.landlord_id == landlord_id, DeliveryRow.as_of == as_of, DeliveryRow.digest == digest)
    return session.scalars(select(DeliveryRow).where(*same)).first()


def _row(session: Session, landlord_id: str, as_of: date, digest: str) -> DeliveryRow:
    row = _same(session, landlord_id, as_of, digest) or DeliveryRow(landlord_id=landlord_id, as_of=as_of, digest=digest)
    session.add(row)
    return row


def repin(session: Session, landlord_id: str, seen: dict[str, int], pins: dict[str, int]) -> None:
    """Make every accepted delivery read these versions of the tables it brought or knew, after rows were forgotten.

    Each day still reads what was known by then, without what was forgotten: rows say themselves since when they are visible.
    Raises RuntimeError, and nothing changes, when a delivery was accepted since the pins in `seen` were read.
    """
    last = last_accepted(session, landlord_id)
    if last is None or dict(last.pins) != seen:
        raise RuntimeError(f"{landlord_id}: a delivery was accepted while rows were being forgotten; run again")
    accepted = select(DeliveryRow).where(DeliveryRow.landlord_id == landlord_id, DeliveryRow.status == ACCEPTED)
    for row in session.scalars(accepted):
        row.pins = row.pins | {name: version for name, version in pins.items() if name in row.pins}
