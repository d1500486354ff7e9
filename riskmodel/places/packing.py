"""Whether workers can follow so many households more, when schemes have norms of their own: nobody follows half a household."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor, lcm

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from riskmodel.places.offers import WorkerLeft, households


def fits(workers: Sequence[WorkerLeft], wanted: Mapping[int, int]) -> bool:
    """Whether these workers can follow `wanted` households more (by norm, in households a full-time worker)."""
    if len(wanted) <= 1:
        return all(households(workers, norm) >= count for norm, count in wanted.items())
    rooms = [worker.room for worker in workers if worker.room > 0]
    return bool(rooms) and _packs(rooms, list(wanted.items()))


def shares(norms: Sequence[int], room: Fraction) -> tuple[list[int], int]:
    """What a household of each norm takes of a worker and what the worker has left, in whole units of one size."""
    units = lcm(*norms)
    return [units // norm for norm in norms], floor(room * units)


def _packs(rooms: Sequence[Fraction], wanted: Sequence[tuple[int, int]]) -> bool:
    """One unknown a worker and norm: how many of these households that worker follows."""
    norms, counts = [norm for norm, _ in wanted], [count for _, count in wanted]
    sizes, _ = shares(norms, Fraction(0))
    told = milp(
        np.zeros(len(rooms) * len(norms)),
        integrality=1,
        bounds=Bounds(0, np.tile(counts, len(rooms))),
        constraints=[
            LinearConstraint(np.kron(np.eye(len(rooms)), sizes), ub=[shares(norms, room)[1] for room in rooms]),
            LinearConstraint(np.tile(np.eye(len(norms)), len(rooms)), lb=counts),
        ],
    )
    return bool(told.success)
