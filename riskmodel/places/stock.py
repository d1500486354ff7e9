"""What is left of each partner's limits: what conventions, lines of funding and workers allow, less what measures hold.

A measure holds its place and its worker's time until it has ended. Of its line's year it holds one measure and its months; one
that ended early gives back the months not begun, one that never began gives everything back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from sqlalchemy.orm import Session

from riskmodel.places.holdings import Held, Holdings, holdings
from riskmodel.places.offers import LineLeft, Offer, WorkerLeft, households, roomiest
from riskmodel.register.models import Convention, FundingLine
from riskmodel.schemes import Scheme


def stock(
    session: Session,
    landlord_id: str,
    schemes: Mapping[str, Scheme],
    on: date,
    *,
    organisation_id: int | None = None,
    starting: date | None = None,
) -> tuple[Offer, ...]:
    """What partners (or one of them) can still take on a day, by partner and scheme: what had been booked by then and had not
    ended. `starting` is the day that conventions, workers and the lines' year are looked at, when it is not `on`.

    Raises SchemeRefused when measures stand under a scheme that `schemes` does not hold: their weight would be unknown.
    """
    held = holdings(session, landlord_id, schemes, on, starting or on, organisation_id)
    agreed = sorted(held.conventions, key=lambda row: (row.organisation_id, row.scheme, row.id))
    workers = {organisation: _workers(held, organisation) for organisation in {row.organisation_id for row in agreed}}
    return tuple(
        _offer(held, schemes[scheme], tuple(rows), workers[organisation])
        for (organisation, scheme), rows in groupby(agreed, key=lambda row: (row.organisation_id, row.scheme))
        if scheme in schemes and schemes[scheme].uses_place
    )


def line_left(
    session: Session, landlord_id: str, schemes: Mapping[str, Scheme], on: date, organisation_id: int, line_id: int
) -> LineLeft:
    """What is left of one line of any year, as its partner's workers of a day leave it."""
    held = holdings(session, landlord_id, schemes, on, on, organisation_id)
    (row,) = (line for line in held.lines if line.id == line_id)
    return _line(held, row, schemes[row.scheme], _workers(held, organisation_id))


def workers_left(
    session: Session, landlord_id: str, schemes: Mapping[str, Scheme], on: date, organisation_id: int, starting: date
) -> tuple[WorkerLeft, ...]:
    """The time left to a partner's workers who are there on the day `starting`, for what had been booked on `on`."""
    return _workers(holdings(session, landlord_id, schemes, on, starting, organisation_id), organisation_id)


def _offer(held: Holdings, scheme: Scheme, conventions: tuple[Convention, ...], workers: tuple[WorkerLeft, ...]) -> Offer:
    organisation, territories = conventions[0].organisation_id, [set(row.territories) for row in conventions]
    lines = _lines(held, scheme, organisation, workers)
    free = [line.free_households for line in lines if line.free_households is not None]
    return Offer(
        organisation_id=organisation,
        scheme=scheme.code,
        territories=tuple(sorted(set().union(*territories))) if all(territories) else (),
        free_households=max(free) if free and len(free) == len(lines) else None,
        lines=lines,
        workers=workers,
    )


def _lines(held: Holdings, scheme: Scheme, organisation: int, workers: tuple[WorkerLeft, ...]) -> tuple[LineLeft, ...]:
    """The year's lines; a line that binds nothing but workers, for a scheme that nobody funds by lines."""
    mine = [row for row in held.lines if (row.organisation_id, row.scheme) == (organisation, scheme.code)]
    if not mine and not scheme.capacity.lines:
        norm = scheme.capacity.households_per_worker
        return (LineLeft(None, "", None, None, None, None, norm, _free(norm, workers)),)
    return tuple(_line(held, row, scheme, workers) for row in mine if row.year == held.starting.year)


def _line(held: Holdings, row: FundingLine, scheme: Scheme, workers: tuple[WorkerLeft, ...]) -> LineLeft:
    norm = row.households_per_worker or scheme.capacity.households_per_worker
    spent = [measure for measure in held.measures if measure.line_id == row.id and measure.months_held]
    family = {line.id for line in held.lines if _family(line) == _family(row)}
    return LineLeft(
        line_id=row.id,
        code=row.code,
        year=row.year,
        measures_left=_left(row.measures, len(spent)),
        months_left=_left(row.measure_months, sum(measure.months_held for measure in spent)),
        places_left=_left(row.places, sum(measure.stands for measure in held.measures if measure.line_id in family)),
        households_per_worker=norm,
        free_households=_free(norm, workers),
    )


def _family(row: FundingLine) -> tuple[int, str, str]:
    """A place stays taken when the year turns: lines of one code share their places from year to year."""
    return row.organisation_id, row.scheme, row.code


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else limit - used


def _free(norm: int | None, workers: tuple[WorkerLeft, ...]) -> int | None:
    return None if norm is None else households(workers, norm)


def _workers(held: Holdings, organisation: int) -> tuple[WorkerLeft, ...]:
    """Workers who are there, with what their households leave them. Households whose worker has left, or who have none yet, weigh
    on the colleague with the most time, until somebody takes them over."""
    present = {row.code: row for row in held.workers if row.organisation_id == organisation and held.is_there(row)}
    standing = [m for m in held.measures if m.organisation_id == organisation and m.stands and m.households_per_worker]
    loads: dict[str | None, Fraction] = defaultdict(Fraction)
    for measure in standing:
        loads[held.follower(measure)] += _weight(measure)
    rooms = [WorkerLeft(row.id, code, Fraction(row.fte_hundredths, 100) - loads[code]) for code, row in sorted(present.items())]
    return _taken_over(rooms, sorted((_weight(m) for m in standing if held.follower(m) is None), reverse=True))


def _weight(measure: Held) -> Fraction:
    return Fraction(1, measure.households_per_worker or 1)


def _taken_over(workers: list[WorkerLeft], weights: Iterable[Fraction]) -> tuple[WorkerLeft, ...]:
    for weight in weights:
        if (chosen := roomiest(workers)) is None:
            break
        workers[workers.index(chosen)] = replace(chosen, room=chosen.room - weight)
    return tuple(workers)
