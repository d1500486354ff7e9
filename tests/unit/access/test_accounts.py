"""An account is entered by its password, locks itself after wrong ones, and never tells whether it exists."""

from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from riskmodel.access import accounts, sessions
from riskmodel.access.policy import Granted, Role
from riskmodel.errors import AccessRefused
from riskmodel.register import Sessions
from riskmodel.register.models import User
from tests.unit.access.monday import CHEAP, NOW, PHRASE

MINUTE = timedelta(minutes=1)


class Counting(PasswordHasher):
    """Counts how often it works."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, *given: Any) -> Any:
        self.verified += 1
        return super().verify(*given)


def outcome(session: Session, password: str, after: timedelta = timedelta(), account: str = "amel.k") -> str:
    return accounts.login(session, account, password, NOW + after, CHEAP).outcome


@pytest.mark.usefixtures("user")
def test_the_right_password_opens_the_account_with_its_grants(session: Session) -> None:
    login = accounts.login(session, " AMEL.K ", PHRASE, NOW, CHEAP)
    assert login.outcome == "ok"
    assert login.viewer
    assert login.viewer.grants == (Granted(Role.CONTENTIEUX, "oph", "02"),)


@pytest.mark.usefixtures("user")
def test_five_wrong_ones_lock_it_for_a_quarter_of_an_hour_even_to_the_right_one(session: Session) -> None:
    assert [outcome(session, "faux") for _ in range(5)] == ["wrong"] * 5
    assert outcome(session, PHRASE, 14 * MINUTE) == "locked"
    assert outcome(session, PHRASE, 15 * MINUTE) == "ok"


@pytest.mark.usefixtures("user")
def test_each_further_failure_doubles_the_lock_up_to_eight_hours(session: Session) -> None:
    for _ in range(5):
        outcome(session, "faux")
    locked, at = [], timedelta()
    for expected in (15, 30, 60, 120, 240, 480, 480):
        locked.append(outcome(session, PHRASE, at + (expected - 1) * MINUTE))
        at += expected * MINUTE
        outcome(session, "faux", at)
    assert locked == ["locked"] * 7


@pytest.mark.usefixtures("user")
def test_trying_while_it_is_locked_does_not_lock_it_longer(session: Session) -> None:
    for _ in range(20):
        outcome(session, "faux")
    assert outcome(session, PHRASE, 15 * MINUTE) == "ok"


@pytest.mark.usefixtures("user")
def test_a_success_forgets_former_failures(session: Session) -> None:
    for _ in range(4):
        outcome(session, "faux")
    assert outcome(session, PHRASE) == "ok"
    assert [outcome(session, "faux") for _ in range(4)] == ["wrong"] * 4
    assert outcome(session, PHRASE) == "ok"


def test_failures_of_several_sessions_add_up(register: Sessions) -> None:
    with register.begin() as session:
        user = accounts.create(session, "a.plusieurs", "A.", "a@oph.example", [], NOW)
        accounts.set_password(session, user, PHRASE, CHEAP)
    for _ in range(5):
        with register.begin() as session:
            outcome(session, "faux", account="a.plusieurs")
    with register.begin() as session:
        assert outcome(session, PHRASE, account="a.plusieurs") == "locked"


@pytest.mark.parametrize("account", ["inconnu", "amel.k", "parti", "sans-mot", "ver\x00rou", "x" * 5000, ""])
def test_every_refusal_costs_one_argon2_whether_or_not_the_account_exists(session: Session, user: User, account: str) -> None:
    gone = accounts.create(session, "parti", "P.", "p@oph.example", [], NOW)
    accounts.set_password(session, gone, PHRASE, CHEAP)
    accounts.deactivate(session, gone)
    accounts.create(session, "sans-mot", "S.", "s@oph.example", [], NOW)
    user.locked_until = NOW + MINUTE
    session.flush()
    counting = Counting()
    assert accounts.login(session, account, PHRASE, NOW, counting).outcome in ("wrong", "locked")
    assert counting.verified == 1


def test_the_refusal_that_people_read_is_one_for_all_cases() -> None:
    assert "inconnu" in accounts.REFUSED
    assert "désactivé" not in accounts.REFUSED


def test_a_deactivated_account_opens_to_nobody_and_its_sessions_end(session: Session, user: User) -> None:
    opened = sessions.open_session(session, user.id, NOW)
    accounts.deactivate(session, user)
    assert outcome(session, PHRASE) == "wrong"
    assert sessions.find(session, opened.token, NOW) is None


def test_an_account_opened_again_waits_for_an_invitation(session: Session, user: User) -> None:
    accounts.deactivate(session, user)
    accounts.reactivate(session, user)
    assert user.is_active
    assert outcome(session, PHRASE) == "wrong", "son mot de passe d'avant a été oublié"


def test_changing_ones_password_asks_for_the_former_one_and_ends_open_sessions(session: Session, user: User) -> None:
    opened = sessions.open_session(session, user.id, NOW)
    with pytest.raises(AccessRefused, match="actuel"):
        accounts.change_password(session, user.id, "faux", "sept mouettes sur la digue", NOW, CHEAP)
    with pytest.raises(AccessRefused, match="il en faut de 12"):
        accounts.change_password(session, user.id, PHRASE, "court", NOW, CHEAP)
    assert sessions.find(session, opened.token, NOW)
    accounts.change_password(session, user.id, PHRASE, "sept mouettes sur la digue", NOW, CHEAP)
    assert sessions.find(session, opened.token, NOW) is None
    assert outcome(session, "sept mouettes sur la digue") == "ok"


@pytest.mark.usefixtures("user")
def test_an_account_is_created_once(session: Session) -> None:
    with pytest.raises(AccessRefused, match=r"Le compte amel\.k existe déjà"):
        accounts.create(session, "Amel.K", "Autre", "b@oph.example", [], NOW)


@pytest.mark.parametrize("account", ["", "ab", "é.toile", "a b c", "x" * 65, "nom/chemin", "a\x00bc"])
def test_an_identifier_is_plain_letters_digits_dots_and_hyphens(session: Session, account: str) -> None:
    with pytest.raises(AccessRefused, match="il en faut un de 3 à 64"):
        accounts.create(session, account, "N.", "n@oph.example", [], NOW)


def test_the_same_grant_twice_is_kept_once(session: Session) -> None:
    twice = [Granted(Role.CESF, "oph")] * 2
    assert len(accounts.create(session, "deux.fois", "D.", "d@oph.example", twice, NOW).grants) == 1


def test_who_is_not_known_is_told_where_to_look(session: Session) -> None:
    with pytest.raises(AccessRefused, match="riskmodel users list"):
        accounts.known(session, "personne")
