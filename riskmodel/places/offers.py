"""What a partner can still take for one scheme: its lines of funding and its workers' time, each with what is left of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

MEASURES, MONTHS, PLACES, WORKERS = "measures", "months", "places", "workers"
LIMITS = {
    MEASURES: "mesures financées de l'année",
    MONTHS: "mois-mesures de l'année",
    PLACES: "places occupées à la fois",
    WORKERS: "temps des intervenants",
}
"""What may run out, as a person reads it."""


@dataclass(frozen=True)
class WorkerLeft:
    """A worker and the share of a full time that is left: one household at a norm of 16 takes a sixteenth. Below zero, the worker
    follows more than the norm allows."""

    worker_id: int
    code: str
    room: Fraction


@dataclass(frozen=True)
class LineLeft:
    """One line of funding of a year; None where nothing binds. A negative number says by how much a limit is overrun.

    `line_id` is None for a scheme that no line funds. `free_households` is what workers could still follow at the line's norm.
    """

    line_id: int | None
    code: str
    year: int | None
    measures_left: int | None
    months_left: int | None
    places_left: int | None
    households_per_worker: int | None
    free_households: int | None

    def lacks(self, months: int) -> tuple[str, ...]:
        """The limits that one more measure of so many months would overrun, in the order of LIMITS."""
        asked = {
            MEASURES: (1, self.measures_left),
            MONTHS: (months, self.months_left),
            PLACES: (1, self.places_left),
            WORKERS: (1, self.free_households),
        }
        return tuple(limit for limit, (wanted, left) in asked.items() if left is not None and wanted > left)


@dataclass(frozen=True)
class Offer:
    """What a partner can still take for one scheme. No territory named: all of them. `workers` follow its other schemes too.

    `free_households` is what its workers' time allows, at the lightest norm of its lines; None when no norm binds.
    """

    organisation_id: int
    scheme: str
    territories: tuple[str, ...]
    free_households: int | None
    lines: tuple[LineLeft, ...]
    workers: tuple[WorkerLeft, ...]

    def covers(self, management_unit: str) -> bool:
        """Whether its conventions name this unit, or none."""
        return not self.territories or management_unit in self.territories


def households(workers: Iterable[WorkerLeft], households_per_worker: int) -> int:
    """How many more households these workers can follow at a norm; nobody follows half a household."""
    return sum(floor(worker.room * households_per_worker) for worker in workers if worker.room > 0)


def roomiest(workers: Iterable[WorkerLeft]) -> WorkerLeft | None:
    """The worker with the most time left, the first by code of those who have as much; None without any worker."""
    return min(workers, key=lambda worker: (-worker.room, worker.code), default=None)
