"""What is left of each limit on a day: lines of funding, places, workers' time."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel.errors import SchemeRefused
from riskmodel.places.offers import LineLeft, Offer
from riskmodel.places.stock import stock
from riskmodel.register import Sessions
from riskmodel.register.models import Organisation
from tests.unit.places.conftest import DAY, OPH, SCHEMES, agreed, line, measure, partner, worker


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        yield opened


@pytest.fixture
def asso(session: Session) -> int:
    return partner(session)


def offers(session: Session, on: date = DAY, **given: Any) -> tuple[Offer, ...]:
    return stock(session, OPH, SCHEMES, on, **given)


def only_line(session: Session, on: date = DAY) -> LineLeft:
    (offer,) = offers(session, on)
    (found,) = offer.lines
    return found


def test_a_partner_offers_what_its_convention_its_lines_and_its_workers_allow(session: Session, asso: int) -> None:
    agreed(session, asso, "bail_de_sauvegarde", "02", "01")
    key, hand = line(session, asso, measures=10, measure_months=120), worker(session, asso, fte=80)
    (offer,) = offers(session)
    assert (offer.organisation_id, offer.scheme, offer.territories) == (asso, "bail_de_sauvegarde", ("01", "02"))
    assert offer.lines == (LineLeft(key, "asll", 2026, 10, 120, None, 16, 12),)
    assert offer.free_households == 12
    assert [(left.worker_id, left.room) for left in offer.workers] == [(hand, Fraction(4, 5))]
    assert offer.covers("01")
    assert not offer.covers("03")


def test_a_running_measure_holds_a_measure_its_months_a_place_and_a_share_of_its_worker(session: Session, asso: int) -> None:
    agreed(session, asso)
    key, hand = line(session, asso, measures=10, measure_months=120, places=4), worker(session, asso)
    measure(session, "B1", asso, funding_line_id=key, worker_id=hand)
    assert only_line(session) == LineLeft(key, "asll", 2026, 9, 108, 3, 16, 15)


@pytest.mark.parametrize(
    ("starts_on", "ended_on", "measures_left", "months_left"),
    [
        (date(2026, 2, 1), date(2026, 5, 1), 9, 117),
        (date(2026, 2, 1), date(2026, 5, 2), 9, 116),
        (date(2026, 2, 1), date(2027, 6, 1), 9, 108),
        (date(2026, 2, 1), date(2026, 2, 1), 10, 120),
        (None, date(2026, 5, 1), 10, 120),
    ],
    ids=["three months", "a fourth begun", "longer than planned", "on its first day", "never begun"],
)
def test_an_ended_measure_frees_place_and_worker_and_gives_back_the_months_it_did_not_begin(
    session: Session, asso: int, starts_on: date | None, ended_on: date, measures_left: int, months_left: int
) -> None:
    agreed(session, asso, signed_on=date(2025, 1, 1))
    key, hand = line(session, asso, measures=10, measure_months=120, places=4), worker(session, asso)
    measure(session, "B1", asso, funding_line_id=key, worker_id=hand, starts_on=starts_on, ended_on=ended_on)
    later = date(2026, 12, 31)
    left = only_line(session, later)
    is_over = ended_on <= later
    assert (left.measures_left, left.months_left) == (measures_left, months_left)
    assert (left.places_left, left.free_households) == ((4, 16) if is_over else (3, 15))


def test_a_day_in_the_past_is_told_as_it_was(session: Session, asso: int) -> None:
    agreed(session, asso)
    key = line(session, asso, measures=10)
    measure(session, "B1", asso, funding_line_id=key, booked_on=date(2026, 6, 1), starts_on=date(2026, 6, 15))
    assert only_line(session, date(2026, 5, 31)).measures_left == 10
    assert only_line(session, date(2026, 6, 1)).measures_left == 9


def test_the_new_year_brings_new_measures_but_not_the_places_still_taken(session: Session, asso: int) -> None:
    agreed(session, asso)
    old = line(session, asso, measures=5, places=3)
    line(session, asso, measures=5, places=3, year=2027)
    measure(session, "B1", asso, funding_line_id=old)
    left = only_line(session, date(2027, 1, 4))
    assert (left.year, left.measures_left, left.places_left) == (2027, 5, 2)


def test_without_a_line_for_the_year_a_funded_scheme_offers_nothing(session: Session, asso: int) -> None:
    agreed(session, asso)
    agreed(session, asso, "mediation")
    worker(session, asso, fte=50)
    funded, unfunded = offers(session)
    assert (funded.lines, funded.free_households) == ((), None)
    assert unfunded.lines == (LineLeft(None, "", None, None, None, None, 16, 8),)


def test_one_worker_for_two_schemes_is_counted_once_at_each_norm(session: Session, asso: int) -> None:
    agreed(session, asso)
    agreed(session, asso, "bail_de_securisation")
    funded = line(session, asso)
    line(session, asso, "bail_de_securisation", code="projet")
    hand = worker(session, asso)
    for rank in range(8):
        measure(session, f"B{rank}", asso, funding_line_id=funded, worker_id=hand)
    assert [offer.free_households for offer in offers(session)] == [8, 10]


def test_a_line_may_set_a_norm_of_its_own(session: Session, asso: int) -> None:
    agreed(session, asso)
    line(session, asso, households_per_worker=12)
    worker(session, asso, fte=50)
    assert only_line(session).free_households == 6


def test_halves_of_households_are_followed_by_nobody(session: Session, asso: int) -> None:
    agreed(session, asso, "mediation")
    worker(session, asso, "ts.1", 53)
    worker(session, asso, "ts.2", 53)
    assert only_line(session).free_households == 16


def test_households_of_a_worker_who_left_weigh_on_the_colleague_with_the_most_time(session: Session, asso: int) -> None:
    agreed(session, asso, "mediation")
    gone = worker(session, asso, "ts.1", to_on=date(2026, 6, 30))
    worker(session, asso, "ts.2", 50)
    worker(session, asso, "ts.3")
    for rank in range(3):
        measure(session, f"B{rank}", asso, "mediation", worker_id=gone)
    (offer,) = offers(session)
    assert [(left.code, left.room) for left in offer.workers] == [("ts.2", Fraction(1, 2)), ("ts.3", Fraction(13, 16))]


def test_a_worker_whose_hours_change_keeps_the_households(session: Session, asso: int) -> None:
    agreed(session, asso, "mediation")
    before = worker(session, asso, to_on=date(2026, 6, 30))
    worker(session, asso, fte=50, from_on=date(2026, 7, 1))
    measure(session, "B1", asso, "mediation", worker_id=before)
    assert only_line(session).free_households == 7


def test_a_place_booked_with_a_worker_to_come_weighs_on_nobody_before(session: Session, asso: int) -> None:
    agreed(session, asso, "mediation")
    worker(session, asso, "ts.1")
    coming = worker(session, asso, "ts.2", from_on=date(2027, 1, 1))
    measure(session, "B1", asso, "mediation", worker_id=coming, booked_on=DAY, starts_on=date(2027, 1, 4))
    assert only_line(session).free_households == 16
    (offer,) = offers(session, starting=date(2027, 1, 4))
    assert offer.free_households == 31


def test_conventions_not_in_force_offer_nothing(session: Session, asso: int) -> None:
    agreed(session, asso, "mediation", ends_on=date(2026, 11, 22))
    agreed(session, asso, "bail_de_sauvegarde", signed_on=date(2026, 11, 24))
    closed = partner(session, "fermée")
    agreed(session, closed, "mediation")
    session.get_one(Organisation, closed).is_active = False
    assert offers(session) == ()


def test_two_conventions_join_their_territories_and_one_without_any_covers_all(session: Session, asso: int) -> None:
    agreed(session, asso, "mediation", "01")
    agreed(session, asso, "mediation", "02", signed_on=date(2026, 3, 1))
    assert offers(session)[0].territories == ("01", "02")
    agreed(session, asso, "mediation", signed_on=date(2026, 4, 1))
    assert offers(session)[0].territories == ()


def test_an_overrun_limit_is_told_as_it_is(session: Session, asso: int) -> None:
    agreed(session, asso)
    key, hand = line(session, asso, measures=1), worker(session, asso, fte=10)
    for rank in range(2):
        measure(session, f"B{rank}", asso, funding_line_id=key, worker_id=hand)
    left = only_line(session)
    assert (left.measures_left, left.free_households) == (-1, 0)
    assert left.lacks(12) == ("measures", "workers")


def test_measures_of_a_scheme_that_nobody_describes_any_more_are_not_overlooked(session: Session, asso: int) -> None:
    measure(session, "B1", asso, "oubliée")
    with pytest.raises(SchemeRefused, match="oubliée"):
        offers(session)
