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
    return packed(workers, wanted) is not None


def packed(workers: Sequence[WorkerLeft], wanted: Mapping[int, int]) -> dict[int, list[int]] | None:
    """By norm, the number of the worker who follows each household; None when these workers cannot follow them all."""
    free = [worker for worker in workers if worker.room > 0]
    if not free or (found := _packing([worker.room for worker in free], list(wanted.items()))) is None:
        return None
    by_worker = zip(free, found, strict=True)
    held = [(norm, worker.worker_id, count) for worker, counts in by_worker for norm, count in zip(wanted, counts, strict=True)]
    return {norm: [number for held_norm, number, count in held if held_norm == norm for _ in range(count)] for norm in wanted}


def shares(norms: Sequence[int], room: Fraction) -> tuple[list[int], int]:
    """What a household of each norm takes of a worker and what the worker has left, in whole units of one size."""
    units = lcm(*norms)
    return [units // norm for norm in norms], floor(room * units)


def _packing(rooms: Sequence[Fraction], wanted: Sequence[tuple[int, int]]) -> list[list[int]] | None:
    """Of each worker, how many households of each norm: one unknown a worker and norm. Just as many as are wanted."""
    norms, counts = [norm for norm, _ in wanted], [count for _, count in wanted]
    sizes, _ = shares(norms, Fraction(0))
    told = milp(
        np.zeros(len(rooms) * len(norms)),
        integrality=1,
        bounds=Bounds(0, np.tile(counts, len(rooms))),
        constraints=[
            LinearConstraint(np.kron(np.eye(len(rooms)), sizes), ub=[shares(norms, room)[1] for room in rooms]),
            LinearConstraint(np.tile(np.eye(len(norms)), len(rooms)), lb=counts, ub=counts),
        ],
    )
    return np.round(told.x).astype(int).reshape(len(rooms), len(norms)).tolist() if told.success else None
