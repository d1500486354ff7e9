"""Several people at the same referral at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from riskmodel.errors import MoveRefused
from riskmodel.register import open_register
from riskmodel.register.models import Measure, Referral, Transition
from tests.unit.referrals.lives import moved, partner, proposed

PEOPLE = 4


def test_the_same_move_made_by_several_people_at_once_is_made_once_and_takes_one_place(register_url: str) -> None:
    sessions, together = open_register(register_url), Barrier(PEOPLE)
    with sessions.begin() as session:
        number = partner(session)
        referral = proposed(session, "mediation")
        moved(session, referral, "validate")
        moved(session, referral, "assign", organisation_id=number)

    def withdraw(_: int) -> bool:
        together.wait()
        try:
            with sessions.begin() as session:
                moved(session, referral, "withdraw", reason="mistake")
        except MoveRefused:
            return False
        return True

    with ThreadPoolExecutor(PEOPLE) as people:
        assert sorted(people.map(withdraw, range(PEOPLE))) == [False] * (PEOPLE - 1) + [True]
    with sessions() as session:
        assert [one.code for one in session.scalars(select(Transition).order_by(Transition.id))] == [
            "validate",
            "assign",
            "withdraw",
        ]
        assert session.scalars(select(Measure)).all() == []


def test_a_household_proposed_by_several_people_at_once_has_one_referral(register_url: str) -> None:
    sessions, together = open_register(register_url), Barrier(PEOPLE)
    with sessions.begin() as session:
        partner(session)

    def propose(_: int) -> int:
        together.wait()
        with sessions.begin() as session:
            return proposed(session, "mediation")

    with ThreadPoolExecutor(PEOPLE) as people:
        assert len(set(people.map(propose, range(PEOPLE)))) == 1
    with sessions() as session:
        assert len(session.scalars(select(Referral)).all()) == 1
