"""Many people book at once, on both databases: real transactions in parallel, and never a place too many."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from riskmodel.errors import PlaceRefused
from riskmodel.places import booking
from riskmodel.places.booking import Wanted
from riskmodel.places.stock import stock
from riskmodel.register import Sessions, open_register
from riskmodel.register.models import FundingLine, Measure
from tests.unit.places.conftest import DAY, NOW, OPH, SCHEMES, agreed, line, partner, referral, worker

ASKING = 12


@pytest.fixture
def register(register_url: str) -> Sessions:
    return open_register(register_url)


def prepared(register: Sessions, fte: int = 100, **limits: Any) -> tuple[int, list[int]]:
    """A partner with these limits, and as many referrals as people who will book at once."""
    with register.begin() as session:
        asso = partner(session)
        agreed(session, asso)
        line(session, asso, **limits)
        worker(session, asso, "ts.1", fte)
        return asso, [referral(session, f"B{rank}") for rank in range(ASKING)]


def booked(register: Sessions, asso: int, referral_id: int, together: threading.Barrier) -> bool:
    together.wait(30)
    try:
        with register.begin() as session:
            booking.book(session, referral_id, Wanted(asso, 6), SCHEMES, NOW)
    except PlaceRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("fte", "limits", "room"),
    [(100, {"measures": 5}, 5), (100, {"measure_months": 35}, 5), (100, {"places": 4}, 4), (19, {}, 3)],
    ids=["measures", "months", "places", "workers"],
)
def test_as_many_places_are_booked_as_there_are_and_not_one_more(
    register: Sessions, fte: int, limits: dict[str, Any], room: int
) -> None:
    asso, asked = prepared(register, fte, **limits)
    together = threading.Barrier(ASKING)
    with ThreadPoolExecutor(ASKING) as pool:
        told = list(pool.map(lambda key: booked(register, asso, key, together), asked))
    assert sum(told) == room
    with register() as session:
        assert session.scalar(select(func.count()).select_from(Measure)) == room
        ((left,),) = (offer.lines for offer in stock(session, OPH, SCHEMES, DAY))
        assert left.lacks(6)
        assert (
            min(n for n in (left.measures_left, left.months_left, left.places_left, left.free_households) if n is not None) >= 0
        )


def test_who_books_waits_for_whoever_lowers_the_limit(register: Sessions) -> None:
    asso, (key, *_) = prepared(register, measures=1)
    has_lowered, is_booked = threading.Event(), threading.Event()

    def lower() -> None:
        with register.begin() as session:
            booking.hold(session, asso)
            session.scalars(select(FundingLine)).one().measures = 0
            session.flush()
            has_lowered.set()
            assert not is_booked.wait(0.3), "la réservation n'a pas attendu"

    def book() -> bool:
        has_lowered.wait(30)
        told = booked(register, asso, key, threading.Barrier(1))
        is_booked.set()
        return told

    with ThreadPoolExecutor(2) as pool:
        lowered, told = pool.submit(lower), pool.submit(book)
        lowered.result(30)
        assert told.result(30) is False


def test_one_referral_asked_for_by_two_people_gets_one_place(register: Sessions) -> None:
    asso, (key, *_) = prepared(register)
    together = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda _: booked(register, asso, key, together), range(2)))
    assert sorted(told) == [False, True]


def test_what_a_session_read_before_somebody_wrote_does_not_deceive_it(register: Sessions) -> None:
    """PostgreSQL books on what it reads again; SQLite refuses that a transaction which began as a reader writes after another."""
    asso, (first, second, *_) = prepared(register, measures=1)
    with register() as session:
        assert [row.measures for row in session.scalars(select(FundingLine))] == [1]
        assert booked(register, asso, first, threading.Barrier(1))
        with pytest.raises((PlaceRefused, OperationalError)):
            booking.book(session, second, Wanted(asso, 6), SCHEMES, NOW)
