"""A link sets a password once, within 72 hours; what is kept of it cannot be used."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import accounts, invitations, sessions
from riskmodel.errors import AccessRefused
from riskmodel.register.models import Invitation, User
from tests.unit.access.monday import CHEAP, NOW, PHRASE

NEW = "sept mouettes sur la digue"
HOUR = timedelta(hours=1)


def test_a_link_sets_a_password_unlocks_the_account_and_ends_its_sessions(session: Session, user: User) -> None:
    opened = sessions.open_session(session, user.id, NOW)
    user.locked_until = NOW + HOUR
    token = invitations.invite(session, user.id, NOW)
    assert invitations.invited(session, token, NOW).account == "amel.k"
    invitations.accept(session, token, NEW, NOW + HOUR, CHEAP)
    assert accounts.login(session, "amel.k", NEW, NOW, CHEAP).outcome == "ok"
    assert sessions.find(session, opened.token, NOW) is None


def test_a_link_serves_once(session: Session, user: User) -> None:
    token = invitations.invite(session, user.id, NOW)
    invitations.accept(session, token, NEW, NOW, CHEAP)
    with pytest.raises(AccessRefused, match="n'est plus valable"):
        invitations.accept(session, token, PHRASE, NOW, CHEAP)


def test_a_link_serves_for_72_hours(session: Session, user: User) -> None:
    token = invitations.invite(session, user.id, NOW)
    assert invitations.invited(session, token, NOW + 71 * HOUR)
    with pytest.raises(AccessRefused, match="72 heures"):
        invitations.accept(session, token, NEW, NOW + 72 * HOUR, CHEAP)


def test_a_new_link_ends_the_former_one(session: Session, user: User) -> None:
    former = invitations.invite(session, user.id, NOW)
    invitations.invite(session, user.id, NOW)
    with pytest.raises(AccessRefused, match="n'est plus valable"):
        invitations.invited(session, former, NOW)


def test_a_weak_password_is_refused_and_leaves_the_link(session: Session, user: User) -> None:
    token = invitations.invite(session, user.id, NOW)
    with pytest.raises(AccessRefused, match="Mot de passe refusé"):
        invitations.accept(session, token, "motdepasse2026", NOW, CHEAP)
    assert invitations.accept(session, token, NEW, NOW, CHEAP).id == user.id


def test_a_deactivated_account_is_not_invited_and_its_link_no_longer_serves(session: Session, user: User) -> None:
    token = invitations.invite(session, user.id, NOW)
    accounts.deactivate(session, user)
    with pytest.raises(AccessRefused, match="n'est plus valable"):
        invitations.invited(session, token, NOW)
    with pytest.raises(AccessRefused, match="désactivé"):
        invitations.invite(session, user.id, NOW)


def test_the_register_keeps_a_digest_alone(session: Session, user: User) -> None:
    token = invitations.invite(session, user.id, NOW)
    assert token not in str([vars(row) for row in session.scalars(select(Invitation))])
