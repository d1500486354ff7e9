"""Landlords, their agencies and partners by name, so that people read a name where the data say a code."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import Organisation

Kind = Literal["landlord", "agency", "association", "ccapex"]


def declare(session: Session, kind: Kind, landlord_id: str, code: str, name: str, *, is_active: bool = True) -> int:
    """Write an organisation of a landlord, or rename, close or open again the one that has this code; its number."""
    row = session.scalar(select(Organisation).filter_by(kind=kind, landlord_id=landlord_id, code=code))
    if row is None:
        row = Organisation(kind=kind, landlord_id=landlord_id, code=code)
        session.add(row)
    row.name, row.is_active = name, is_active
    session.flush()
    return row.id


def names(session: Session, landlord_id: str, kind: Kind) -> dict[str, str]:
    """Names of a landlord's active organisations of a kind, by code."""
    mine = select(Organisation.code, Organisation.name).filter_by(landlord_id=landlord_id, kind=kind, is_active=True)
    return dict(session.execute(mine.order_by(Organisation.code)).all())
