"""Households that a list shows because they were drawn: kept apart from the list, so that nobody learns it before deciding."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riskmodel.register.models import DrawnRow

COLUMNS = ("week", "management_unit", "lease_id", "score", "stratum", "probability", "seed")


def keep(session: Session, landlord_id: str, week: str, drawn: Sequence[dict[str, Any]]) -> None:
    """Replace the draws of a week by these, in the transaction that freezes its lists."""
    wanted = sorted(tuple(row[name] for name in COLUMNS) for row in drawn)
    if wanted == sorted(tuple(row[name] for name in COLUMNS) for row in read(session, landlord_id, week)):
        return
    session.execute(delete(DrawnRow).where(DrawnRow.landlord_id == landlord_id, DrawnRow.week == week))
    session.add_all(DrawnRow(landlord_id=landlord_id, **dict(zip(COLUMNS, row, strict=True))) for row in wanted)


def judge(session: Session, landlord_id: str, week: str, score: str, happened: Mapping[str, tuple[int | None, bool]]) -> None:
    """Write beside each draw of a week what came of it: the event (None when it cannot be said), and whether help was decided."""
    for row in session.scalars(select(DrawnRow).filter_by(landlord_id=landlord_id, week=week, score=score)):
        row.event, row.is_helped = happened.get(row.lease_id, (None, False))


def read(session: Session, landlord_id: str, week: str | None = None) -> list[dict[str, Any]]:
    """Draws of a week, or of all weeks, in a fixed order, with what came of them once it is known."""
    mine = select(DrawnRow).filter_by(landlord_id=landlord_id)
    mine = mine if week is None else mine.filter_by(week=week)
    rows = session.scalars(mine.order_by(DrawnRow.week, DrawnRow.management_unit, DrawnRow.score, DrawnRow.lease_id))
    return [{name: getattr(row, name) for name in (*COLUMNS, "event", "is_helped")} for row in rows]
