"""An identity opens the account it was linked to; it is linked once, by an invitation to its verified address."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.access import accounts, identities, invitations
from riskmodel.access.oidc import Identity
from riskmodel.errors import AccessRefused
from riskmodel.register.models import User
from tests.unit.access.monday import NOW

AMEL = Identity("https://sso.oph.example", "sujet-1", "amel.k@oph.example")


def test_an_invited_address_links_its_identity_once_and_for_all(session: Session, user: User) -> None:
    invitations.invite(session, user.id, NOW)
    assert identities.enter(session, AMEL, NOW).account == "amel.k"
    later = Identity(AMEL.issuer, AMEL.subject, None)
    assert identities.enter(session, later, NOW + timedelta(days=300)).account == "amel.k"
    assert user.last_login_at == NOW + timedelta(days=300)


def test_the_link_of_the_invitation_no_longer_serves(session: Session, user: User) -> None:
    token = invitations.invite(session, user.id, NOW)
    identities.enter(session, AMEL, NOW)
    with pytest.raises(AccessRefused, match="n'est plus valable"):
        invitations.invited(session, token, NOW)


@pytest.mark.usefixtures("user")
def test_an_address_that_was_not_invited_opens_nothing(session: Session) -> None:
    with pytest.raises(AccessRefused, match="aucun compte de Vigie Bail"):
        identities.enter(session, AMEL, NOW)


def test_an_invitation_too_old_opens_nothing(session: Session, user: User) -> None:
    invitations.invite(session, user.id, NOW)
    with pytest.raises(AccessRefused, match="aucun compte"):
        identities.enter(session, AMEL, NOW + timedelta(hours=72))


@pytest.mark.parametrize("email", [None, "autre@oph.example"])
def test_an_unknown_or_unverified_address_opens_nothing(session: Session, user: User, email: str | None) -> None:
    invitations.invite(session, user.id, NOW)
    with pytest.raises(AccessRefused, match="aucun compte"):
        identities.enter(session, Identity(AMEL.issuer, "sujet-2", email), NOW)


def test_an_address_of_two_accounts_links_neither(session: Session, user: User) -> None:
    twin = accounts.create(session, "amel.deux", "A.", "amel.k@oph.example", [], NOW)
    for one in (user, twin):
        invitations.invite(session, one.id, NOW)
    with pytest.raises(AccessRefused, match="aucun compte"):
        identities.enter(session, AMEL, NOW)


def test_another_identity_with_the_same_address_does_not_take_a_linked_account(session: Session, user: User) -> None:
    invitations.invite(session, user.id, NOW)
    identities.enter(session, AMEL, NOW)
    invitations.invite(session, user.id, NOW)
    with pytest.raises(AccessRefused, match="aucun compte"):
        identities.enter(session, Identity(AMEL.issuer, "sujet-2", AMEL.email), NOW)
    with pytest.raises(AccessRefused, match="aucun compte"):
        identities.enter(session, Identity("https://ailleurs.example", "sujet-1", AMEL.email), NOW)


def test_a_deactivated_account_opens_to_no_identity(session: Session, user: User) -> None:
    invitations.invite(session, user.id, NOW)
    identities.enter(session, AMEL, NOW)
    accounts.deactivate(session, user)
    with pytest.raises(AccessRefused, match="aucun compte"):
        identities.enter(session, AMEL, NOW)


def test_an_account_is_linked_by_hand_where_the_provider_verifies_no_address(session: Session, user: User) -> None:
    identities.link(session, user, AMEL.issuer, "sujet-9")
    assert identities.enter(session, Identity(AMEL.issuer, "sujet-9", None), NOW).account == "amel.k"
    other = accounts.create(session, "autre", "A.", "b@oph.example", [], NOW)
    with pytest.raises(AccessRefused, match=r"ouvre déjà le compte amel\.k"):
        identities.link(session, other, AMEL.issuer, "sujet-9")
