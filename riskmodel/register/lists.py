"""Weekly lists as evidence: plain values kept with their rows, replaced whole or not at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import ListRow, WeeklyList

Kept = tuple[dict[str, Any], list[dict[str, Any]]]
"""A list's evidence, and its rows in order."""


def save(session: Session, as_of: date, evidence: dict[str, Any], rows: Sequence[dict[str, Any]]) -> bool:
    """Keep a list in the session's transaction; False, and nothing touched, when the same one is already there.

    `evidence` names its `landlord_id`, `management_unit` and `week`. A list made from other inputs replaces the
    former one with all its rows.
    """
    key = {name: evidence[name] for name in ("landlord_id", "management_unit", "week")}
    known = session.scalar(select(WeeklyList).filter_by(**key))
    if known is not None and _kept(known) == (evidence, list(rows)):
        return False
    if known is not None:
        session.delete(known)
        session.flush()
    session.add(WeeklyList(**key, as_of=as_of, evidence=evidence, rows=[ListRow(**row) for row in rows]))
    session.flush()
    return True


def read(session: Session, landlord_id: str, management_unit: str, week: str) -> Kept | None:
    """The list of a unit for a week, « 2026-S43 »; None if there is none."""
    wanted = select(WeeklyList).filter_by(landlord_id=landlord_id, management_unit=management_unit, week=week)
    return _kept(session.scalar(wanted))


def read_before(session: Session, landlord_id: str, management_unit: str, week: str) -> Kept | None:
    """The newest list of a unit before a week."""
    mine = select(WeeklyList).filter_by(landlord_id=landlord_id, management_unit=management_unit)
    return _kept(session.scalar(mine.where(WeeklyList.week < week).order_by(WeeklyList.week.desc()).limit(1)))


def units(session: Session, landlord_id: str, week: str) -> list[str]:
    """Management units that have a list for a week, in order."""
    mine = select(WeeklyList.management_unit).filter_by(landlord_id=landlord_id, week=week)
    return list(session.scalars(mine.order_by(WeeklyList.management_unit)))


def days(session: Session, landlord_id: str, until: date) -> list[date]:
    """Sundays up to `until` for which a list was frozen, oldest first."""
    mine = select(WeeklyList.as_of).filter_by(landlord_id=landlord_id).where(WeeklyList.as_of <= until)
    return list(session.scalars(mine.distinct().order_by(WeeklyList.as_of)))


def of_day(session: Session, landlord_id: str, as_of: date) -> list[Kept]:
    """Every unit's list that describes a Sunday, in order of unit."""
    mine = select(WeeklyList).filter_by(landlord_id=landlord_id, as_of=as_of)
    return [kept for kept in map(_kept, session.scalars(mine.order_by(WeeklyList.management_unit))) if kept]


def keep_only(session: Session, landlord_id: str, week: str, units: Sequence[str]) -> None:
    """Forget the lists of a week whose unit no longer exists, so that a week built twice ends like one built once."""
    mine = select(WeeklyList).filter_by(landlord_id=landlord_id, week=week)
    for gone in session.scalars(mine.where(WeeklyList.management_unit.not_in(units))):
        session.delete(gone)


def _kept(known: WeeklyList | None) -> Kept | None:
    if known is None:
        return None
    columns = ("tab", "position", "lease_id", "change", "facts", "reasons")
    rows = sorted(known.rows, key=lambda row: row.id)
    return known.evidence, [{name: getattr(row, name) for name in columns} for row in rows]
