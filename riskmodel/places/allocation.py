"""Who is served this week, under every limit of every partner at once: exact, by declared priorities, the same each time.

Among all the ways to share places out: first, as many served as can be of the most urgent priority, then of the next, and so on.
Then, of the ways that serve as many, the one that serves whoever comes first: by priority, then by how long one has waited.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from riskmodel.places.offers import LineLeft, Offer
from riskmodel.places.packing import fits
from riskmodel.places.programme import Programme, Seat

Why = Literal["no_partner", "no_line", "no_place"]
WHY: Mapping[Why, str] = {
    "no_partner": "aucune convention en vigueur pour ce dispositif dans cette unité de gestion",
    "no_line": "aucune ligne de financement de l'année pour ce dispositif",
    "no_place": "plus de place chez les partenaires qui pouvaient l'accueillir",
}


@dataclass(frozen=True)
class Request:
    """A referral that waits for a place, for so many months, since a day. `priority` compares as tuples do: the smaller, the
    more urgent."""

    referral_id: int
    scheme: str
    management_unit: str
    months: int
    priority: tuple[int, ...]
    since: date

    @property
    def rank(self) -> tuple[tuple[int, ...], date, int]:
        """Its turn: priority, then the day it began to wait, then its number."""
        return self.priority, self.since, self.referral_id


class Assigned(NamedTuple):
    """A request served: by which partner, on which line (None where no line funds the scheme)."""

    referral_id: int
    organisation_id: int
    line_id: int | None


class Lacking(NamedTuple):
    """A place that would have served a request, taking nothing from anyone: one more of each of these limits."""

    organisation_id: int
    line_id: int | None
    limits: tuple[str, ...]


class NextInLine(NamedTuple):
    """Whose turn it is when a partner's line has a place again."""

    organisation_id: int
    scheme: str
    line_id: int | None
    referral_id: int


@dataclass(frozen=True)
class Unserved:
    """A request without a place: why, and which places would have served it."""

    referral_id: int
    why: Why
    would_serve: tuple[Lacking, ...]


@dataclass(frozen=True)
class Allocation:
    """Who is served and by whom, who is not and for want of what, in the order of turns; and who is next on each line."""

    assigned: tuple[Assigned, ...]
    unserved: tuple[Unserved, ...]
    next_in_line: tuple[NextInLine, ...]


def allocate(requests: Iterable[Request], offers: Iterable[Offer]) -> Allocation:
    """The one allocation that the priorities ask for; whatever the order of its arguments, the same.

    Raises ValueError when a referral is asked for twice.
    """
    waiting = sorted(requests, key=lambda request: request.rank)
    if twice := [key for key, times in Counter(request.referral_id for request in waiting).items() if times > 1]:
        raise ValueError(f"referrals asked for twice: {twice}")
    offered = sorted(offers, key=lambda offer: (offer.organisation_id, offer.scheme))
    seats = _seats(offered)
    open_to = [tuple(rank for rank, seat in enumerate(seats) if _suits(seat, request)) for request in waiting]
    served = Programme(seats, open_to, [r.months for r in waiting], [r.priority for r in waiting]).solve()
    left = _left(seats, [(waiting[turn].months, seat) for turn, seat in served.items()])
    unserved = [turn for turn in range(len(waiting)) if turn not in served]
    return Allocation(
        assigned=tuple(_assigned(waiting[turn], seats[served[turn]]) for turn in sorted(served)),
        unserved=tuple(_unserved(waiting[turn], offered, [(seats[s], left[s]) for s in open_to[turn]]) for turn in unserved),
        next_in_line=_next(seats, [(waiting[turn], open_to[turn]) for turn in unserved]),
    )


def _seats(offers: Sequence[Offer]) -> list[Seat]:
    return [
        Seat(offer, line) for offer in offers for line in sorted(offer.lines, key=lambda line: (line.code, line.line_id or 0))
    ]


def _suits(seat: Seat, request: Request) -> bool:
    return seat.offer.scheme == request.scheme and seat.offer.covers(request.management_unit)


def _assigned(request: Request, seat: Seat) -> Assigned:
    return Assigned(request.referral_id, seat.offer.organisation_id, seat.line.line_id)


def _left(seats: Sequence[Seat], taken: Sequence[tuple[int, int]]) -> list[LineLeft]:
    """Each line once the allocation has been made; `free_households` is then 1 where one more would fit, 0 where none would."""
    months: dict[int, int] = defaultdict(int)
    counts = Counter(seat for _, seat in taken)
    for length, seat in taken:
        months[seat] += length
    weights: dict[int, Counter[int]] = defaultdict(Counter)
    for seat, count in counts.items():
        if norm := seats[seat].line.households_per_worker:
            weights[seats[seat].offer.organisation_id][norm] += count
    return [
        replace(
            seat.line,
            measures_left=_less(seat.line.measures_left, counts[rank]),
            months_left=_less(seat.line.months_left, months[rank]),
            places_left=_less(seat.line.places_left, counts[rank]),
            free_households=_one_more(seat, weights[seat.offer.organisation_id]),
        )
        for rank, seat in enumerate(seats)
    ]


def _less(left: int | None, taken: int) -> int | None:
    return None if left is None else left - taken


def _one_more(seat: Seat, weights: Counter[int]) -> int | None:
    norm = seat.line.households_per_worker
    return None if norm is None else int(fits(seat.offer.workers, weights + Counter({norm: 1})))


def _unserved(request: Request, offers: Sequence[Offer], open_to: Sequence[tuple[Seat, LineLeft]]) -> Unserved:
    near = [offer for offer in offers if offer.scheme == request.scheme and offer.covers(request.management_unit)]
    lacking = tuple(Lacking(seat.offer.organisation_id, left.line_id, left.lacks(request.months)) for seat, left in open_to)
    why: Why = "no_place" if open_to else "no_line" if near else "no_partner"
    return Unserved(request.referral_id, why, lacking)


def _next(seats: Sequence[Seat], waiting: Sequence[tuple[Request, tuple[int, ...]]]) -> tuple[NextInLine, ...]:
    first: dict[int, Request] = {}
    for request, open_to in waiting:
        for seat in open_to:
            first.setdefault(seat, request)
    return tuple(
        NextInLine(seats[s].offer.organisation_id, seats[s].offer.scheme, seats[s].line.line_id, first[s].referral_id)
        for s in sorted(first)
    )
