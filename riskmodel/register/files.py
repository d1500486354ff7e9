"""Files of households: what the page of a listed household shows beside its rows, frozen with the list."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from riskmodel.register.models import HouseholdFile, WeeklyList

COLUMNS = ("series", "timeline", "balances", "waterfall")


def save(session: Session, landlord_id: str, week: str, management_unit: str, files: Mapping[str, Mapping[str, Any]]) -> bool:
    """Keep the files of a list's leases in place of the former ones, in the transaction that freezes the list.

    Each file has the keys of COLUMNS. False, and nothing touched, when the same ones are there already. Raises
    sqlalchemy.exc.NoResultFound when there is no such list.
    """
    key = {"landlord_id": landlord_id, "week": week, "management_unit": management_unit}
    list_id = session.scalars(select(WeeklyList.id).filter_by(**key)).one()
    wanted = {lease_id: {name: file[name] for name in COLUMNS} for lease_id, file in files.items()}
    if wanted == _of_list(session, list_id):
        return False
    session.execute(delete(HouseholdFile).filter_by(list_id=list_id))
    if wanted:
        session.execute(
            insert(HouseholdFile), [{"list_id": list_id, "lease_id": lease, **file} for lease, file in wanted.items()]
        )
    return True


def read(session: Session, landlord_id: str, week: str, management_unit: str, lease_id: str) -> dict[str, Any] | None:
    """The file of a lease as its list froze it; None when the list has none for it."""
    columns = [getattr(HouseholdFile, name) for name in COLUMNS]
    mine = select(*columns).join(WeeklyList, WeeklyList.id == HouseholdFile.list_id).where(HouseholdFile.lease_id == lease_id)
    row = session.execute(
        mine.where(WeeklyList.landlord_id == landlord_id, WeeklyList.week == week, WeeklyList.management_unit == management_unit)
    ).one_or_none()
    return row._asdict() if row else None


def _of_list(session: Session, list_id: int) -> dict[str, dict[str, Any]]:
    rows = session.scalars(select(HouseholdFile).filter_by(list_id=list_id))
    return {row.lease_id: {name: getattr(row, name) for name in COLUMNS} for row in rows}
