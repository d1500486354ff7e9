"""The lists on which a household appeared, as they were frozen: what was seen of it, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import ListRow, WeeklyList


@dataclass(frozen=True)
class Appearance:
    """One row of a frozen list. `facts` are features by name, dates as ISO days; `tables` are those that scored the list."""

    week: str
    management_unit: str
    as_of: date
    tab: str
    position: int
    change: str
    drift: int | None
    decrochage: int | None
    probability: float | None
    why: str | None
    removal: tuple[str, ...]
    reasons: tuple[dict[str, Any], ...]
    facts: dict[str, Any]
    tables: tuple[dict[str, str], ...]


def appearances(session: Session, landlord_id: str, lease_id: str) -> list[Appearance]:
    """Every row of a household that the register still holds, newest list first."""
    mine = (
        select(ListRow, WeeklyList)
        .join(WeeklyList, WeeklyList.id == ListRow.list_id)
        .where(WeeklyList.landlord_id == landlord_id, ListRow.lease_id == lease_id)
        .order_by(WeeklyList.week.desc(), ListRow.id)
    )
    return [_appearance(row, frozen) for row, frozen in session.execute(mine)]


def stated(session: Session, landlord_id: str, lease_id: str, inputs: tuple[str, ...]) -> dict[str, Any]:
    """What the newest list that shows a household says of these inputs; empty when none shows it."""
    shown = appearances(session, landlord_id, lease_id)
    return {name: shown[0].facts[name] for name in inputs if name in shown[0].facts} if shown else {}


def _appearance(row: ListRow, frozen: WeeklyList) -> Appearance:
    kept = row.facts
    return Appearance(
        week=frozen.week,
        management_unit=frozen.management_unit,
        as_of=frozen.as_of,
        tab=row.tab,
        position=row.position,
        change=row.change,
        drift=kept.get("drift"),
        decrochage=kept.get("decrochage"),
        probability=kept.get("probability"),
        why=kept.get("why"),
        removal=tuple(kept.get("removal", ())),
        reasons=tuple(row.reasons),
        facts={name: _day(value) for name, value in kept["facts"].items()},
        tables=tuple(frozen.evidence["tables"]),
    )


def _day(value: Any) -> Any:
    """A frozen date as its ISO day (weekly.freezing keeps it apart from texts)."""
    return value["date"] if isinstance(value, dict) else value
