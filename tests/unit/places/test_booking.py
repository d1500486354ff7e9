"""Places taken, kept longer, handed over and given back, and what is refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel.errors import PlaceRefused
from riskmodel.places import booking
from riskmodel.places.booking import Wanted
from riskmodel.places.stock import stock
from riskmodel.register import Sessions, to_write
from riskmodel.register.models import Measure, Worker
from tests.unit.places.conftest import DAY, NOW, OPH, SCHEMES, agreed, line, partner, referral, worker


@pytest.fixture
def session(register: Sessions) -> Iterator[Session]:
    with register() as opened:
        to_write(opened)
        yield opened


@pytest.fixture
def asso(session: Session) -> int:
    organisation = partner(session)
    agreed(session, organisation, "bail_de_sauvegarde", "01")
    agreed(session, organisation, "mediation")
    return organisation


def take(session: Session, lease: str, asso: int, months: int = 12, scheme: str = "bail_de_sauvegarde", **given: Any) -> int:
    key = referral(session, lease, scheme, given.pop("unit", "01"))
    booking.book(session, key, Wanted(asso, months, **given), SCHEMES, NOW)
    return key


def left(session: Session, scheme: str = "bail_de_sauvegarde") -> tuple[int | None, ...]:
    (found,) = next(offer.lines for offer in stock(session, OPH, SCHEMES, DAY) if offer.scheme == scheme)
    return found.measures_left, found.months_left, found.places_left, found.free_households


def test_a_place_is_taken_on_the_line_and_with_the_worker_asked_for(session: Session, asso: int) -> None:
    key, hand = line(session, asso, measures=2, measure_months=24, places=2), worker(session, asso, "ts.2", 50)
    worker(session, asso, "ts.1")
    number = booking.of(session, take(session, "B1", asso, line_id=key, worker_id=hand, starts_on=date(2026, 12, 1)))
    assert number is not None
    assert (number.funding_line_id, number.worker_id, number.booked_on, number.starts_on) == (key, hand, DAY, date(2026, 12, 1))
    assert left(session) == (1, 12, 1, 23)


def test_left_open_the_line_is_the_first_with_room_and_the_worker_the_one_with_the_most_time(session: Session, asso: int) -> None:
    line(session, asso, code="a", measures=0)
    second, _ = line(session, asso, code="b", measures=1), worker(session, asso, "ts.1", 50)
    free = worker(session, asso, "ts.2")
    measure = booking.of(session, take(session, "B1", asso))
    assert measure is not None
    assert (measure.funding_line_id, measure.worker_id) == (second, free)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"measures": 0}, r"mesures financées de l'année \(reste 0\)"),
        ({"measure_months": 11}, r"mois-mesures de l'année \(reste 11\)"),
        ({"places": 0}, r"places occupées à la fois \(reste 0\)"),
        ({"households_per_worker": 1}, r"temps des intervenants \(reste 0\)"),
    ],
)
def test_a_limit_that_is_reached_refuses_and_says_what_is_left(
    session: Session, asso: int, limits: dict[str, Any], said: str
) -> None:
    line(session, asso, **limits)
    worker(session, asso, fte=50)
    with pytest.raises(PlaceRefused, match=said):
        take(session, "B1", asso)
    assert session.query(Measure).count() == 0


def test_a_worker_who_is_full_takes_nobody_more_though_a_colleague_could(session: Session, asso: int) -> None:
    full = worker(session, asso, "ts.1", 6)
    worker(session, asso, "ts.2")
    with pytest.raises(PlaceRefused, match=r"temps plein de ts\.1 \(reste 0,06\)"):
        take(session, "B1", asso, scheme="mediation", worker_id=full)
    assert session.query(Measure).count() == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"unit": "02"}, "unité de gestion 02"),
        ({"starts_on": date(2025, 12, 31)}, "31/12/2025"),
        ({"line_id": 99}, "Ligne 99 : .*asll 2026"),
        ({"worker_id": 99}, r"Intervenant 99 : .* \(ts\.1\)"),
        ({"months": 0}, "au moins un mois"),
    ],
)
def test_what_is_not_this_partners_is_refused(session: Session, asso: int, given: dict[str, Any], said: str) -> None:
    line(session, asso)
    worker(session, asso)
    with pytest.raises(PlaceRefused, match=said):
        take(session, "B1", asso, **given)


def test_an_unknown_partner_and_a_second_place_are_refused(session: Session, asso: int) -> None:
    worker(session, asso)
    with pytest.raises(PlaceRefused, match="Partenaire 99"):
        take(session, "B1", 99, scheme="mediation")
    key = take(session, "B2", asso, scheme="mediation")
    with pytest.raises(PlaceRefused, match="déjà une place"):
        booking.book(session, key, Wanted(asso, 3), SCHEMES, NOW)
    with pytest.raises(PlaceRefused, match="aucune place"):
        booking.cancel(session, referral(session, "B3"))


def test_months_are_added_as_long_as_the_line_has_some(session: Session, asso: int) -> None:
    line(session, asso, measure_months=18)
    worker(session, asso)
    key = take(session, "B1", asso)
    booking.extend(session, key, 6, SCHEMES, NOW)
    assert left(session)[1] == 0
    with pytest.raises(PlaceRefused, match=r"mois-mesures de l'année \(reste 0\)"):
        booking.extend(session, key, 1, SCHEMES, NOW)
    measure = booking.of(session, key)
    assert measure is not None
    assert measure.months == 18


def test_a_place_given_back_serves_another_and_cannot_be_taken_again(session: Session, asso: int) -> None:
    line(session, asso, places=1)
    worker(session, asso)
    first = take(session, "B1", asso)
    booking.end(session, first, DAY, "acquired")
    second = take(session, "B2", asso)
    with pytest.raises(PlaceRefused, match="places occupées"):
        booking.reopen(session, first, SCHEMES, NOW)
    assert left(session)[2] == 0
    booking.cancel(session, second)
    booking.reopen(session, first, SCHEMES, NOW)
    reopened = booking.of(session, first)
    assert reopened is not None
    assert (reopened.ended_on, reopened.end) == (None, None)


def test_a_measure_does_not_stand_again_where_nobody_works_any_more(session: Session, asso: int) -> None:
    hand = worker(session, asso)
    key = take(session, "B1", asso, scheme="mediation")
    booking.end(session, key, DAY, "acquired")
    session.get_one(Worker, hand).to_on = date(2026, 11, 22)
    with pytest.raises(PlaceRefused, match="plus aucun intervenant"):
        booking.reopen(session, key, SCHEMES, NOW)


def test_a_measure_is_handed_over_to_a_colleague_with_time(session: Session, asso: int) -> None:
    first, full = worker(session, asso, "ts.1"), worker(session, asso, "ts.2", 6)
    key = take(session, "B1", asso, scheme="mediation")
    with pytest.raises(PlaceRefused, match=r"ts\.2"):
        booking.hand_over(session, key, full, SCHEMES, NOW)
    third = worker(session, asso, "ts.3")
    booking.hand_over(session, key, third, SCHEMES, NOW)
    measure = booking.of(session, key)
    assert measure is not None
    assert measure.worker_id == third != first


def test_hours_cut_below_what_is_followed_stop_bookings_but_not_what_helps(session: Session, asso: int) -> None:
    hand = worker(session, asso, fte=13)
    one, _ = take(session, "B1", asso, 3, "mediation"), take(session, "B2", asso, 3, "mediation")
    session.get_one(Worker, hand).fte_hundredths = 5
    with pytest.raises(PlaceRefused, match="temps des intervenants"):
        take(session, "B3", asso, 3, "mediation")
    booking.extend(session, one, 1, SCHEMES, NOW)
    booking.end(session, one, DAY, "acquired")
    assert left(session, "mediation")[3] == 0
