"""One account a role on the demo landlord: each opens with the public password; a real landlord gets none."""

from datetime import date
from pathlib import Path

import pytest

from riskmodel.access import accounts, passwords, sessions
from riskmodel.access.policy import Granted, Role
from riskmodel.access.viewers import viewer_of
from riskmodel.errors import AccessRefused, NothingKnown
from riskmodel.register import households, open_register, organisations
from riskmodel.settings import Settings
from riskmodel.steps import demo_users
from tests.factory import house
from tests.unit.access.monday import CHEAP, NOW


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(passwords.kept, "__defaults__", (CHEAP,))
    monkeypatch.setattr(accounts.set_password, "__defaults__", (CHEAP,))
    monkeypatch.setattr(passwords.matches, "__defaults__", (CHEAP,))
    return house(tmp_path, "essai")


def one_night(settings: Settings) -> None:
    with open_register(settings.register_url).begin() as session:
        households.replace(session, "essai", date(2026, 11, 1), [("B01", "M01", "05"), ("B02", "M02", "02")])


def test_every_role_has_an_account_that_opens_and_the_contentieux_has_one_unit(settings: Settings) -> None:
    one_night(settings)
    made = demo_users.install(settings, NOW, "essai")
    assert [account for account, _, _ in made] == [f"demo-{role}" for role in Role]
    assert ("demo-dpo", demo_users.PASSWORD, "Délégué à la protection des données") in made
    with open_register(settings.register_url).begin() as session:
        logins = [accounts.login(session, account, password, NOW, CHEAP) for account, password, _ in made]
    grants = [login.viewer.grants for login in logins if login.viewer]
    assert len(grants) == len(Role)
    assert grants[0] == (Granted(Role.CONTENTIEUX, "essai", "02"),)
    assert grants[1] == (Granted(Role.CESF, "essai"),)


def test_doing_it_again_changes_nothing_and_signs_nobody_out(settings: Settings) -> None:
    one_night(settings)
    made = demo_users.install(settings, NOW, "essai")
    register = open_register(settings.register_url)
    with register.begin() as session:
        user = accounts.known(session, "demo-dpo")
        opened, kept = sessions.open_session(session, user.id, NOW), user.password_hash
    assert demo_users.install(settings, NOW, "essai") == made
    with register() as session:
        again = accounts.known(session, "demo-dpo")
        assert (again.password_hash, len(viewer_of(again).grants)) == (kept, 1)
        assert sessions.find(session, opened.token, NOW)


def test_the_association_sees_through_the_first_partner_or_an_invented_one_and_keeps_it(settings: Settings) -> None:
    one_night(settings)
    register = open_register(settings.register_url)
    with register.begin() as session:
        organisations.declare(session, "association", "essai", "partie", "Association partie", is_active=False)
    demo_users.install(settings, NOW, "essai")
    with register.begin() as session:
        (granted,) = viewer_of(accounts.known(session, "demo-association")).grants
        names = {row.id: row.name for row in organisations.partners(session, "essai") if row.is_active}
        assert names == {granted.organisation_id: "Association de démonstration (données synthétiques)"}
        organisations.declare(session, "association", "essai", "autre", "Une autre association")
    demo_users.install(settings, NOW, "essai")
    with register() as session:
        assert viewer_of(accounts.known(session, "demo-association")).grants == (granted,)


def test_the_public_password_obeys_the_rules_of_passwords() -> None:
    for role in Role:
        passwords.check(demo_users.PASSWORD, demo_users.account_of(role))


def test_a_landlord_that_is_not_synthetic_gets_no_account_with_a_public_password(tmp_path: Path) -> None:
    settings = house(tmp_path, "oph", is_synthetic=False)
    with pytest.raises(AccessRefused, match="pas synthétique"):
        demo_users.install(settings, NOW, "oph")


def test_before_the_first_night_there_is_no_unit_to_work_for(settings: Settings) -> None:
    with pytest.raises(NothingKnown, match="make demo"):
        demo_users.install(settings, NOW, "essai")
