"""The week's places shared out: who waits, who is served by whom, and the places of all of them booked in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.casework.key import week_of
from riskmodel.errors import MoveRefused, PlaceRefused
from riskmodel.people.days import day_of
from riskmodel.places import booking, packing, turns
from riskmodel.places.allocation import Allocation, Assigned, Request, allocate
from riskmodel.places.stock import stock
from riskmodel.referrals import moves, seats
from riskmodel.referrals.states import STATES
from riskmodel.register.models import Referral, SharedOut
from riskmodel.schemes import Scheme
from riskmodel.settings import Settings
from riskmodel.steps.orienting import schemes_of

READY = "validated"
"""The state in which a referral waits for a partner."""


@dataclass(frozen=True)
class Shared:
    """A sharing out that was kept: its number, week, instant and author, and who was served."""

    number: int
    week: str
    made_at: datetime
    by: str
    told: Allocation


@dataclass(frozen=True)
class Standing:
    """What became of a referral that a sharing out served: still to book, booked there, or changed meanwhile, and how."""

    code: Literal["waiting", "booked", "changed"]
    why: str = ""


class Left(NamedTuple):
    """A referral that could not be booked as was shared out, and why."""

    referral_id: int
    why: str


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation did: places booked now, those that were already, and referrals left aside."""

    booked: int
    already: int
    left: tuple[Left, ...]


def waiting(session: Session, settings: Settings, landlord_id: str) -> tuple[Request, ...]:
    """A landlord's referrals that wait for a place, in the order of their turns."""
    return turns.waiting(session, landlord_id, READY, schemes_of(settings, landlord_id), seats.months_of)


def share(session: Session, settings: Settings, landlord_id: str, *, by: str, now: datetime) -> int:
    """Share the places left today among all who wait, and keep the result for the week; its number. Nothing is booked.

    Raises PlaceRefused when nobody waits.
    """
    asked = waiting(session, settings, landlord_id)
    if not asked:
        raise PlaceRefused("Aucune orientation validée n'attend de place : il n'y a rien à répartir.")
    today = day_of(now)
    told = allocate(asked, stock(session, landlord_id, schemes_of(settings, landlord_id), today))
    return turns.keep(session, landlord_id, week_of(today), told, by, now)


def last(session: Session, landlord_id: str, week: str) -> Shared | None:
    """The last sharing out of a landlord's week; None before the first."""
    mine = select(SharedOut).filter_by(landlord_id=landlord_id, week=week).order_by(SharedOut.made_at.desc(), SharedOut.id.desc())
    row = session.scalar(mine.limit(1))
    return None if row is None else Shared(row.id, row.week, row.made_at, row.by, turns.read(row.result))


def standing(session: Session, served: Sequence[Assigned]) -> dict[int, Standing]:
    """What became of each referral served, by its number."""
    found = _referrals(session, [one.referral_id for one in served])
    return {one.referral_id: _standing(found.get(one.referral_id), one) for one in served}


def confirm(session: Session, settings: Settings, landlord_id: str, number: int, *, by: str, now: datetime) -> Confirmed:
    """Book every place of a sharing out; what stands already is left as it is, so that a second confirmation changes nothing.

    Whoever changed since then (withdrawn, sent elsewhere, its place taken) is left aside and told. Raises PlaceRefused when a
    newer sharing out of the landlord took its place.
    """
    shared = _current(session, landlord_id, number, day_of(now))
    schemes = schemes_of(settings, landlord_id)
    before = _held(session, shared.told.assigned)
    wanted = [one for one in shared.told.assigned if before[one.referral_id].code == "waiting"]
    changed = [Left(key, stood.why) for key, stood in before.items() if stood.code == "changed"]
    refused = _book(session, landlord_id, schemes, wanted, by, now)
    already = sum(stood.code == "booked" for stood in before.values())
    return Confirmed(len(wanted) - len(refused), already, (*changed, *refused))


def _current(session: Session, landlord_id: str, number: int, today: date) -> Shared:
    shared = last(session, landlord_id, week_of(today))
    if shared is None or shared.number != number:
        raise PlaceRefused("Cette répartition n'est plus la dernière de la semaine. Relisez celle qui l'a remplacée.")
    return shared


def _held(session: Session, served: Sequence[Assigned]) -> dict[int, Standing]:
    """Where each referral stands, held until the transaction ends. Whoever moves one of them holds it first, then its partner:
    so are they held here, and nobody waits for one another for ever."""
    for key in sorted(one.referral_id for one in served):
        session.get(Referral, key, with_for_update=True, populate_existing=True)
    return standing(session, served)


def _book(
    session: Session, landlord_id: str, schemes: Mapping[str, Scheme], wanted: Sequence[Assigned], by: str, now: datetime
) -> list[Left]:
    by_partner: dict[int, list[Assigned]] = defaultdict(list)
    for one in wanted:
        by_partner[one.organisation_id].append(one)
    refused = []
    for partner in sorted(by_partner):
        booking.hold(session, partner)
        workers = _workers(session, landlord_id, schemes, by_partner[partner], day_of(now))
        for one in by_partner[partner]:
            details = {"organisation_id": partner, "line_id": one.line_id, "worker_id": workers.get(one.referral_id)}
            told = {name: number for name, number in details.items() if number is not None}
            refused += _assigned(session, one.referral_id, schemes, told, by, now)
    return refused


def _assigned(
    session: Session, referral_id: int, schemes: Mapping[str, Scheme], details: Mapping[str, int], by: str, now: datetime
) -> list[Left]:
    """Nothing when the place is booked; why not, when it is not."""
    try:
        moves.move(session, referral_id, "assign", schemes=schemes, by=by, now=now, on_day=day_of(now), details=details)
    except (MoveRefused, PlaceRefused) as why:
        return [Left(referral_id, str(why))]
    return []


def _workers(
    session: Session, landlord_id: str, schemes: Mapping[str, Scheme], served: Sequence[Assigned], today: date
) -> dict[int, int]:
    """Who follows whom, where a partner's households weigh differently and taking the freest worker each time could leave one
    without anybody; empty where it cannot."""
    offers = stock(session, landlord_id, schemes, today, organisation_id=served[0].organisation_id)
    norms = {(offer.scheme, line.line_id): line.households_per_worker for offer in offers for line in offer.lines}
    found = _referrals(session, [one.referral_id for one in served])
    weights = {one.referral_id: norms.get((found[one.referral_id].scheme, one.line_id)) for one in served}
    counts = Counter(norm for norm in weights.values() if norm)
    if len(counts) < 2 or (packed := packing.packed(offers[0].workers, counts)) is None:
        return {}
    return {key: packed[norm].pop() for key, norm in weights.items() if norm}


def _standing(referral: Referral | None, one: Assigned) -> Standing:
    if referral is None:
        return Standing("changed", "L'orientation n'existe plus.")
    if referral.state == READY and referral.organisation_id is None:
        return Standing("waiting")
    if referral.organisation_id == one.organisation_id and referral.closed_on is None:
        return Standing("booked")
    elsewhere = ", chez un autre partenaire" if referral.organisation_id not in (None, one.organisation_id) else ""
    return Standing("changed", f"L'orientation est maintenant « {STATES[referral.state]} »{elsewhere}.")


def _referrals(session: Session, ids: Collection[int]) -> dict[int, Referral]:
    return {row.id: row for row in session.scalars(select(Referral).where(Referral.id.in_(ids)))}
