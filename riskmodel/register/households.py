"""Which unit follows a lease: what rights of access are checked against, refreshed by each night."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from riskmodel.register.models import Household

COLUMNS = ("lease_id", "household_id", "management_unit", "as_of")


def replace(session: Session, landlord_id: str, as_of: date, rows: Iterable[tuple[str, str, str]]) -> int:
    """Write `(lease_id, household_id, management_unit)` of every lease in force on `as_of`; how many were new, moved or ended.

    A lease that has ended keeps its unit and the last day that knew it: its lists and its household's rights outlive it. A night
    played again for a day before the newest one changes nothing: access follows today's unit.
    """
    newest = session.scalar(select(func.max(Household.as_of)).filter_by(landlord_id=landlord_id))
    if newest is not None and as_of < newest:
        return 0
    known = {row[0]: row for row in session.execute(select(*_columns()).filter_by(landlord_id=landlord_id))}
    seen = {row[0]: (*row, newest) for row in rows}
    new = [(*row[:3], as_of) for lease_id, row in seen.items() if lease_id not in known]
    moved = [(*row[:3], as_of) for lease_id, row in seen.items() if known.get(lease_id, row) != row]
    ended = [row for lease_id, row in known.items() if row[3] == newest and lease_id not in seen]
    session.execute(update(Household).filter_by(landlord_id=landlord_id, as_of=newest).values(as_of=as_of))
    _rewrite(session, landlord_id, [*moved, *ended])
    if new:
        session.execute(insert(Household), [{"landlord_id": landlord_id, **_named(row)} for row in new])
    return len(new) + len(moved) + len(ended)


def unit_of(session: Session, landlord_id: str, lease_id: str) -> str | None:
    """The unit that follows a lease, or followed it to its end; None for a lease that no night knew."""
    return session.scalar(select(Household.management_unit).filter_by(landlord_id=landlord_id, lease_id=lease_id))


def units(session: Session, landlord_id: str) -> list[str]:
    """Units that follow or followed a lease of a landlord, in order."""
    mine = select(Household.management_unit).filter_by(landlord_id=landlord_id).distinct()
    return list(session.scalars(mine.order_by(Household.management_unit)))


def _rewrite(session: Session, landlord_id: str, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    one = update(Household.__table__).where(  # type: ignore[arg-type]
        Household.landlord_id == landlord_id, Household.lease_id == bindparam("key")
    )
    session.connection().execute(one, [{"key": row[0], **_named(row)} for row in rows])


def _columns() -> list[Any]:
    return [getattr(Household, name) for name in COLUMNS]


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(COLUMNS, row, strict=True))
