"""Who is served and who is not, on weeks that a person can follow."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from riskmodel.places.allocation import WHY, Assigned, Lacking, NextInLine, Request, Unserved, allocate
from riskmodel.places.offers import LIMITS, LineLeft, Offer, WorkerLeft
from riskmodel.places.packing import fits

DAY = date(2026, 11, 23)


def asked(number: int, unit: str = "01", months: int = 6, urgency: int = 1, since: date = DAY, scheme: str = "asll") -> Request:
    return Request(number, scheme, unit, months, (urgency,), since)


def line(number: int | None = 1, **limits: Any) -> LineLeft:
    said = {"measures_left": None, "months_left": None, "places_left": None, "households_per_worker": None, **limits}
    return LineLeft(line_id=number, code=f"l{number}", year=2026, free_households=None, **said)


def offer(number: int, *lines: LineLeft, units: tuple[str, ...] = (), scheme: str = "asll", rooms: tuple[str, ...] = ()) -> Offer:
    workers = tuple(WorkerLeft(10 * number + rank, f"ts.{rank}", Fraction(room)) for rank, room in enumerate(rooms))
    return Offer(number, scheme, units, None, lines, workers)


def served(*requests: Request, by: tuple[Offer, ...]) -> list[int]:
    return [one.referral_id for one in allocate(requests, by).assigned]


def test_the_urgent_one_is_served_even_in_the_place_of_two_others() -> None:
    line_of_a_year = offer(1, line(months_left=12))
    assert served(asked(1, months=12, urgency=0), asked(2), asked(3), by=(line_of_a_year,)) == [1]


def test_of_one_urgency_two_are_served_rather_than_one_who_waited_longer() -> None:
    line_of_a_year = offer(1, line(months_left=12))
    assert served(asked(1, months=12, since=date(2026, 9, 1)), asked(2), asked(3), by=(line_of_a_year,)) == [2, 3]


def test_at_equal_numbers_whoever_waited_longest_comes_first() -> None:
    waiting = [asked(1), asked(2, since=date(2026, 11, 2)), asked(3, since=date(2026, 11, 9))]
    assert served(*waiting, by=(offer(1, line(measures_left=2)),)) == [2, 3]


def test_a_place_is_left_to_who_has_no_other() -> None:
    """Taking turns would send the first to the partner that covers both units, and leave the second outside."""
    everywhere, near = offer(1, line(1, places_left=1)), offer(2, line(2, places_left=1), units=("01",))
    told = allocate([asked(1, "01"), asked(2, "02")], [everywhere, near])
    assert told.assigned == (Assigned(1, 2, 2), Assigned(2, 1, 1))


def test_nobody_follows_half_a_household_at_two_norms() -> None:
    rooms = ("1/16", "1/16")
    wide = offer(1, line(1, households_per_worker=8), rooms=rooms)
    narrow = offer(1, line(2, households_per_worker=16), scheme="sauvegarde", rooms=rooms)
    assert served(asked(1), asked(2, scheme="sauvegarde"), asked(3, scheme="sauvegarde"), by=(wide, narrow)) == [2, 3]


def test_one_worker_is_shared_by_two_schemes() -> None:
    both = [offer(1, line(n, households_per_worker=norm), scheme=s, rooms=("1/4",)) for n, s, norm in ((1, "a", 8), (2, "b", 12))]
    told = served(*(asked(rank, scheme="a") for rank in (1, 2)), *(asked(rank, scheme="b") for rank in (3, 4, 5)), by=tuple(both))
    assert told == [3, 4, 5]


def test_the_unserved_are_told_why_and_what_would_have_served_them() -> None:
    full = offer(1, line(1, measures_left=0, months_left=5), line(2, places_left=1), units=("01",))
    empty = offer(2, scheme="avdl")
    told = allocate([asked(1), asked(2), asked(3, "02"), asked(4, scheme="avdl")], [full, empty])
    assert told.assigned == (Assigned(1, 1, 2),)
    assert told.unserved == (
        Unserved(2, "no_place", (Lacking(1, 1, ("measures", "months")), Lacking(1, 2, ("places",)))),
        Unserved(3, "no_partner", ()),
        Unserved(4, "no_line", ()),
    )
    assert told.next_in_line == (NextInLine(1, "asll", 1, 2), NextInLine(1, "asll", 2, 2))
    assert {one.why for one in told.unserved} == set(WHY)
    assert {limit for one in told.unserved for place in one.would_serve for limit in place.limits} <= set(LIMITS)


def test_workers_who_are_full_are_what_is_lacking() -> None:
    told = allocate([asked(1), asked(2)], [offer(1, line(None, households_per_worker=16), rooms=("1/16", "-1/4"))])
    assert told.unserved == (Unserved(2, "no_place", (Lacking(1, None, ("workers",)),)),)


def test_a_limit_overrun_already_serves_nobody() -> None:
    assert served(asked(1), by=(offer(1, line(measures_left=-2)),)) == []


def test_nobody_waits_or_nobody_offers() -> None:
    assert allocate([], [offer(1, line())]).assigned == ()
    assert allocate([asked(1)], []).unserved == (Unserved(1, "no_partner", ()),)


def test_a_referral_asked_for_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"\[1\]"):
        allocate([asked(1), asked(1)], [])


def test_more_turns_than_one_solve_settles_are_settled_in_order() -> None:
    waiting = [asked(rank, months=6 + rank % 3, since=date(2026, 10, 1 + rank % 28)) for rank in range(1, 61)]
    told = allocate(waiting, [offer(1, line(1, measures_left=20)), offer(2, line(2, measures_left=11))])
    assert [one.referral_id for one in told.assigned] == [r.referral_id for r in sorted(waiting, key=lambda r: r.rank)[:31]]


@pytest.mark.parametrize(
    ("rooms", "wanted", "is_possible"),
    [
        (("1/4", "1/4"), {8: 2, 16: 4}, True),
        (("1/4", "1/4"), {8: 2, 16: 5}, False),
        (("3/16", "3/16"), {8: 3}, False),
        (("1/2", "-1"), {8: 2, 16: 4}, True),
        ((), {8: 1, 16: 1}, False),
        ((), {}, True),
    ],
)
def test_households_of_several_norms_fit_when_some_sharing_holds(
    rooms: tuple[str, ...], wanted: dict[int, int], is_possible: bool
) -> None:
    assert fits([WorkerLeft(n, f"ts.{n}", Fraction(room)) for n, room in enumerate(rooms)], wanted) is is_possible
