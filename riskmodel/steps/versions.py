"""What tells whether a referral moved since it was read: a short digest of its moves, those taken back included."""

import hashlib
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import Transition


def version(session: Session, referral_id: int) -> str:
    """What changes whenever a referral is moved or a move is taken back."""
    return version_of(rows(session, referral_id))


def version_of(moved: Sequence[Transition], standing: int | None = None) -> str:
    """The version of a referral that has these moves; or had, when the move `standing` had not been taken back yet."""
    said = " ".join(f"{row.id}{'-' if row.undone_at and row.id != standing else '+'}" for row in moved)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def rows(session: Session, referral_id: int) -> list[Transition]:
    """Every move of a referral, those taken back included."""
    return rows_of(session, [referral_id])[referral_id]


def rows_of(session: Session, referral_ids: Collection[int]) -> dict[int, list[Transition]]:
    """The same of several referrals, by number, with one question to the register."""
    found: dict[int, list[Transition]] = {number: [] for number in referral_ids}
    mine = select(Transition).where(Transition.referral_id.in_(referral_ids)).order_by(Transition.id)
    for row in session.scalars(mine):
        found[row.referral_id].append(row)
    return found
