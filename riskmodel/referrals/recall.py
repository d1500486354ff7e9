"""A household objects or contests a fact: whoever holds its fiche is told at once."""

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.people.days import day_of
from riskmodel.referrals.moves import Done, Schemes, keep
from riskmodel.referrals.rules import RECALLS
from riskmodel.referrals.states import MOVES, SENT
from riskmodel.register.models import Referral


def recall_for(
    session: Session,
    landlord_id: str,
    lease_id: str,
    why: Literal["objection", "correction"],
    *,
    schemes: Schemes,
    by: str,
    now: datetime,
) -> list[int]:
    """Recall every fiche of a household that a partner holds, with a notice to each; the numbers of these referrals.

    A referral without a signed measure ends there and frees its place. A measure that the household signed goes on, as only the
    household may end the help it agreed to: its partner is told that the facts it was sent are recalled.
    """
    mine = {"landlord_id": landlord_id, "lease_id": lease_id}
    held = select(Referral).filter_by(**mine).where(Referral.state.in_(SENT), Referral.organisation_id.is_not(None))
    found = session.scalars(held.order_by(Referral.id).with_for_update()).all()
    return [_recalled(session, referral, why, schemes, by, now) for referral in found]


def _recalled(session: Session, referral: Referral, why: str, schemes: Schemes, by: str, now: datetime) -> int:
    made = next(MOVES[code] for code in RECALLS if referral.state in MOVES[code].from_states)
    keep(session, referral, made, Done(made.to_state or referral.state, day_of(now), {"reason": why}, by, now), schemes)
    return referral.id
