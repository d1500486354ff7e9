"""What the law said on the newest night: replaced whole, one landlord at a time, never by an older night."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import situations
from riskmodel.register.models import LegalDeadline, LegalSituation, StatutoryRow
from tests import lawful
from tests.lawful import deadline, keep, listed, pressing, situation

NIGHT, NEXT = date(2026, 10, 31), date(2026, 11, 1)
Register = sessionmaker[Session]


def counts(session: Session) -> list[int]:
    tables = (LegalSituation, LegalDeadline, StatutoryRow)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def whole(lease: str) -> list[lawful.Values]:
    return [situation(lease, "01"), deadline(lease, "01", date(2026, 12, 5)), listed("caf_report", 1, lease, "01")]


def test_a_night_replaces_the_one_before_with_all_its_rows(register: Register) -> None:
    with register.begin() as session:
        assert keep(session, "oph", NIGHT, *whole("B1"), *whole("B2"))
    with register.begin() as session:
        assert keep(session, "oph", NEXT, *whole("B3"))
    with register() as session:
        assert counts(session) == [1, 1, 1]
        newest = situations.night(session, "oph")
        assert newest is not None
        assert newest.as_of == NEXT
        assert situations.of_lease(session, "oph", "B1") is None


def test_the_same_night_again_leaves_the_same_and_an_older_one_changes_nothing(register: Register) -> None:
    for day, lease, is_kept in ((NEXT, "B1", True), (NEXT, "B1", True), (NIGHT, "B2", False)):
        with register.begin() as session:
            assert keep(session, "oph", day, *whole(lease)) is is_kept
            assert counts(session) == [1, 1, 1]
            assert situations.of_lease(session, "oph", "B1") is not None


def test_a_night_that_fails_half_way_leaves_the_one_before_whole(register: Register) -> None:
    with register.begin() as session:
        keep(session, "oph", NIGHT, *whole("B1"))
    with pytest.raises(StatementError), register.begin() as session:
        keep(session, "oph", NEXT, *whole("B2"), listed("hearing", 1, "B2", "01", due_on="demain"))
    with register() as session:
        told = situations.of_lease(session, "oph", "B1")
        assert told is not None
        assert told.as_of == NIGHT


def test_a_lease_comes_with_its_deadlines_the_nearest_first_and_no_other_landlords(register: Register) -> None:
    right = pressing("B1", "01", 1, "Retard.", date(2026, 11, 20))
    days = [deadline("B1", "01", day) for day in (date(2027, 1, 5), date(2026, 12, 5))]
    with register.begin() as session:
        keep(session, "oph", NIGHT, right, *days, deadline("B2", "01", NIGHT), situation("B2", "01"))
        keep(session, "esh", NIGHT, *whole("B1"))
        told = situations.of_lease(session, "oph", "B1")
    assert told is not None
    assert (told.as_of, told.situation.urgency_text) == (NIGHT, "Retard.")
    assert [one.due_on for one in told.deadlines] == [date(2026, 12, 5), date(2027, 1, 5)]
