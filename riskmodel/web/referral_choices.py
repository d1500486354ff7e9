"""What a page offers where a move asks for a partner, a line of funding, a worker or a report's day: nobody types a number."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.places import partners
from riskmodel.places.offers import LIMITS, MEASURES, MONTHS, PLACES, WORKERS, LineLeft, Offer
from riskmodel.places.stock import stock, workers_left
from riskmodel.referrals.moves import Schemes
from riskmodel.referrals.reading import Detail
from riskmodel.register.models import Convention, Organisation
from riskmodel.web.moves_form import Offered, awaited

FULL = "complet"


def offered(session: Session, detail: Detail, schemes: Schemes, today: date) -> Offered:
    """By detail of the moves that are possible now, what may be chosen, with what is left of each place."""
    wanted = {name for move in detail.moves for name in (*move.needs, *move.may)}
    found: dict[str, dict[str, str]] = {}
    if "organisation_id" in wanted:
        found |= _places(session, detail, schemes, today)
    elif "worker_id" in wanted:
        found["worker_id"] = _workers(session, detail, schemes, today)
    if "due_on" in wanted:
        found["due_on"] = awaited(schemes[detail.head.scheme], detail.reports)
    return found


def _places(session: Session, detail: Detail, schemes: Schemes, today: date) -> dict[str, dict[str, str]]:
    """Partners whose convention covers the referral, and the lines that fund it."""
    head = detail.head
    names = _names(session, head.landlord_id)
    if not schemes[head.scheme].uses_place:
        return {"organisation_id": {str(number): names[number] for number in _agreed(session, detail, today) if number in names}}
    stocked = stock(session, head.landlord_id, schemes, today)
    offers = [offer for offer in stocked if offer.scheme == head.scheme and offer.covers(head.management_unit)]
    return {
        "organisation_id": {str(offer.organisation_id): f"{names[offer.organisation_id]}, {_best(offer)}" for offer in offers},
        "line_id": {str(line.line_id): f"{names[offer.organisation_id]}, ligne {line.code} {line.year}, {left(line)}"
                    for offer in offers for line in offer.lines if line.line_id},
    }  # fmt: skip


def _names(session: Session, landlord_id: str) -> dict[int, str]:
    mine = select(Organisation.id, Organisation.name).filter_by(landlord_id=landlord_id, is_active=True)
    return dict(session.execute(mine.where(Organisation.kind.in_(("association", "ccapex")))).all())


def _agreed(session: Session, detail: Detail, today: date) -> Iterable[int]:
    """Partners of a scheme without places: those whose convention is in force in the unit."""
    known = partners.conventions(session, detail.head.landlord_id)
    return dict.fromkeys(row.organisation_id for row in known if row.scheme == detail.head.scheme and _covers(row, detail, today))


def _covers(row: Convention, detail: Detail, today: date) -> bool:
    is_live = row.signed_on <= today and (row.ends_on is None or row.ends_on >= today)
    return is_live and (not row.territories or detail.head.management_unit in row.territories)


def _best(offer: Offer) -> str:
    """What is left at a partner, on its line with the most room."""
    free = [line for line in offer.lines if not line.lacks(1)]
    return left(free[0]) if free else FULL


def left(line: LineLeft) -> str:
    """What is left of a line's limits, as « reste 4 mesures financées de l'année, 36 mois-mesures de l'année »."""
    if line.lacks(1):
        return FULL
    limits = {MEASURES: line.measures_left, MONTHS: line.months_left, PLACES: line.places_left}
    told = [f"{value} {LIMITS[limit]}" for limit, value in limits.items() if value is not None]
    if line.free_households is not None:
        told.append(f"{line.free_households} ménages pour le {LIMITS[WORKERS]}")
    return f"reste {', '.join(told)}" if told else "sans limite notée"


def _workers(session: Session, detail: Detail, schemes: Schemes, today: date) -> dict[str, str]:
    if detail.head.organisation_id is None or not schemes[detail.head.scheme].uses_place:
        return {}
    workers = workers_left(session, detail.head.landlord_id, schemes, today, detail.head.organisation_id, today)
    return {str(worker.worker_id): worker.code for worker in workers}
