"""Places taken, kept longer, handed over, given back; never one more than the limits, however many people book at once.

Whoever takes a place, or changes what a partner can take, first holds that partner's row: the next one waits, and then sees what
was written. On SQLite the transaction has to have begun as one that writes (`register.to_write`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import PlaceRefused
from riskmodel.people.days import day_of
from riskmodel.places.offers import LIMITS, MEASURES, MONTHS, PLACES, WORKERS, LineLeft, Offer, WorkerLeft, roomiest
from riskmodel.places.stock import line_left, stock, workers_left
from riskmodel.register.models import Measure, Organisation, Referral
from riskmodel.schemes import Scheme

Schemes = Mapping[str, Scheme]


@dataclass(frozen=True)
class Wanted:
    """A place at a partner: on a line (None: the first by code that has room), with a worker (None: who has the most time)."""

    organisation_id: int
    months: int
    line_id: int | None = None
    worker_id: int | None = None
    starts_on: date | None = None


def book(session: Session, referral_id: int, wanted: Wanted, schemes: Schemes, now: datetime) -> int:
    """Take a place for a referral; the number of the measure that holds it.

    Raises PlaceRefused, saying what is left of every limit, when it would overrun one, when no convention in force covers the
    referral's unit, when line or worker are not this partner's, or when the referral holds a place already.
    """
    hold(session, wanted.organisation_id)
    referral = session.get_one(Referral, referral_id)
    if of(session, referral_id) is not None:
        raise PlaceRefused(f"Orientation {referral_id} : elle a déjà une place, et n'en occupe qu'une. Rien n'est changé.")
    if wanted.months < 1:
        raise PlaceRefused(f"Durée de {wanted.months} mois. Une mesure dure au moins un mois : donnez sa durée.")
    today = day_of(now)
    starting = wanted.starts_on or today
    offer = _offer(session, referral, wanted, schemes, today)
    line = _line(offer, wanted)
    worker = _worker(offer, line, wanted.worker_id)
    measure = Measure(
        referral_id=referral_id,
        landlord_id=referral.landlord_id,
        organisation_id=wanted.organisation_id,
        scheme=referral.scheme,
        funding_line_id=line.line_id,
        worker_id=worker.worker_id if worker else None,
        booked_on=today,
        starts_on=wanted.starts_on,
        months=wanted.months,
    )
    with within_limits(session, measure, schemes, today, starting):
        session.add(measure)
    return measure.id


def of(session: Session, referral_id: int) -> Measure | None:
    """The measure of a referral as it is now; None when it holds and held no place."""
    return session.scalar(select(Measure).filter_by(referral_id=referral_id).execution_options(populate_existing=True))


def extend(session: Session, referral_id: int, months: int, schemes: Schemes, now: datetime) -> None:
    """Add months to a measure, on its own line; raises PlaceRefused when the line has no such months left."""
    with _changed(session, referral_id, schemes, now) as measure:
        measure.months += months


def hand_over(session: Session, referral_id: int, worker_id: int, schemes: Schemes, now: datetime) -> None:
    """Give a measure to another worker of the partner; raises PlaceRefused for one who is not there or has no time left."""
    with _changed(session, referral_id, schemes, now) as measure:
        _named(_there(session, measure, schemes, day_of(now)), worker_id)
        measure.worker_id = worker_id


def reopen(session: Session, referral_id: int, schemes: Schemes, now: datetime) -> None:
    """Let a measure that was ended by mistake stand again; raises PlaceRefused when its place has gone to somebody else."""
    with _changed(session, referral_id, schemes, now) as measure:
        if measure.worker_id is not None and not _there(session, measure, schemes, day_of(now)):
            raise PlaceRefused("Ce partenaire n'a plus aucun intervenant. Inscrivez d'abord les heures de quelqu'un.")
        measure.ended_on = measure.end = None


def end(session: Session, referral_id: int, on: date, code: str) -> None:
    """Give a place back from a day: its place and its worker's time, and the months of its line that were not begun."""
    measure = _held(session, referral_id)
    measure.ended_on, measure.end = on, code
    session.flush()


def cancel(session: Session, referral_id: int) -> None:
    """Take back a booking made by mistake, as if it had never been."""
    session.delete(_held(session, referral_id))
    session.flush()


def hold(session: Session, organisation_id: int) -> None:
    """Wait for whoever changes or uses this partner's limits, and keep the others waiting until this transaction ends."""
    mine = select(Organisation.id).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    if session.scalar(mine) is None:
        raise PlaceRefused(f"Partenaire {organisation_id} : inconnu. Choisissez-le parmi ceux du bailleur.")


@contextmanager
def within_limits(session: Session, measure: Measure, schemes: Schemes, today: date, starting: date) -> Iterator[None]:
    """What the block changes of a measure stands if no limit is overrun by it; otherwise nothing of it does, and PlaceRefused
    is raised. A limit overrun before (hours that were cut, a worker who left) may stay so, never grow worse."""
    before = _left(session, measure, schemes, today, starting)
    with session.begin_nested():
        yield
        session.flush()
        after = _left(session, measure, schemes, today, starting)
        if overrun := [what for what, left in after.items() if left < min(Fraction(0), before[what])]:
            raise PlaceRefused(_said(overrun, before))


@contextmanager
def _changed(session: Session, referral_id: int, schemes: Schemes, now: datetime) -> Iterator[Measure]:
    hold(session, _held(session, referral_id).organisation_id)
    measure, today = _held(session, referral_id), day_of(now)
    with within_limits(session, measure, schemes, today, today):
        yield measure


def _there(session: Session, measure: Measure, schemes: Schemes, today: date) -> tuple[WorkerLeft, ...]:
    return workers_left(session, measure.landlord_id, schemes, today, measure.organisation_id, today)


def _held(session: Session, referral_id: int) -> Measure:
    measure = of(session, referral_id)
    if measure is None:
        raise PlaceRefused(f"Orientation {referral_id} : elle n'occupe aucune place. Réservez-en une d'abord.")
    return measure


def _left(session: Session, measure: Measure, schemes: Schemes, today: date, starting: date) -> dict[str, Fraction]:
    """What is left of each limit that a measure weighs on, as a person reads its name; workers' time in full times."""
    whose = (measure.landlord_id, schemes, today, measure.organisation_id)
    found: dict[str, Fraction] = {}
    if measure.funding_line_id is not None:
        line = line_left(session, *whose, measure.funding_line_id)
        kept = {MEASURES: line.measures_left, MONTHS: line.months_left, PLACES: line.places_left}
        found = {LIMITS[limit]: Fraction(left) for limit, left in kept.items() if left is not None}
    return found | {f"temps plein de {worker.code}": worker.room for worker in workers_left(session, *whose, starting)}


def _said(overrun: list[str], before: Mapping[str, Fraction]) -> str:
    told = ", ".join(f"{what} (reste {f'{float(before[what]):.3g}'.replace('.', ',')})" for what in overrun)
    return f"Plus assez de place : {told}. Choisissez une autre ligne, une autre personne ou un autre partenaire."


def _offer(session: Session, referral: Referral, wanted: Wanted, schemes: Schemes, today: date) -> Offer:
    starting = wanted.starts_on or today
    offers = stock(session, referral.landlord_id, schemes, today, organisation_id=wanted.organisation_id, starting=starting)
    for offer in offers:
        if offer.scheme == referral.scheme and offer.covers(referral.management_unit):
            return offer
    raise PlaceRefused(
        f"Le {starting:%d/%m/%Y}, aucune convention en vigueur avec le partenaire {wanted.organisation_id} ne couvre le "
        f"dispositif « {referral.scheme} » dans l'unité de gestion {referral.management_unit}. Enregistrez-la, ou choisissez un "
        "autre partenaire."
    )


def _line(offer: Offer, wanted: Wanted) -> LineLeft:
    known = [line for line in offer.lines if wanted.line_id in (None, line.line_id)]
    if not known:
        listed = ", ".join(f"{line.line_id} ({line.code} {line.year})" for line in offer.lines) or "aucune"
        raise PlaceRefused(f"Ligne {wanted.line_id} : lignes de l'année pour ce partenaire et ce dispositif : {listed}.")
    if (free := next((line for line in known if not line.lacks(wanted.months)), None)) is not None:
        return free
    raise PlaceRefused(
        f"Plus de place pour une mesure de {wanted.months} mois : {' ; '.join(_lack(line, wanted.months) for line in known)}. "
        "Choisissez un autre partenaire, ou attendez qu'une mesure finisse."
    )


def _lack(line: LineLeft, months: int) -> str:
    left = {
        MEASURES: line.measures_left,
        MONTHS: line.months_left,
        PLACES: line.places_left,
        WORKERS: line.free_households,
    }
    told = ", ".join(f"{LIMITS[limit]} (reste {left[limit]})" for limit in line.lacks(months))
    return f"ligne {line.code} {line.year}, {told}" if line.line_id else told


def _worker(offer: Offer, line: LineLeft, worker_id: int | None) -> WorkerLeft | None:
    if worker_id is not None:
        return _named(offer.workers, worker_id)
    return None if line.households_per_worker is None else roomiest(offer.workers)


def _named(workers: tuple[WorkerLeft, ...], worker_id: int) -> WorkerLeft:
    for worker in workers:
        if worker.worker_id == worker_id:
            return worker
    listed = ", ".join(f"{worker.worker_id} ({worker.code})" for worker in workers) or "aucun"
    raise PlaceRefused(f"Intervenant {worker_id} : pas chez ce partenaire ce jour-là. Intervenants présents : {listed}.")
