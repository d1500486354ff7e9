"""OpenID identities and the accounts they open: by issuer and subject, once they have met through an invitation."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import invitations
from riskmodel.access.oidc import Identity
from riskmodel.access.policy import Viewer
from riskmodel.access.viewers import viewer_of
from riskmodel.errors import AccessRefused
from riskmodel.register.models import User

UNKNOWN = (
    "Votre identité est vérifiée, mais aucun compte de Vigie Bail ne lui correspond. Demandez à la personne qui tient les "
    "comptes de vous inviter à votre adresse professionnelle, puis reconnectez-vous dans les 72 heures."
)


def enter(session: Session, identity: Identity, now: datetime) -> Viewer:
    """The viewer an identity opens; the first time, the pending invitation at its verified address is used up.

    Raises AccessRefused for an identity that no active account is linked or invited to.
    """
    user = _linked(session, identity) or _invited(session, identity, now)
    user.last_login_at = now
    session.flush()
    return viewer_of(user)


def link(session: Session, user: User, issuer: str, subject: str) -> None:
    """Link an account to an identity by hand, for a provider that verifies no address. AccessRefused when another one has it."""
    holder = session.scalar(select(User).filter_by(oidc_issuer=issuer, oidc_subject=subject))
    if holder is not None and holder.id != user.id:
        raise AccessRefused(
            f"Cette identité ouvre déjà le compte {holder.account} : désactivez-le d'abord, ou vérifiez le sujet."
        )
    user.oidc_issuer, user.oidc_subject = issuer, subject


def _linked(session: Session, identity: Identity) -> User | None:
    return session.scalar(select(User).filter_by(oidc_issuer=identity.issuer, oidc_subject=identity.subject, is_active=True))


def _invited(session: Session, identity: Identity, now: datetime) -> User:
    known = select(User).filter_by(email=identity.email, is_active=True, oidc_subject=None) if identity.email else None
    found = session.scalars(known).all() if known is not None else []
    if len(found) != 1:
        raise AccessRefused(UNKNOWN)
    try:
        invitations.accept_identity(session, found[0], now)
    except AccessRefused as nothing_pending:
        raise AccessRefused(UNKNOWN) from nothing_pending
    found[0].oidc_issuer, found[0].oidc_subject = identity.issuer, identity.subject
    return found[0]
