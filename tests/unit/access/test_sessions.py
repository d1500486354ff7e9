"""A cookie stands for somebody until half an hour of silence, ten hours, a sign-out, or the end of the account."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from riskmodel.access import grants, sessions
from riskmodel.access.policy import Granted, Role
from riskmodel.register import models
from riskmodel.register.models import User
from tests.unit.access.monday import NOW

MINUTE = timedelta(minutes=1)


def test_an_open_session_finds_its_user_and_the_token_of_its_forms(session: Session, user: User) -> None:
    opened = sessions.open_session(session, user.id, NOW)
    found = sessions.find(session, opened.token, NOW)
    assert found
    assert (found.viewer.account, found.csrf) == ("amel.k", opened.csrf)


def test_the_register_keeps_no_cookie(session: Session, user: User) -> None:
    opened = sessions.open_session(session, user.id, NOW)
    assert opened.token not in str([vars(row) for row in session.scalars(select(models.Session))])


@pytest.mark.parametrize("token", ["", "inconnu", "x" * 5000, "nul\x00"])
def test_an_unknown_cookie_stands_for_nobody(session: Session, token: str) -> None:
    assert sessions.find(session, token, NOW) is None


def test_half_an_hour_of_silence_ends_it_and_each_page_begins_it_again(session: Session, user: User) -> None:
    token = sessions.open_session(session, user.id, NOW).token
    assert sessions.find(session, token, NOW + 29 * MINUTE)
    assert sessions.find(session, token, NOW + 58 * MINUTE)
    assert sessions.find(session, token, NOW + 88 * MINUTE) is None


def test_ten_hours_end_it_however_busy(session: Session, user: User) -> None:
    token = sessions.open_session(session, user.id, NOW).token
    for minutes in range(20, 600, 20):
        assert sessions.find(session, token, NOW + minutes * MINUTE)
    assert sessions.find(session, token, NOW + 600 * MINUTE) is None


def test_reading_pages_writes_once_a_minute_at_most(session: Session, user: User) -> None:
    token = sessions.open_session(session, user.id, NOW).token
    seen: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
    for seconds in (10, 50, 61, 70, 100):
        sessions.find(session, token, NOW + timedelta(seconds=seconds))
    assert sum(statement.startswith("UPDATE") for statement in seen) == 1


def test_signing_out_closes_one_session_and_a_new_password_all(session: Session, user: User) -> None:
    first, second = (sessions.open_session(session, user.id, NOW).token for _ in range(2))
    sessions.close(session, first)
    assert sessions.find(session, first, NOW) is None
    assert sessions.find(session, second, NOW)
    sessions.close_all(session, user.id)
    assert sessions.find(session, second, NOW) is None


def test_a_grant_given_shows_at_the_next_page_and_one_taken_ends_the_session(session: Session, user: User) -> None:
    token = sessions.open_session(session, user.id, NOW).token
    grants.give(session, user, Granted(Role.CESF, "oph", "05"))
    found = sessions.find(session, token, NOW)
    assert found
    assert len(found.viewer.grants) == 2
    grants.take(session, user, Granted(Role.CESF, "oph", "05"))
    assert sessions.find(session, token, NOW) is None


def test_sessions_past_their_life_are_swept_away(session: Session, user: User) -> None:
    sessions.open_session(session, user.id, NOW)
    sessions.open_session(session, user.id, NOW + 11 * 60 * MINUTE)
    assert len(session.scalars(select(models.Session).filter_by(user_id=user.id)).all()) == 1
