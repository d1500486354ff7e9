"""Objections to profiling (GDPR art. 21) that the team records, beside those that the landlord delivers with its tenants.

One that stands keeps the household out of scores, scored tabs, draws and cohorts from the night of its recording; rules of law go
on, as they are no profiling. A list made before the recording stays what it was, whenever it is built again.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import DecisionRefused
from riskmodel.lake import Objected
from riskmodel.people.days import day_of
from riskmodel.register.models import Objection


@dataclass(frozen=True)
class Heard:
    """An objection with who recorded it and who lifted it, by account."""

    lease_id: str
    objected_on: date
    recorded_on: date
    recorded_by: str
    lifted_on: date | None
    lifted_by: str | None


def record(session: Session, landlord_id: str, lease_id: str, objected_on: date, by: str, now: datetime) -> bool:
    """Record that a household objects since `objected_on`; False, and nothing written, when one stands already.

    Raises DecisionRefused for a day still to come.
    """
    if objected_on > day_of(now):
        raise DecisionRefused(
            f"Opposition datée du {objected_on:%d/%m/%Y}, un jour à venir. Donnez le jour où le ménage l'a dite, "
            f"au plus tard le {day_of(now):%d/%m/%Y}."
        )
    if _standing(session, landlord_id, lease_id) is not None:
        return False
    said = Objection(landlord_id=landlord_id, lease_id=lease_id, objected_on=objected_on, recorded_at=now, recorded_by=by)
    session.add(said)
    session.flush()
    return True


def lift(session: Session, landlord_id: str, lease_id: str, by: str, now: datetime) -> bool:
    """End an objection that the team recorded, from the day of `now`; False when none stands."""
    said = _standing(session, landlord_id, lease_id)
    if said is None:
        return False
    said.lifted_on, said.lifted_by = day_of(now), by
    session.flush()
    return True


def standing(session: Session, landlord_id: str, on: date) -> set[str]:
    """Leases whose recorded objection was known and in force at the end of `on`."""
    return {said.lease_id for said in recorded(session, landlord_id) if said.stands(on)}


def recorded(session: Session, landlord_id: str) -> tuple[Objected, ...]:
    """Every objection that the team ever recorded, as the questions asked of the lake take them."""
    return tuple(
        Objected(said.lease_id, said.objected_on, said.recorded_on, said.lifted_on) for said in _all(session, landlord_id)
    )


def history(session: Session, landlord_id: str, lease_id: str) -> list[Heard]:
    """What the team recorded about one household, oldest first."""
    return [said for said in _all(session, landlord_id) if said.lease_id == lease_id]


def open_ones(session: Session, landlord_id: str, on: date) -> list[Heard]:
    """The objections in force at the end of `on`, newest first."""
    found = [said for said in _all(session, landlord_id) if said.lifted_on is None or said.lifted_on > on]
    return sorted(found, key=lambda said: (said.recorded_on, said.lease_id), reverse=True)


def _standing(session: Session, landlord_id: str, lease_id: str) -> Objection | None:
    mine = select(Objection).filter_by(landlord_id=landlord_id, lease_id=lease_id, lifted_on=None)
    return session.scalar(mine)


def _all(session: Session, landlord_id: str) -> list[Heard]:
    mine = select(Objection).filter_by(landlord_id=landlord_id).order_by(Objection.id)
    return [
        Heard(said.lease_id, said.objected_on, day_of(said.recorded_at), said.recorded_by, said.lifted_on, said.lifted_by)
        for said in session.scalars(mine)
    ]
