"""Allocation against every way there is to share places out, on cases small enough to try them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.places.allocation import Allocation, Request, allocate
from riskmodel.places.offers import MEASURES, MONTHS, PLACES, WORKERS, LineLeft, Offer, WorkerLeft

NORMS = {"mediation": 2, "sauvegarde": 3}
UNITS = ("01", "02")


@dataclass(frozen=True)
class Week:
    requests: tuple[Request, ...]
    offers: tuple[Offer, ...]


Choice = tuple[Offer, LineLeft] | None


def drawn(chance: Random) -> Week:
    """A tight week: two partners, shared workers, two norms, limits that bind at different units."""
    requests = tuple(
        Request(
            referral_id=number,
            scheme=chance.choice(list(NORMS)),
            management_unit=chance.choice(UNITS),
            months=chance.choice((1, 2, 3)),
            priority=(chance.choice((0, 1, 1)),),
            since=date(2026, 11, 1) + timedelta(days=chance.randint(0, 3)),
        )
        for number in range(1, chance.randint(2, 5) + 1)
    )
    return Week(requests, tuple(offer for number in (1, 2) for offer in partner(chance, number)))


def partner(chance: Random, number: int) -> list[Offer]:
    rooms = [Fraction(chance.choice((6, 5, 4, 3, 2, -1)), 6) for _ in range(chance.choice((1, 1, 2, 2)))]
    workers = tuple(WorkerLeft(10 * number + rank, f"ts.{rank}", room) for rank, room in enumerate(rooms))
    return [
        Offer(number, scheme, chance.choice(((), ("01",), ("02",))), None, lines(chance, 10 * number + rank, scheme), workers)
        for rank, scheme in enumerate(chance.sample(list(NORMS), chance.choice((1, 2, 2))))
    ]


def lines(chance: Random, number: int, scheme: str) -> tuple[LineLeft, ...]:
    def limit(*few: int | None) -> int | None:
        return chance.choice((None, *few))

    return tuple(
        LineLeft(
            line_id=10 * number + rank,
            code=f"l{rank}",
            year=2026,
            measures_left=limit(1, 1, 2, -1),
            months_left=limit(2, 3, 4, 6),
            places_left=limit(1, 2),
            households_per_worker=limit(NORMS[scheme], NORMS[scheme]),
            free_households=None,
        )
        for rank in range(chance.choice((1, 1, 2, 2)))
    )


WEEKS = st.integers(0, 2**32).map(lambda seed: drawn(Random(seed)))


def every_way(week: Week) -> Iterator[tuple[Choice, ...]]:
    """Every lawful way to share places out, in the order of turns."""
    open_to = [[None, *_open(request, week.offers)] for request in in_turn(week)]
    return (way for way in product(*open_to) if is_lawful(way, in_turn(week)))


def in_turn(week: Week) -> list[Request]:
    return sorted(week.requests, key=lambda r: (r.priority, r.since, r.referral_id))


def _open(request: Request, offers: Sequence[Offer]) -> list[Choice]:
    near = [o for o in offers if o.scheme == request.scheme and request.management_unit in (o.territories or UNITS)]
    return [(offer, line) for offer in near for line in offer.lines]


def is_lawful(way: Sequence[Choice], requests: Sequence[Request]) -> bool:
    taken = [(*choice, request) for choice, request in zip(way, requests, strict=True) if choice]
    return all(_holds(line, [r.months for _, other, r in taken if other == line]) for _, line, _ in taken) and _are_followed(
        taken
    )


def _holds(line: LineLeft, months: list[int]) -> bool:
    used = ((line.measures_left, len(months)), (line.places_left, len(months)), (line.months_left, sum(months)))
    return all(left is None or asked <= left for left, asked in used)


def _are_followed(taken: Sequence[tuple[Offer, LineLeft, Request]]) -> bool:
    """Whether, at each partner, some worker can be named for every household that a norm counts."""
    for number in {offer.organisation_id for offer, _, _ in taken}:
        mine = [(offer, line) for offer, line, _ in taken if offer.organisation_id == number and line.households_per_worker]
        if mine and not any(_is_bearable(mine, named) for named in product(range(len(mine[0][0].workers)), repeat=len(mine))):
            return False
    return True


def _is_bearable(mine: Sequence[tuple[Offer, LineLeft]], named: Sequence[int]) -> bool:
    borne = [Fraction(0)] * len(mine[0][0].workers)
    for (_, line), worker in zip(mine, named, strict=True):
        borne[worker] += Fraction(1, line.households_per_worker or 1)
    return all(load <= max(worker.room, Fraction(0)) for load, worker in zip(borne, mine[0][0].workers, strict=True))


def merit(way: Sequence[Choice], requests: Sequence[Request]) -> tuple[Any, ...]:
    """As many of the first priority as can be, then of the next; then whoever comes first."""
    served = [choice is not None for choice in way]
    counts = [
        sum(is_served for is_served, r in zip(served, requests, strict=True) if r.priority == priority)
        for priority in sorted({r.priority for r in requests})
    ]
    return *counts, *served


def as_way(told: Allocation, week: Week) -> tuple[Choice, ...]:
    seats = {(offer.organisation_id, offer.scheme, line.line_id): (offer, line) for offer in week.offers for line in offer.lines}
    served = {one.referral_id: one for one in told.assigned}
    return tuple(
        seats[served[r.referral_id].organisation_id, r.scheme, served[r.referral_id].line_id] if r.referral_id in served else None
        for r in in_turn(week)
    )


@given(WEEKS)
@settings(max_examples=60)
def test_allocation_is_the_best_of_all_lawful_ways(week: Week) -> None:
    told = as_way(allocate(week.requests, week.offers), week)
    best = max(every_way(week), key=lambda way: merit(way, in_turn(week)))
    assert is_lawful(told, in_turn(week))
    assert merit(told, in_turn(week)) == merit(best, in_turn(week))


@given(WEEKS, st.randoms())
def test_the_order_in_which_things_are_given_changes_nothing(week: Week, chance: Any) -> None:
    requests, offers = list(week.requests), list(week.offers)
    chance.shuffle(requests)
    chance.shuffle(offers)
    assert allocate(requests, offers) == allocate(week.requests, week.offers)


@given(WEEKS)
@settings(max_examples=40)
def test_everybody_is_told_and_a_place_said_to_be_lacking_would_have_served(week: Week) -> None:
    told = allocate(week.requests, week.offers)
    heard = [one.referral_id for one in told.assigned] + [one.referral_id for one in told.unserved]
    assert sorted(heard) == sorted(r.referral_id for r in week.requests)
    requests, way = in_turn(week), as_way(told, week)
    for one in told.unserved:
        turn = next(rank for rank, request in enumerate(requests) if request.referral_id == one.referral_id)
        assert {lack.line_id for lack in one.would_serve} == {c[1].line_id for c in _open(requests[turn], week.offers) if c}
        for lack in one.would_serve:
            assert lack.limits
            given_more = [_more(c, lack.organisation_id, lack.line_id, lack.limits, requests[turn].months) for c in way]
            offer, line = next(c for c in _open(requests[turn], week.offers) if c and c[1].line_id == lack.line_id)
            given_more[turn] = _more((offer, line), lack.organisation_id, lack.line_id, lack.limits, requests[turn].months)
            assert is_lawful(given_more, requests)


def _more(choice: Choice, organisation: int, line_id: int | None, limits: Sequence[str], months: int) -> Choice:
    """The same seat where one more of these limits is left; workers' time is that of the whole partner."""
    if choice is None or choice[0].organisation_id != organisation:
        return choice
    offer, line = choice
    if WORKERS in limits:
        offer = replace(offer, workers=(*offer.workers, WorkerLeft(99, "en plus", Fraction(1))))
    if line.line_id == line_id:
        more = {MEASURES: 1, PLACES: 1, MONTHS: months}
        names = {MEASURES: "measures_left", PLACES: "places_left", MONTHS: "months_left"}
        said: dict[str, Any] = {
            names[limit]: max(0, getattr(line, names[limit]) or 0) + more[limit] for limit in limits if limit in names
        }
        line = replace(line, **said)
    return offer, line


@given(WEEKS)
def test_whoever_is_next_on_a_line_is_the_first_unserved_who_could_go_there(week: Week) -> None:
    told = allocate(week.requests, week.offers)
    unserved = [r for r in in_turn(week) if r.referral_id in {one.referral_id for one in told.unserved}]
    expected: dict[Any, int] = {}
    for request in unserved:
        for choice in _open(request, week.offers):
            if choice:
                expected.setdefault((choice[0].organisation_id, choice[0].scheme, choice[1].line_id), request.referral_id)
    assert {one[:3]: one.referral_id for one in told.next_in_line} == expected
