"""The journal of runs holds one line a landlord, day and step."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import Run
from riskmodel.register.runs import note, noted

DAY = date(2026, 11, 2)


def test_a_step_noted_twice_keeps_the_last_word(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        note(session, "essai", DAY, "receive", "started", {})
    with register.begin() as session:
        note(session, "essai", DAY, "receive", "done", {"accepted": 1})
    with register.begin() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 1
        run = noted(session, DAY, ["receive"])["essai", "receive"]
    assert (run.status, run.summary) == ("done", {"accepted": 1})


def test_only_the_day_and_the_steps_asked_for_are_read(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        note(session, "essai", DAY, "receive", "done", {})
        note(session, "essai", DAY, "weekly_list", "done", {})
        note(session, "essai", date(2026, 11, 1), "receive", "done", {})
    with register.begin() as session:
        assert list(noted(session, DAY, ["receive", "score"])) == [("essai", "receive")]
