"""Landlords, their agencies and partners by name, so that people read a name where the data say a code."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import Organisation

Kind = Literal["landlord", "agency", "association", "ccapex"]
PARTNERS: tuple[Kind, ...] = ("association", "ccapex")
"""Whoever a household may be sent to."""


def declare(session: Session, kind: Kind, landlord_id: str, code: str, name: str, *, is_active: bool = True) -> int:
    """Write an organisation of a landlord, or rename, close or open again the one that has this code; its number."""
    row = session.scalar(select(Organisation).filter_by(kind=kind, landlord_id=landlord_id, code=code))
    if row is None:
        row = Organisation(kind=kind, landlord_id=landlord_id, code=code)
        session.add(row)
    row.name, row.is_active = name, is_active
    session.flush()
    return row.id


def reach(session: Session, organisation_id: int, address: Sequence[str], phone: str, email: str = "") -> None:
    """Write how an organisation is reached: its address in lines, its telephone and its e-mail."""
    row = session.get_one(Organisation, organisation_id)
    row.address, row.phone, row.email = [line.strip() for line in address if line.strip()], phone.strip(), email.strip()
    session.flush()


def names(session: Session, landlord_id: str, kind: Kind) -> dict[str, str]:
    """Names of a landlord's active organisations of a kind, by code."""
    mine = select(Organisation.code, Organisation.name).filter_by(landlord_id=landlord_id, kind=kind, is_active=True)
    return dict(session.execute(mine.order_by(Organisation.code)).all())


def partners(session: Session, landlord_id: str) -> list[Organisation]:
    """A landlord's partners, closed ones too, by name."""
    mine = select(Organisation).where(Organisation.landlord_id == landlord_id, Organisation.kind.in_(PARTNERS))
    return list(session.scalars(mine.order_by(Organisation.name, Organisation.id)))
