"""Roles are given and taken place by place; who keeps accounts reaches those of their own place alone."""

import pytest
from sqlalchemy.orm import Session

from riskmodel.access import accounts, grants
from riskmodel.access.policy import Granted, Role
from riskmodel.access.viewers import viewer_of
from riskmodel.errors import AccessRefused
from riskmodel.register import organisations
from riskmodel.register.models import User
from tests.unit.access.monday import NOW


def test_a_role_is_given_once_and_taken_once(session: Session, user: User) -> None:
    more = Granted(Role.CESF, "oph", "05")
    assert grants.give(session, user, more)
    assert not grants.give(session, user, more)
    assert viewer_of(user).grants == (Granted(Role.CONTENTIEUX, "oph", "02"), more)
    assert grants.take(session, user, more)
    assert not grants.take(session, user, more)


@pytest.mark.parametrize("text", ["contentieux@oph/02", "dpo@oph-estuaire", "association@oph#12"])
def test_a_written_grant_is_read_and_written_back(text: str) -> None:
    assert grants.written(grants.read(text)) == text


@pytest.mark.parametrize("text", ["", "contentieux", "chef@oph", "contentieux@", "contentieux@oph/", "dpo@oph#x", "public@oph"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(AccessRefused, match="Par exemple contentieux@oph-estuaire/02"):
        grants.read(text)


def test_the_role_of_an_association_names_a_partner_of_the_landlord_and_no_other_role_does(session: Session, user: User) -> None:
    partner = organisations.declare(session, "association", "oph", "asso", "Association d'essai")
    elsewhere = organisations.declare(session, "association", "autre", "asso", "Association d'ailleurs")
    closed = organisations.declare(session, "association", "oph", "partie", "Association partie", is_active=False)
    agency = organisations.declare(session, "agency", "oph", "02", "Agence")
    for organisation in (None, elsewhere, closed, agency, closed + 100):
        with pytest.raises(AccessRefused, match=rf"association@oph#NUMÉRO.*: {partner} \(Association d'essai\)\.$"):
            grants.give(session, user, Granted(Role.ASSOCIATION, "oph", None, organisation))
    with pytest.raises(AccessRefused, match="toutes les unités"):
        grants.give(session, user, Granted(Role.ASSOCIATION, "oph", "02", partner))
    with pytest.raises(AccessRefused, match="seul le rôle « Association partenaire » nomme un partenaire"):
        accounts.create(session, "amel.l", "A.", "l@oph.example", [Granted(Role.CESF, "oph", None, partner)], NOW)
    assert accounts.find(session, "amel.l") is None
    assert grants.give(session, user, Granted(Role.ASSOCIATION, "oph", None, partner))


def test_where_no_partner_is_known_the_refusal_says_where_they_are_made(session: Session, user: User) -> None:
    with pytest.raises(AccessRefused, match="aucun ; créez-le d'abord"):
        grants.give(session, user, grants.read("association@oph#1"))


def test_who_keeps_accounts_governs_those_of_their_landlord_and_neither_others_nor_their_own(
    session: Session, user: User
) -> None:
    keeper = accounts.create(session, "infos", "I.", "i@oph.example", [Granted(Role.DATA, "oph")], NOW)
    mine = viewer_of(keeper)
    assert grants.may_govern(mine, user)
    assert not grants.may_govern(mine, keeper)
    assert not grants.may_govern(viewer_of(user), keeper)
    grants.give(session, user, Granted(Role.CESF, "autre"))
    assert not grants.may_govern(mine, user), "une invitation ouvrirait ses droits chez l'autre bailleur"
