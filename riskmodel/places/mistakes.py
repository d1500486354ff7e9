"""What was written about a partner by mistake, taken back as if it had never been; never what something already rests on."""

from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from riskmodel.errors import PlaceRefused
from riskmodel.places.booking import hold
from riskmodel.register.models import Convention, FundingLine, Measure, Referral, Worker

Row = TypeVar("Row", Convention, FundingLine, Worker)


def take_back_convention(session: Session, organisation_id: int, number: int) -> None:
    """Erase a convention under which nobody was sent; raises PlaceRefused otherwise, or when it is not this partner's."""
    row = _mine(session, Convention, organisation_id, number)
    _erase(
        session,
        row,
        select(Referral.id).filter_by(organisation_id=organisation_id, scheme=row.scheme),
        "Des orientations de ce dispositif ont été confiées à ce partenaire. Donnez plutôt une fin à la convention.",
    )


def take_back_line(session: Session, organisation_id: int, number: int) -> None:
    """Erase a line of funding that no measure uses or used; raises PlaceRefused otherwise."""
    _erase(
        session,
        _mine(session, FundingLine, organisation_id, number),
        select(Measure.id).filter_by(funding_line_id=number),
        "Des mesures sont comptées sur cette ligne. Corrigez plutôt ses limites.",
    )


def take_back_hours(session: Session, organisation_id: int, number: int) -> None:
    """Erase a worker's hours that no measure names; those that they had ended go on until the same day. Raises PlaceRefused
    otherwise."""
    row = _mine(session, Worker, organisation_id, number)
    before = select(Worker).filter_by(organisation_id=organisation_id, code=row.code, to_on=row.from_on - timedelta(days=1))
    _erase(
        session,
        row,
        select(Measure.id).filter_by(worker_id=number),
        "Des mesures ont été confiées à cet intervenant. Donnez plutôt une fin à ses heures.",
    )
    if (former := session.scalar(before)) is not None:
        former.to_on = row.to_on
        session.flush()


def _mine(session: Session, model: type[Row], organisation_id: int, number: int) -> Row:
    """The partner's own row, its partner held: nobody books on it meanwhile."""
    hold(session, organisation_id)
    row = session.get(model, number, populate_existing=True)
    if row is None or row.organisation_id != organisation_id:
        raise PlaceRefused("Cette ligne n'est plus inscrite chez ce partenaire. Rouvrez sa page.")
    return row


def _erase(session: Session, row: Convention | FundingLine | Worker, rests: Select[int], refusal: str) -> None:
    if session.scalar(select(exists(rests))):
        raise PlaceRefused(refusal)
    session.delete(row)
    session.flush()
