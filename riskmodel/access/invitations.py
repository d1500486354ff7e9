"""Invitations: a link that sets a password once, within 72 hours. Only the digest of its token is kept."""

from datetime import datetime, timedelta
from typing import cast

from argon2 import PasswordHasher
from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.orm import Session

from riskmodel.access import accounts, passwords, tokens
from riskmodel.errors import AccessRefused
from riskmodel.register.models import Invitation, User

VALID = timedelta(hours=72)
SPENT = "Cette invitation n'est plus valable : elle a servi, ou elle date de plus de 72 heures. Demandez-en une nouvelle."
"""The one sentence for a link that is unknown, used or too old."""


def invite(session: Session, user_id: int, now: datetime) -> str:
    """A new link's token, shown once; former links of the user stop working. Raises AccessRefused for a deactivated account."""
    user = session.get_one(User, user_id)
    if not user.is_active:
        raise AccessRefused(f"Le compte {user.account} est désactivé : on n'y invite plus. Créez un autre compte.")
    session.execute(delete(Invitation).where(Invitation.user_id == user_id, Invitation.used_at.is_(None)))
    token = tokens.new()
    session.add(Invitation(token_digest=tokens.digest(token), user_id=user_id, created_at=now, expires_at=now + VALID))
    session.flush()
    return token


def invited(session: Session, token: str, now: datetime) -> User:
    """Whom a link invites; raises AccessRefused for one that is unknown, used or too old."""
    pending = (
        select(User)
        .join(Invitation, Invitation.user_id == User.id)
        .where(
            Invitation.token_digest == tokens.digest(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > now,
            User.is_active,
        )
    )
    user = session.scalar(pending)
    if user is None:
        raise AccessRefused(SPENT)
    return user


def accept(session: Session, token: str, password: str, now: datetime, hasher: PasswordHasher = passwords.HASHER) -> User:
    """Set the password and use the link up. A weak password is refused and leaves the link as it was."""
    user = invited(session, token, now)
    passwords.check(password, user.account)
    _spend(session, Invitation.token_digest == tokens.digest(token), now)
    accounts.set_password(session, user, password, hasher)
    return user


def accept_identity(session: Session, user: User, now: datetime) -> None:
    """Use the pending link of a user up, because an OpenID identity is taking its place; AccessRefused when there is none."""
    _spend(session, Invitation.user_id == user.id, now)


def _spend(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    """Mark a pending link as used; of two who try at once, the database lets one."""
    pending = update(Invitation).where(which, Invitation.used_at.is_(None), Invitation.expires_at > now)
    if cast("CursorResult[tuple[()]]", session.execute(pending.values(used_at=now))).rowcount == 0:
        raise AccessRefused(SPENT)
