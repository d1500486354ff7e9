"""A session has days in order, takes cases until its saisines close, and every act on it can be taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.ccapex import cases, sessions
from riskmodel.errors import SessionRefused
from tests.unit.ccapex.conftest import LANDLORD, NOW, TODAY

HELD, CLOSES = date(2026, 12, 10), date(2026, 12, 1)


def opened(session: Session, kind: str = "ctpe", held_on: date = HELD, closes_on: date = CLOSES) -> int:
    return sessions.open_(session, LANDLORD, kind, held_on, closes_on, "prepa", NOW)


def test_sessions_to_come_are_read_first_the_nearest_ahead(session: Session) -> None:
    far, near = opened(session, held_on=HELD + timedelta(days=30), closes_on=HELD), opened(session)
    later = HELD + timedelta(days=1)
    assert [one.session_id for one in sessions.of_landlords(session, [LANDLORD], TODAY)] == [near, far]
    assert [one.session_id for one in sessions.of_landlords(session, [LANDLORD], later)] == [far, near]
    assert sessions.of_landlords(session, [], TODAY) == []
    assert [one.is_receiving for one in sessions.of_landlords(session, [LANDLORD], CLOSES + timedelta(days=1))] == [False, True]


def test_wrong_words_and_days_are_said_all_at_once(session: Session) -> None:
    with pytest.raises(SessionRefused) as refused:
        opened(session, "pleniere", TODAY - timedelta(days=1), TODAY)
    said = str(refused.value)
    assert all(piece in said for piece in ("« pleniere »", "21/11/2026 est passé", "Clôture des saisines"))


def test_a_level_sits_once_a_day_unless_the_other_was_cancelled(session: Session) -> None:
    first = opened(session)
    with pytest.raises(SessionRefused, match="déjà prévue"):
        opened(session)
    sessions.cancel(session, first, "prepa", NOW)
    second = opened(session)
    with pytest.raises(SessionRefused, match="déjà prévue"):
        sessions.restore(session, first)
    sessions.cancel(session, second, "prepa", NOW)
    sessions.restore(session, first)
    assert sessions.find(session, first, TODAY).is_receiving  # type: ignore[union-attr]


def test_a_session_is_over_from_its_day_and_then_nothing_of_it_changes(session: Session) -> None:
    number = opened(session)
    (case_id,) = cases.choose(session, number, ["B1"], "hand", "prepa", NOW)
    with pytest.raises(SessionRefused, match="à partir de ce jour"):
        sessions.close(session, number, "prepa", NOW)
    after = NOW + timedelta(days=30)
    sessions.close(session, number, "prepa", after)
    for act in (
        lambda: cases.withdraw(session, case_id, "prepa", after),
        lambda: cases.answer(session, case_id, [], [], {}, "prepa", after),
        lambda: sessions.move_dates(session, number, HELD, CLOSES, NOW),
    ):
        with pytest.raises(SessionRefused, match="rouvrez-la"):
            act()
    sessions.reopen(session, number)
    cases.withdraw(session, case_id, "prepa", after)


def test_who_sat_is_noted_and_corrected(session: Session) -> None:
    number = opened(session)
    sessions.attend(session, number, "caf", "absent", "prepa", NOW)
    sessions.attend(session, number, "caf", "present", "prepa", NOW)
    assert sessions.attendance(session, number) == {"caf": "present"}
    with pytest.raises(SessionRefused, match="choisissez un siège"):
        sessions.attend(session, number, "voisin", "present", "prepa", NOW)
