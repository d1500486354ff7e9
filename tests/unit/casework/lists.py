"""Frozen lists of a few rows, and the instants of a Monday."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.casework.choices import CHOICES
from riskmodel.casework.decisions import Decided, decide
from riskmodel.casework.key import ListKey, monday_of
from riskmodel.register.models import ListRow, WeeklyList

WEEK = "2026-S43"
KEY = ListKey("essai", WEEK, "UG01")
MONDAY = monday_of(WEEK)
NOON = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
Rows = dict[str, list[str]]
ROWS: Rows = {"urgence": ["B1"], "derive": ["B2", "B3"], "decrochage": ["B3", "B4"], "ecarte": ["B9"]}


def at(minutes: float = 0, days: int = 0) -> datetime:
    """An instant after the Monday's noon in France."""
    return NOON + timedelta(days=days, minutes=minutes)


def frozen(
    session: Session, key: ListKey = KEY, rows: Rows | None = None, facts: dict[str, dict[str, Any]] | None = None
) -> None:
    """Keep a list that shows these leases on each tab."""
    as_of: date = monday_of(key.week) - timedelta(days=1)
    shown = [
        (tab, place, lease)
        for tab, leases in (ROWS if rows is None else rows).items()
        for place, lease in enumerate(leases, start=1)
    ]
    told = facts or {}
    made = WeeklyList(
        landlord_id=key.landlord_id,
        management_unit=key.management_unit,
        week=key.week,
        as_of=as_of,
        evidence={"landlord_id": key.landlord_id, "management_unit": key.management_unit, "week": key.week},
        rows=[
            ListRow(position=place, tab=tab, lease_id=lease, change="nouveau", facts={"facts": told.get(lease, {})}, reasons=[])
            for tab, place, lease in shown
        ],
    )
    session.add(made)
    session.flush()


def decided(
    session: Session,
    lease: str,
    code: str = "call",
    *,
    key: ListKey = KEY,
    by: str = "agent.01",
    minutes: float = 0,
    days: int = 0,
) -> Decided:
    """Decide with the first reason of the list, and until three weeks later where a day is asked for."""
    now = at(minutes, days)
    until = now.date() + timedelta(days=21) if CHOICES[code].asks_date else None
    reason = next(iter(CHOICES[code].reasons), None)
    return decide(session, key, lease, code, reason=reason, paused_until=until, by=by, now=now)
