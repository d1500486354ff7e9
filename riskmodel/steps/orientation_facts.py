"""The facts of an orientation's documents, each read from where it stands; only those that a document says are ever read.

What the register does not know is left to be written by hand: who a candidate is, and the service that sends one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.documents.orientation import TO_FILL, Course, Dwelling, Household, Office
from riskmodel.documents.orientation.texts import told
from riskmodel.errors import MoveRefused
from riskmodel.explain.months import months_later
from riskmodel.referrals import gate, seats, story
from riskmodel.referrals.fiche import Fiche, fiche
from riskmodel.referrals.fields import FIELDS
from riskmodel.referrals.states import CHANNELS, OUTCOMES
from riskmodel.referrals.story import Story
from riskmodel.register.models import Measure, Organisation, Referral, StepReport
from riskmodel.schemes import Scheme, Told, Tried
from riskmodel.settings import Landlord, Settings
from riskmodel.steps import people
from riskmodel.steps.received import is_held

Side = Literal["bailleur", "association"]
DAYS_TO_ANSWER = 21
"""Days that a household has to answer the letter of information, from the day it is written."""
_TOWN = re.compile(r"(?:\d{5}\s+)?(?P<town>.+?)(?:\s+cedex\b.*)?", re.IGNORECASE)
_WRITERS = {"courrier_simple": "association", "courrier_recommande": "association", "fiche_liaison": "organisation"}
"""Who writes a document, where it is not the landlord."""
UNKNOWN = Household((TO_FILL,), (TO_FILL,))
"""Somebody whom the register knows by a reference alone."""


@dataclass(frozen=True)
class Asked:
    """One document asked for, of one referral, by one side, on a day; `shows_people` is False to look without reading anybody."""

    session: Session
    settings: Settings
    landlord: Landlord
    referral: Referral
    scheme: Scheme
    kind: str
    side: Side
    today: date
    shows_people: bool = True

    @cached_property
    def story(self) -> Story:
        """The standing moves of the referral."""
        return story.read(self.session, self.referral.id)

    @cached_property
    def measure(self) -> Measure | None:
        """Its measure, once a place is booked."""
        return seats.of(self.session, self.referral.id)

    @cached_property
    def partner(self) -> Organisation | None:
        """The partner that was chosen."""
        return self.session.get(Organisation, self.referral.organisation_id) if self.referral.organisation_id else None

    @cached_property
    def fiche(self) -> Fiche | None:
        """What the convention lets the partner see; None without a convention, or when the partner may see it no more."""
        if self.side == "association" and not is_held(self.session, self.referral):
            return None
        try:
            return fiche(self.session, self.referral.id, self.today)
        except MoveRefused:
            return None

    @property
    def is_candidate(self) -> bool:
        """Whether nobody is known but by a reference."""
        return gate.is_candidate(self.referral)

    @cached_property
    def reports(self) -> list[StepReport]:
        """Reports of the measure on this document, oldest first."""
        kinds = [report.code for report in self.scheme.reports if report.document == self.kind]
        if self.measure is None:
            return []
        mine = select(StepReport).where(StepReport.measure_id == self.measure.id, StepReport.kind.in_(kinds))
        return list(self.session.scalars(mine.order_by(StepReport.due_on)))


def read(asked: Asked, name: str) -> Any:
    """One fact by its name in `Facts`; None when it is not known."""
    return _READERS[name](asked)


def _household(asked: Asked) -> Household | None:
    """Who lives there: read only where the asker may, and kept nowhere."""
    is_allowed = asked.side == "bailleur" or (asked.fiche is not None and asked.fiche.shows_identity)
    if not is_allowed:
        return None
    if asked.is_candidate or not asked.shows_people:
        return UNKNOWN
    who = people.identity(asked.settings, asked.referral.landlord_id, asked.referral.lease_id, asked.today)
    return Household(who.names, who.address, who.phones, who.emails)


def _dwelling(asked: Asked) -> Dwelling:
    lease = asked.referral.lease_id
    return Dwelling(f"à attribuer (référence {lease})" if asked.is_candidate else lease, asked.referral.management_unit)


def _landlord(asked: Asked) -> Office:
    known = asked.landlord
    return Office(known.name, known.address, known.phone, known.email)


def _association(asked: Asked) -> Office | None:
    known = asked.partner
    return Office(known.name, tuple(known.address), known.phone, known.email) if known else None


def _organisation(_: Asked) -> Office:
    return Office(TO_FILL, (TO_FILL,), TO_FILL)


def _place(asked: Asked) -> str | None:
    """The town of whoever writes: the last line of its address, without its postcode."""
    writer = _WRITERS.get(asked.kind, "landlord")
    office = {"landlord": _landlord, "association": _association, "organisation": _organisation}[writer](asked)
    lines = office.address if office else ()
    found = _TOWN.fullmatch(lines[-1].strip()) if lines else None
    return found["town"] if found else None


def _told(asked: Asked) -> tuple[Told, ...]:
    """What the fiche tells, as far as this document has a place for it."""
    places = told(asked.kind)
    return tuple(one for one in asked.fiche.lines if one.field in places) if asked.fiche else ()


def _attempts(asked: Asked) -> tuple[Tried, ...]:
    """The landlord's, that the fiche tells; on every other document, the partner's own."""
    if asked.kind == "fiche_orientation":
        return asked.fiche.attempts if asked.fiche else ()
    made = asked.story.of("attempt")
    return tuple(Tried(one.on_day, CHANNELS[one.details["channel"]], OUTCOMES[one.details["outcome"]]) for one in made)


def _fields(asked: Asked) -> tuple[str, ...]:
    """Labels of all that the convention lets the partner see of this household."""
    agreed = gate.convention(asked.session, asked.referral, asked.today)
    allowed = agreed.fields if agreed else ()
    return tuple(
        field.label for code, field in FIELDS.items() if code in allowed and not (asked.is_candidate and field.only_tenants)
    )


def _first_letter(asked: Asked) -> date | None:
    letters = [one.on_day for one in asked.story.of("attempt") if one.details["channel"] == "simple_letter"]
    return letters[0] if letters else None


def _course(asked: Asked) -> Course | None:
    """The measure as agreed, from the day it is signed: today, until then. Its last day is the eve of the day planned."""
    measure, signed = asked.measure, asked.story.since("running")
    months = measure.months if measure else asked.scheme.duration.months
    start = (measure.starts_on if measure else None) or signed or asked.today
    return Course(start, months, months_later(start, months) - timedelta(days=1)) if months else None


def _evaluated(asked: Asked, name: str) -> tuple[str, ...]:
    """Codes that the evaluation returned; all of the scheme's where it asks for no evaluation."""
    made = asked.story.last("return_evaluation")
    if made:
        return tuple(made.details[name])
    is_evaluated = any(step.code == "evaluation" for step in asked.scheme.steps)
    return () if is_evaluated else tuple(getattr(asked.scheme, name))


def _due(asked: Asked) -> date | None:
    """The day of the oldest report that is awaited, or of the last one filed."""
    awaited = [one.due_on for one in asked.reports if one.filed_on is None]
    filed = [one.due_on for one in asked.reports if one.filed_on is not None]
    return next(iter(awaited or filed[::-1]), None)


def _day(code: str) -> Callable[[Asked], date | None]:
    def of(asked: Asked) -> date | None:
        made = asked.story.last(code)
        return made.on_day if made else None

    return of


def _detail(code: str, name: str) -> Callable[[Asked], Any]:
    def of(asked: Asked) -> Any:
        made = asked.story.last(code)
        return made.details[name] if made else None

    return of


_READERS: Mapping[str, Callable[[Asked], Any]] = {
    "is_synthetic": lambda asked: asked.landlord.is_synthetic,
    "referral_id": lambda asked: asked.referral.id,
    "scheme": lambda asked: asked.scheme,
    "written_on": lambda asked: asked.today,
    "place": _place,
    "landlord": _landlord,
    "association": _association,
    "organisation": _organisation,
    "household": _household,
    "dwelling": _dwelling,
    "told": _told,
    "clock": lambda asked: asked.fiche.clock if asked.fiche else (),
    "attempts": _attempts,
    "fields": _fields,
    "rights_contact": lambda asked: asked.landlord.rights_contact,
    "answer_by": lambda asked: asked.today + timedelta(days=DAYS_TO_ANSWER),
    "first_letter_on": _first_letter,
    "request_number": lambda _: TO_FILL,
    "interview_on": _day("first_interview"),
    "course": _course,
    "goals": lambda asked: _evaluated(asked, "goals"),
    "actions": lambda asked: _evaluated(asked, "actions"),
    "due_on": _due,
    "signed_on": lambda asked: asked.story.since("running"),
    "ended_on": _day("end"),
    "end": _detail("end", "end"),
    "added_months": _detail("renew", "months"),
    **dict.fromkeys(("appointment", "sizes", "meeting_weeks", "goal_states", "action_states"), lambda _: None),
}
"""By fact, how it is read; what only people who fill a document in can say is left to them."""
