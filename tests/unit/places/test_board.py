"""Places as people read them: of each limit what is allowed, taken and left, workers with their households, and who is next."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from riskmodel.places import turns
from riskmodel.places.board import Limit, LineShown, WorkerShown, board
from riskmodel.register import Sessions, to_write
from tests.unit.places.conftest import DAY, OPH, SCHEMES, agreed, line, measure, partner, referral, worker


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        to_write(opened)
        yield opened


def test_a_line_says_what_is_allowed_taken_and_left_and_who_comes_next(session: Session) -> None:
    asso = partner(session)
    agreed(session, asso, "bail_de_sauvegarde", "01")
    funded = line(session, asso, measures=3, measure_months=20, places=0)
    one = worker(session, asso, "ts.1")
    worker(session, asso, "ts.2", 50)
    for lease in ("B1", "B2"):
        measure(session, lease, asso, funding_line_id=funded, worker_id=one)
    referral(session, "B3", unit="02")
    first = referral(session, "B4")
    waiting = turns.waiting(session, OPH, "validated", SCHEMES, lambda _: 6)
    (shown,) = board(session, OPH, SCHEMES, DAY, [one for one in waiting if one.referral_id >= first - 1])
    (told,) = shown.lines
    assert isinstance(told, LineShown)
    assert (told.scheme, told.territories, told.code, told.year) == ("bail_de_sauvegarde", ("01",), "asll", 2026)
    assert (told.measures, told.months, told.places) == (Limit(3, 1), Limit(20, -4), Limit(0, -2))
    assert told.months is not None
    assert told.months.taken == 24
    assert (told.households_per_worker, told.free_households) == (16, 14 + 8)
    assert told.next is not None
    assert told.next.referral_id == first
    assert shown.workers == (
        WorkerShown("ts.1", 100, 2, Fraction(14, 16)),
        WorkerShown("ts.2", 50, 0, Fraction(1, 2)),
    )


def test_what_no_line_funds_is_bound_by_workers_alone_and_nobody_may_be_next(session: Session) -> None:
    asso = partner(session)
    agreed(session, asso, "mediation")
    (shown,) = board(session, OPH, SCHEMES, DAY)
    (told,) = shown.lines
    assert (told.measures, told.months, told.places, told.free_households, told.next) == (None, None, None, 0, None)
    assert shown.workers == ()


def test_partners_come_by_name_and_one_may_be_asked_for_alone(session: Session) -> None:
    second, first = partner(session, "zeste"), partner(session, "anis")
    for asso in (second, first):
        agreed(session, asso, "mediation")
    assert [one.name for one in board(session, OPH, SCHEMES, DAY)] == ["Association anis", "Association zeste"]
    assert [one.organisation_id for one in board(session, OPH, SCHEMES, DAY, organisation_id=second)] == [second]


def test_a_worker_whose_hours_changed_keeps_the_households_followed_before(session: Session) -> None:
    asso = partner(session)
    agreed(session, asso, "mediation")
    former = worker(session, asso, "ts.1", to_on=DAY.replace(month=5))
    worker(session, asso, "ts.1", 50, from_on=DAY.replace(month=6))
    measure(session, "B1", asso, "mediation", worker_id=former)
    measure(session, "B2", asso, "mediation", worker_id=former, ended_on=DAY)
    ((told,),) = (one.workers for one in board(session, OPH, SCHEMES, DAY))
    assert told == WorkerShown("ts.1", 50, 1, Fraction(1, 2) - Fraction(1, 16))
