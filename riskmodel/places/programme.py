"""Sharing out as a mixed-integer programme, solved exactly by HiGHS (Huangfu & Hall 2018, through SciPy).

Unknowns: how many requests of a kind (same lines open to them, same months) each line takes; which requests are served; how many
households of each norm each worker follows. Requests of one kind are alike but for their turn: they are counted, not told apart.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, gcd
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from riskmodel.places.offers import LineLeft, Offer, WorkerLeft
from riskmodel.places.packing import shares

AT_ONCE = 16
"""Turns settled by one solve, each worth twice the next: a millionth of the first, the solver's tolerance, is far from worth the
last."""
EXACTLY = {"mip_rel_gap": 0.0}

Floats = np.ndarray[Any, np.dtype[np.float64]]
Row = tuple[dict[int, float], float, float]
"""Coefficients by unknown, lower and upper bound."""


class Seat(NamedTuple):
    """A line of a partner's offer."""

    offer: Offer
    line: LineLeft


Kind = tuple[tuple[int, ...], int]
"""Seats open to a request, and its months."""


@dataclass
class Programme:
    """Requests in the order of their turns: seats open to each, months, and priorities, on seats with their limits."""

    seats: Sequence[Seat]
    open_to: Sequence[tuple[int, ...]]
    months: Sequence[int]
    priorities: Sequence[tuple[int, ...]]

    def __post_init__(self) -> None:
        self.lower, self.upper = np.zeros(self.size), self._upper()
        self.rows = list(self._rows())
        self.most: list[tuple[list[int], float]] = []

    def solve(self) -> dict[int, int]:
        """The seat of each request served, by turn."""
        if not any(self.open_to):
            return {}
        for priority in sorted(set(self.priorities)):
            self._serve_most([turn for turn, said in enumerate(self.priorities) if said == priority])
        return self._seated(self._settle_turns())

    @cached_property
    def kinds(self) -> dict[Kind, list[int]]:
        """Turns of the requests that are alike."""
        found: dict[Kind, list[int]] = defaultdict(list)
        for turn, kind in enumerate(zip(self.open_to, self.months, strict=True)):
            found[kind].append(turn)
        return dict(found)

    @cached_property
    def taking(self) -> dict[tuple[Kind, int], int]:
        """Unknown of each kind and seat open to it; the requests' own come first."""
        pairs = [(kind, seat) for kind in self.kinds for seat in kind[0]]
        return {pair: len(self.open_to) + rank for rank, pair in enumerate(pairs)}

    @cached_property
    def following(self) -> dict[tuple[int, WorkerLeft, int], int]:
        """Unknown of each partner's worker and norm."""
        found = {
            (seat.offer.organisation_id, worker, norm): None
            for seat in self.seats
            for worker in seat.offer.workers
            if (norm := seat.line.households_per_worker)
        }
        return {key: len(self.open_to) + len(self.taking) + rank for rank, key in enumerate(found)}

    @property
    def size(self) -> int:
        """Number of unknowns."""
        return len(self.open_to) + len(self.taking) + len(self.following)

    def _upper(self) -> Floats:
        requests = [float(bool(seats)) for seats in self.open_to]
        taken = [float(len(self.kinds[kind])) for kind, _ in self.taking]
        followed = [float(max(0, floor(worker.room * norm))) for _, worker, norm in self.following]
        return np.array(requests + taken + followed)

    def _rows(self) -> Iterator[Row]:
        for kind, turns in self.kinds.items():
            seated = {self.taking[kind, seat]: 1.0 for seat in kind[0]}
            yield seated | dict.fromkeys(turns, -1.0), 0, 0
        for rank, seat in enumerate(self.seats):
            mine = {place: kind[1] for (kind, chosen), place in self.taking.items() if chosen == rank}
            for left in (seat.line.measures_left, seat.line.places_left):
                if left is not None:
                    yield dict.fromkeys(mine, 1.0), 0, max(0, left)
            if seat.line.months_left is not None and mine:
                step = gcd(*mine.values())
                yield {place: months / step for place, months in mine.items()}, 0, max(0, seat.line.months_left // step)
        yield from self._workers()

    def _workers(self) -> Iterator[Row]:
        """Whoever is taken at a norm is followed by somebody, and nobody follows more than there is time for."""
        followers: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        by_worker: dict[WorkerLeft, dict[int, int]] = defaultdict(dict)
        for (organisation, worker, norm), place in self.following.items():
            followers[organisation, norm][place] = -1.0
            by_worker[worker][norm] = place
        for (_, seat), place in self.taking.items():
            if own := self.seats[seat].line.households_per_worker:
                followers[self.seats[seat].offer.organisation_id, own][place] = 1.0
        yield from ((coefficients, -np.inf, 0) for coefficients in followers.values())
        for worker, places in by_worker.items():
            sizes, room = shares(list(places), worker.room)
            yield dict(zip(places.values(), map(float, sizes), strict=True)), 0, max(0, room)

    def _serve_most(self, turns: list[int]) -> None:
        """From now on, as many of these requests as can be are served."""
        self.found = self._best(dict.fromkeys(turns, 1.0))
        self.rows.append((dict.fromkeys(turns, 1.0), (count := self.found[turns].sum()), count))
        self.most.append((turns, count))

    def _settle_turns(self) -> Floats:
        """The solution in which each request is served, unless serving it would cost somebody before it."""
        found = self.found
        while undecided := self._undecided():
            reached = next((rank for rank, turn in enumerate(undecided) if not found[turn]), len(undecided))
            self.lower[undecided[:reached]] = 1
            if heads := undecided[reached : reached + AT_ONCE]:
                found = self._best({turn: 2.0 ** (AT_ONCE - rank) for rank, turn in enumerate(heads)})
                self.lower[heads] = self.upper[heads] = found[heads]
                self._refuse_no_easier([turn for turn in heads if not found[turn]])
        return found

    def _undecided(self) -> list[int]:
        """Turns still to settle, once those of a priority that has its number served are known to be refused."""
        for turns, count in self.most:
            if self.lower[turns].sum() == count:
                self.upper[turns] = self.lower[turns]
        return [turn for turn in range(len(self.open_to)) if self.lower[turn] != self.upper[turn]]

    def _refuse_no_easier(self, refused: Sequence[int]) -> None:
        """Of one priority, whoever comes later, may go nowhere else and asks for no fewer months cannot be served either: its
        place could have gone to the one refused."""
        for turn in refused:
            self.upper[[other for other in range(turn + 1, len(self.open_to)) if self._is_no_easier(other, turn)]] = 0

    def _is_no_easier(self, other: int, turn: int) -> bool:
        is_of_one_priority = self.priorities[other] == self.priorities[turn]
        return is_of_one_priority and self.months[other] >= self.months[turn] and {*self.open_to[other]} <= {*self.open_to[turn]}

    def _best(self, gains: dict[int, float]) -> Floats:
        """The unknowns that gain most, in whole numbers, those who are alike served in the order of their turns."""
        worth = np.zeros(self.size)
        worth[list(gains)] = list(gains.values())
        told = milp(
            -worth, integrality=1, bounds=Bounds(self.lower, self.upper), constraints=self._constraints(), options=EXACTLY
        )
        if not told.success:
            raise ArithmeticError(f"HiGHS: {told.message}")
        found = np.round(told.x)
        for turns in self._alike():
            found[turns] = np.arange(len(turns)) < found[turns].sum()
        return found

    def _alike(self) -> Iterator[list[int]]:
        for turns in self.kinds.values():
            for priority in sorted({self.priorities[turn] for turn in turns}):
                yield [turn for turn in turns if self.priorities[turn] == priority]

    def _constraints(self) -> LinearConstraint:
        cells = [(line, place, value) for line, (row, _, _) in enumerate(self.rows) for place, value in row.items()]
        lines, places, values = zip(*cells, strict=True)
        matrix = coo_array((values, (lines, places)), shape=(len(self.rows), self.size)).tocsr()
        return LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])

    def _seated(self, found: Floats) -> dict[int, int]:
        seated = {}
        for kind, turns in self.kinds.items():
            served = iter([turn for turn in turns if found[turn]])
            for seat in kind[0]:
                for _ in range(int(found[self.taking[kind, seat]])):
                    seated[next(served)] = seat
        return seated
