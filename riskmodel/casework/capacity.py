"""How many rows a unit can review in a week, and in how many minutes: set for a day to come, never changed for days gone by."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import DecisionRefused
from riskmodel.register import models

MOST_ROWS = 200
MOST_MINUTES = 40 * 60


@dataclass(frozen=True)
class Capacity:
    """What one unit can review from a day on: rows a week, and the minutes its reviewers have for them."""

    management_unit: str
    rows_a_week: int
    reviewer_minutes: int
    from_on: date
    set_by: str


def in_force(session: Session, landlord_id: str, unit: str, on: date) -> Capacity | None:
    """The capacity that counts on a day: the newest one begun by then; None when nobody set any."""
    mine = select(models.Capacity).filter_by(landlord_id=landlord_id, management_unit=unit)
    begun = mine.where(models.Capacity.from_on <= on)
    row = session.scalar(begun.order_by(models.Capacity.from_on.desc()).limit(1))
    return _plain(row) if row else None


def rows_in_force(session: Session, landlord_id: str, on: date) -> dict[str, int]:
    """Rows a week of every unit whose capacity was set here and had begun by a day; others keep what their landlord declared."""
    begun = select(models.Capacity).where(models.Capacity.landlord_id == landlord_id, models.Capacity.from_on <= on)
    return {row.management_unit: row.rows_a_week for row in session.scalars(begun.order_by(models.Capacity.from_on))}


def history(session: Session, landlord_id: str) -> list[Capacity]:
    """All that was ever set for a landlord, by unit, newest first: those to come included."""
    mine = select(models.Capacity).filter_by(landlord_id=landlord_id)
    rows = session.scalars(mine.order_by(models.Capacity.management_unit, models.Capacity.from_on.desc()))
    return [_plain(row) for row in rows]


def set(
    session: Session,
    landlord_id: str,
    unit: str,
    *,
    rows_a_week: int,
    reviewer_minutes: int,
    from_on: date,
    by: str,
    today: date,
) -> Capacity:
    """Set a unit's capacity from a day after `today`; the same day again replaces it. Raises DecisionRefused, all faults at once.

    A list's length is fixed before it is seen: a capacity never begins today or earlier.
    """
    faults = _faults(rows_a_week, reviewer_minutes, from_on, today)
    if faults:
        raise DecisionRefused(f"Capacité de {unit} : " + " ".join(faults))
    key = {"landlord_id": landlord_id, "management_unit": unit, "from_on": from_on}
    row = session.scalar(select(models.Capacity).filter_by(**key)) or models.Capacity(**key)
    row.rows_a_week, row.reviewer_minutes, row.set_by = rows_a_week, reviewer_minutes, by
    session.add(row)
    session.flush()
    return _plain(row)


def _faults(rows_a_week: int, reviewer_minutes: int, from_on: date, today: date) -> list[str]:
    faults = []
    if not 1 <= rows_a_week <= MOST_ROWS:
        faults.append(f"{rows_a_week} lignes par semaine ; donnez de 1 à {MOST_ROWS}.")
    if not 1 <= reviewer_minutes <= MOST_MINUTES:
        faults.append(f"{reviewer_minutes} minutes par semaine ; donnez de 1 à {MOST_MINUTES}.")
    if from_on <= today:
        faults.append(
            f"effet au {from_on:%d/%m/%Y} ; donnez un jour après le {today:%d/%m/%Y}, une liste déjà vue ne change plus."
        )
    return faults


def _plain(row: models.Capacity) -> Capacity:
    return Capacity(row.management_unit, row.rows_a_week, row.reviewer_minutes, row.from_on, row.set_by)
