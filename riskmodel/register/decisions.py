"""What people decided about rows of frozen lists, in the closed codes of the trade; and who was helped.

A decision taken back stays for its history; every function here speaks of those that stand.
"""

from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from riskmodel.register.models import Decision, ListRow, WeeklyList

CODES = (
    *("no_action", "call", "visit", "plan", "caf", "fsl"),
    *("social_worker", "association", "ccapex", "wrong_data", "pause"),
)
"""All that may be decided about a row; weekly/answers.py says each in French."""
NOT_HELP = ("no_action", "wrong_data", "pause")
"""Decisions after which nobody did anything for the household."""
COLUMNS = (
    *("week", "management_unit", "lease_id", "code", "reason", "paused_until"),
    *("decided_on", "decided_at", "decided_by"),
)


def is_listed(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> bool:
    """Whether a frozen list of that week and unit shows this lease on any tab."""
    lists = select(ListRow.id).join(ListRow.weekly_list).where(ListRow.lease_id == lease_id)
    same = lists.where(
        WeeklyList.landlord_id == landlord_id, WeeklyList.week == week, WeeklyList.management_unit == management_unit
    )
    return session.scalar(same.limit(1)) is not None


def find(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> dict[str, Any] | None:
    """The decision that stands about a row; None while nobody decided."""
    key = {"landlord_id": landlord_id, "week": week, "management_unit": management_unit, "lease_id": lease_id}
    row = session.scalar(_standing().filter_by(**key))
    return _plain(row) if row else None


def keep(
    session: Session,
    landlord_id: str,
    week: str,
    management_unit: str,
    lease_id: str,
    code: str,
    on: date,
    by: str,
    *,
    reason: str | None = None,
    paused_until: date | None = None,
    decided_at: datetime | None = None,
) -> int | None:
    """Write a decision about a row and give its number; None, and nothing written, when one stands already.

    Of two people who decide at the same moment, the database lets one through: the other gets None once the first has committed.
    """
    key = {"landlord_id": landlord_id, "week": week, "management_unit": management_unit, "lease_id": lease_id}
    why = {"reason": reason, "paused_until": paused_until}
    row = Decision(**key, code=code, **why, decided_on=on, decided_at=decided_at, decided_by=by)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        if find(session, landlord_id, week, management_unit, lease_id) is None:
            raise
        return None
    return row.id


def take_back(
    session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str, by: str, at: datetime
) -> int | None:
    """Take back the decision that stands about a row, and give its number; None when none stands. Both acts stay on record."""
    standing = _standing().filter_by(landlord_id=landlord_id, week=week, management_unit=management_unit, lease_id=lease_id)
    row = session.scalar(standing.with_for_update())
    if row is None:
        return None
    row.undone_at, row.undone_by = at, by
    session.flush()
    return row.id


def read(session: Session, landlord_id: str) -> list[dict[str, Any]]:
    """Every decision of a landlord that stands, by week, unit and lease."""
    mine = _standing().filter_by(landlord_id=landlord_id)
    return [_plain(row) for row in session.scalars(mine.order_by(Decision.week, Decision.management_unit, Decision.lease_id))]


def treated(session: Session, landlord_id: str) -> pd.DataFrame:
    """`lease_id`, `helped_on`: households that were listed and that somebody decided to help, one row a decision.

    Lists are kept for less long than decisions: where all those of an old week have gone, the decision alone tells.
    """
    its_list = and_(
        WeeklyList.landlord_id == Decision.landlord_id,
        WeeklyList.week == Decision.week,
        WeeklyList.management_unit == Decision.management_unit,
    )
    on_it = exists().where(its_list, ListRow.list_id == WeeklyList.id, ListRow.lease_id == Decision.lease_id)
    week = aliased(WeeklyList)
    of_landlord = week.landlord_id == Decision.landlord_id
    has_gone = and_(
        ~exists().where(of_landlord, week.week == Decision.week), exists().where(of_landlord, week.week > Decision.week)
    )
    shown = or_(on_it, has_gone)
    mine = select(Decision.lease_id, Decision.decided_on).where(
        Decision.landlord_id == landlord_id, Decision.code.not_in(NOT_HELP), Decision.undone_at.is_(None), shown
    )
    found = session.execute(mine.order_by(Decision.lease_id, Decision.decided_on)).all()
    return pd.DataFrame(found, columns=["lease_id", "helped_on"])


def _standing() -> Select[Decision]:
    return select(Decision).where(Decision.undone_at.is_(None))


def _plain(row: Decision) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}
