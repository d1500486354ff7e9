"""Partners' places as people read them: of each limit what is allowed, taken and left, each worker's time, and who is next."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from riskmodel.places.allocation import Request
from riskmodel.places.offers import LineLeft, Offer, WorkerLeft
from riskmodel.places.stock import stock
from riskmodel.register.models import FundingLine, Measure, Organisation, Worker
from riskmodel.schemes import Scheme


@dataclass(frozen=True)
class Limit:
    """One limit of a line: what it allows and what is left; less than nothing when the funder brought it below what is taken."""

    allowed: int
    left: int

    @property
    def taken(self) -> int:
        """What measures hold of it."""
        return self.allowed - self.left


@dataclass(frozen=True)
class LineShown:
    """One line of an offer. A limit that is None does not bind; `free_households` is what workers could still follow at the norm
    of `households_per_worker`; `next` is the first request in the order of turns that this line suits."""

    scheme: str
    territories: tuple[str, ...]
    code: str
    year: int | None
    measures: Limit | None
    months: Limit | None
    places: Limit | None
    households_per_worker: int | None
    free_households: int | None
    next: Request | None


@dataclass(frozen=True)
class WorkerShown:
    """A worker who is there: hours in hundredths of a full time, households followed, and the share of a full time left."""

    code: str
    fte_hundredths: int
    households: int
    room: Fraction


@dataclass(frozen=True)
class PartnerShown:
    """A partner with a convention in force: its lines by scheme, and its workers, whose time serves all of them."""

    organisation_id: int
    name: str
    lines: tuple[LineShown, ...]
    workers: tuple[WorkerShown, ...]


def board(
    session: Session,
    landlord_id: str,
    schemes: Mapping[str, Scheme],
    on: date,
    waiting: Iterable[Request] = (),
    organisation_id: int | None = None,
) -> tuple[PartnerShown, ...]:
    """What a landlord's partners (or one of them) allow, hold and can still take on a day, by name; `waiting` in the order of
    turns. Raises SchemeRefused when measures stand under a scheme that `schemes` does not hold."""
    offers = stock(session, landlord_id, schemes, on, organisation_id=organisation_id)
    ids = {offer.organisation_id for offer in offers}
    turns = tuple(waiting)
    limits = {row.id: row for row in session.scalars(select(FundingLine).where(FundingLine.organisation_id.in_(ids)))}
    hours = {row.id: row.fte_hundredths for row in session.scalars(select(Worker).where(Worker.organisation_id.in_(ids)))}
    followed = _followed(session, ids, on)
    names = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)).order_by(Organisation.name)
    return tuple(
        PartnerShown(
            number,
            name,
            tuple(
                _line(offer, line, limits, turns) for offer in offers if offer.organisation_id == number for line in offer.lines
            ),
            tuple(_worker(one, hours[one.worker_id], followed[number, one.code]) for one in _workers(offers, number)),
        )
        for number, name in session.execute(names)
    )


def _line(offer: Offer, line: LineLeft, limits: Mapping[int, FundingLine], turns: Iterable[Request]) -> LineShown:
    row = limits.get(line.line_id or 0)
    suited = (one for one in turns if one.scheme == offer.scheme and offer.covers(one.management_unit))
    return LineShown(
        scheme=offer.scheme,
        territories=offer.territories,
        code=line.code,
        year=line.year,
        measures=_limit(row.measures if row else None, line.measures_left),
        months=_limit(row.measure_months if row else None, line.months_left),
        places=_limit(row.places if row else None, line.places_left),
        households_per_worker=line.households_per_worker,
        free_households=line.free_households,
        next=next(suited, None),
    )


def _limit(allowed: int | None, left: int | None) -> Limit | None:
    return None if allowed is None or left is None else Limit(allowed, left)


def _workers(offers: Iterable[Offer], organisation_id: int) -> tuple[WorkerLeft, ...]:
    """A partner's workers are the same in each of its offers."""
    return next(offer.workers for offer in offers if offer.organisation_id == organisation_id)


def _worker(left: WorkerLeft, fte_hundredths: int, households: int) -> WorkerShown:
    return WorkerShown(left.code, fte_hundredths, households, left.room)


def _followed(session: Session, organisations: Iterable[int], on: date) -> Counter[tuple[int, str]]:
    """Households that each worker has in hand on a day, by partner and code: hours change, the worker stays the same."""
    standing = or_(Measure.ended_on.is_(None), Measure.ended_on > on)
    rows = (
        select(Measure.organisation_id, Worker.code, func.count())
        .join(Worker, Worker.id == Measure.worker_id)
        .where(Measure.organisation_id.in_(tuple(organisations)), Measure.booked_on <= on, standing)
        .group_by(Measure.organisation_id, Worker.code)
    )
    return Counter({(number, code): count for number, code, count in session.execute(rows)})
