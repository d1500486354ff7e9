"""Whoever looks on during a simulated life and believes nothing: limits counted every evening, every document really written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riskmodel.documents.orientation import NEEDS
from riskmodel.errors import DocumentRefused
from riskmodel.places.offers import LineLeft, Offer
from riskmodel.places.stock import stock
from riskmodel.register.models import Referral
from riskmodel.settings import Settings
from riskmodel.steps.orientation import Offered, asked_by, document, docx, kinds
from riskmodel.steps.orientation_facts import Side
from riskmodel.steps.orienting import schemes_of

SIDES: tuple[Side, ...] = get_args(Side)


@dataclass
class Believer:
    """Looks at nothing: for a demonstration that has to be quick."""

    def acted(self, session: Session, referral_id: int, day: date) -> None:
        """Nothing is looked at."""

    def evening(self, session: Session, day: date) -> None:
        """Nothing is counted."""


@dataclass
class Doubter:
    """Counts every limit each evening, and writes each document for each hand that may ask for it, as soon as it can be.
    `broken` says which limits were overrun and when; `written` the first referral of each document and hand."""

    settings: Settings
    landlord_id: str
    acts: int = 0
    evenings: int = 0
    broken: list[str] = field(default_factory=list)
    full: set[tuple[int, str, str]] = field(default_factory=set)
    written: dict[tuple[str, Side], int] = field(default_factory=dict)

    def acted(self, session: Session, referral_id: int, day: date) -> None:
        """Write what this referral's side may now ask for and that was not written yet, as PDF, and as DOCX where it exists."""
        self.acts += 1
        scheme = session.scalars(select(Referral.scheme).filter_by(id=referral_id)).one()
        wanted = {*schemes_of(self.settings, self.landlord_id)[scheme].documents, "lettre_information"} & set(NEEDS)
        for side in SIDES:
            if any((kind, side) not in self.written for kind in wanted if side in asked_by(kind)):
                self._write(session, referral_id, side, day)

    def evening(self, session: Session, day: date) -> None:
        """Count what is left of every limit; note the lines that are full."""
        self.evenings += 1
        for offer in stock(session, self.landlord_id, schemes_of(self.settings, self.landlord_id), day):
            self.broken.extend(f"{day:%d/%m/%Y} : {fault}" for fault in overrun(offer))
            self.full.update((offer.organisation_id, offer.scheme, line.code) for line in offer.lines if is_full(line))

    def missing(self) -> list[str]:
        """Documents that nobody could write, in the order of a life."""
        return [kind for kind in NEEDS if not any(known == kind for known, _ in self.written)]

    def _write(self, session: Session, referral_id: int, side: Side, day: date) -> None:
        for offered in kinds(session, self.settings, referral_id, today=day, side=side):
            if not offered.missing and (offered.kind, side) not in self.written:
                self._write_one(session, referral_id, offered, side, day)

    def _write_one(self, session: Session, referral_id: int, offered: Offered, side: Side, day: date) -> None:
        """Written for good, or left to the next referral: the deliveries of some households name nobody who lives there."""
        asked = (session, self.settings, referral_id, offered.kind)
        try:
            made = [document(*asked, today=day, side=side)]
        except DocumentRefused:
            return
        if offered.is_docx:
            made.append(docx(*asked, today=day, side=side))
        if all(made):
            self.written[offered.kind, side] = referral_id


def overrun(offer: Offer) -> Iterator[str]:
    """Limits of an offer of which less than nothing is left."""
    for line in offer.lines:
        left = {"mesures": line.measures_left, "mois": line.months_left, "places": line.places_left}
        for what, number in left.items():
            if number is not None and number < 0:
                yield f"partenaire {offer.organisation_id}, {offer.scheme}, ligne {line.code} : {number} {what}"
    for worker in offer.workers:
        if worker.room < 0:
            yield f"partenaire {offer.organisation_id}, intervenant {worker.code} : {worker.room} temps plein"


def is_full(line: LineLeft) -> bool:
    """Whether one of a line's limits has nothing left."""
    return 0 in (line.measures_left, line.months_left, line.places_left, line.free_households)


def unused(session: Session, settings: Settings, landlord_id: str) -> list[str]:
    """Schemes that no referral was made to, by code."""
    rows = session.execute(select(Referral.scheme, func.count()).filter_by(landlord_id=landlord_id).group_by(Referral.scheme))
    known = dict(rows.all())
    return [code for code in schemes_of(settings, landlord_id) if code not in known]
