"""What people decided about rows of frozen lists, in the closed codes of the trade; and who was helped."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from riskmodel.register.models import Decision, ListRow, WeeklyList

CODES: dict[str, str] = {
    "no_action": "Rien à faire",
    "call": "Appel",
    "visit": "Visite",
    "plan": "Plan d'apurement",
    "caf": "Droits à voir avec la CAF ou la MSA",
    "fsl": "Demande au FSL",
    "social_worker": "Travailleur social",
    "association": "Association partenaire",
    "ccapex": "CCAPEX, pour une aide",
    "wrong_data": "Données fausses",
    "pause": "Remis à plus tard",
}
"""All that may be decided about a row, with its label."""
NOT_HELP = ("no_action", "wrong_data", "pause")
"""Decisions after which nobody did anything for the household."""
COLUMNS = ("week", "management_unit", "lease_id", "code", "decided_on", "decided_by")


def is_listed(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> bool:
    """Whether a frozen list of that week and unit shows this lease on any tab."""
    lists = select(ListRow.id).join(ListRow.weekly_list).where(ListRow.lease_id == lease_id)
    same = lists.where(
        WeeklyList.landlord_id == landlord_id, WeeklyList.week == week, WeeklyList.management_unit == management_unit
    )
    return session.scalar(same.limit(1)) is not None


def find(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> dict[str, Any] | None:
    """The decision about a row; None while nobody decided."""
    row = _row(session, landlord_id, week, management_unit, lease_id)
    return _plain(row) if row else None


def keep(
    session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str, code: str, on: date, by: str
) -> None:
    """Write a decision about a row that has none yet."""
    key = {"landlord_id": landlord_id, "week": week, "management_unit": management_unit, "lease_id": lease_id}
    session.add(Decision(**key, code=code, decided_on=on, decided_by=by))


def forget(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> bool:
    """Take a decision back; False when there was none."""
    row = _row(session, landlord_id, week, management_unit, lease_id)
    if row is not None:
        session.delete(row)
    return row is not None


def read(session: Session, landlord_id: str) -> list[dict[str, Any]]:
    """Every decision of a landlord, by week, unit and lease."""
    mine = select(Decision).filter_by(landlord_id=landlord_id)
    return [_plain(row) for row in session.scalars(mine.order_by(Decision.week, Decision.management_unit, Decision.lease_id))]


def treated(session: Session, landlord_id: str) -> pd.DataFrame:
    """`lease_id`, `helped_on`: households that were listed and that somebody decided to help, one row a decision."""
    shown = exists().where(
        ListRow.list_id == WeeklyList.id,
        ListRow.lease_id == Decision.lease_id,
        WeeklyList.landlord_id == Decision.landlord_id,
        WeeklyList.week == Decision.week,
        WeeklyList.management_unit == Decision.management_unit,
    )
    mine = select(Decision.lease_id, Decision.decided_on).where(
        Decision.landlord_id == landlord_id, Decision.code.not_in(NOT_HELP), shown
    )
    found = session.execute(mine.order_by(Decision.lease_id, Decision.decided_on)).all()
    return pd.DataFrame(found, columns=["lease_id", "helped_on"])


def _row(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> Decision | None:
    key = {"landlord_id": landlord_id, "week": week, "management_unit": management_unit, "lease_id": lease_id}
    return session.scalar(select(Decision).filter_by(**key))


def _plain(row: Decision) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}
