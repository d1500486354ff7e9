"""Places used against their limits on a day: of each line of funding of the year, and of each worker's time."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from math import floor

from sqlalchemy.orm import Session

from riskmodel.places.holdings import Held, Holdings, holdings
from riskmodel.places.stock import workers_left
from riskmodel.referrals.moves import Schemes
from riskmodel.register.models import FundingLine, Worker
from riskmodel.schemes import Scheme


@dataclass(frozen=True)
class LineUsed:
    """One line of funding: what its measures use, beside what it allows (None: no such limit)."""

    organisation_id: int
    scheme: Scheme
    line_id: int
    code: str
    year: int
    measures: tuple[int, int | None]
    months: tuple[int, int | None]
    places: tuple[int, int | None]

    @property
    def tightest(self) -> tuple[int, int] | None:
        """What is used and allowed where the least is left, in proportion; None for a line without any limit."""
        bound = [(used, limit) for used, limit in (self.measures, self.months, self.places) if limit]
        return max(bound, key=lambda pair: pair[0] / pair[1], default=None)


@dataclass(frozen=True)
class WorkerUsed:
    """One worker: the share of full time they have and how much of it is taken, in hundredths; households they follow."""

    organisation_id: int
    code: str
    fte_hundredths: int
    used_hundredths: int
    households: int


@dataclass(frozen=True)
class Seats:
    """Lines and workers of the partners, in order; measures that stand without a line of the year."""

    lines: tuple[LineUsed, ...]
    workers: tuple[WorkerUsed, ...]


def seats_used(session: Session, landlord_id: str, schemes: Schemes, on: date, codes: Set[str]) -> Seats:
    """What measures hold on a day, of the schemes of these codes; a worker's time is that of all schemes together."""
    held = holdings(session, landlord_id, schemes, on, on)
    lines = [row for row in held.lines if row.year == on.year and row.scheme in codes]
    partners = sorted({row.organisation_id for row in held.conventions if row.scheme in codes})
    workers = [used for partner in partners for used in _workers(session, landlord_id, schemes, on, held, partner)]
    ordered = sorted(lines, key=lambda row: (row.organisation_id, schemes[row.scheme].rung, row.code))
    return Seats(tuple(_line(row, schemes[row.scheme], held) for row in ordered), tuple(workers))


def _line(row: FundingLine, scheme: Scheme, held: Holdings) -> LineUsed:
    spent = [one for one in held.measures if one.line_id == row.id and one.months_held]
    family = {line.id for line in held.lines if _family(line) == _family(row)}
    return LineUsed(
        organisation_id=row.organisation_id,
        scheme=scheme,
        line_id=row.id,
        code=row.code,
        year=row.year,
        measures=(len(spent), row.measures),
        months=(sum(one.months_held for one in spent), row.measure_months),
        places=(sum(one.stands and one.line_id in family for one in held.measures), row.places),
    )


def _family(row: FundingLine) -> tuple[int, str, str]:
    """As places.stock counts them: lines of one code share their places from year to year."""
    return row.organisation_id, row.scheme, row.code


def _workers(
    session: Session, landlord_id: str, schemes: Schemes, on: date, held: Holdings, organisation_id: int
) -> list[WorkerUsed]:
    left = {one.worker_id: one.room for one in workers_left(session, landlord_id, schemes, on, organisation_id, on)}
    mine = [row for row in held.workers if row.organisation_id == organisation_id and row.id in left]
    standing = [one for one in held.measures if one.organisation_id == organisation_id and one.stands]
    return [
        WorkerUsed(
            organisation_id,
            row.code,
            row.fte_hundredths,
            row.fte_hundredths - floor(left[row.id] * 100),
            _households(row, standing, held),
        )
        for row in sorted(mine, key=lambda row: row.code)
    ]


def _households(row: Worker, standing: list[Held], held: Holdings) -> int:
    return sum(held.follower(one) == row.code for one in standing)
