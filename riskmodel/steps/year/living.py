"""Day after day: what is due of every referral is done, a place is found for those that wait, and somebody may look on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riskmodel.errors import AccessRefused, NothingKnown, PlaceRefused
from riskmodel.people import corrections, objections
from riskmodel.people.appearances import stated
from riskmodel.people.facts import facts
from riskmodel.register import households, open_register
from riskmodel.register.models import Measure, Referral, StepReport, Transition
from riskmodel.settings import Settings, landlord
from riskmodel.steps import orienting
from riskmodel.steps.year import partners, team
from riskmodel.steps.year.acts import CONTESTS, OBJECTS, Act, life_of, next_act
from riskmodel.steps.year.fate import LANDLORD_SIDE, PARTNER_SIDE, drawn, noon, working_day

Agenda = dict[int, tuple[date, Act]]
"""By referral, what is done next and when; a referral that waits for a place is not in it."""
_NOTHING_MORE = ("declined", "withdrawn", "recalled")


class Witness(Protocol):
    """Whoever looks on: after each thing done about a referral, and every evening."""

    def acted(self, session: Session, referral_id: int, day: date) -> None:
        """Something was done about a referral."""

    def evening(self, session: Session, day: date) -> None:
        """A day has ended."""


def live(
    settings: Settings,
    landlord_id: str,
    first: date,
    last: date,
    *,
    witness: Witness,
    monday: Callable[[date], object] = lambda _day: None,
    reviewed_until: date = date.max,
) -> None:
    """Live from a day to another, from the partners' conventions on. `monday` freezes a week's lists where they are not yet;
    those after `reviewed_until` are left for somebody else to review.

    Raises AccessRefused for a landlord that is not synthetic, NothingKnown for one whose referrals have begun.
    """
    _only_once(settings, landlord_id)
    agenda: Agenda = {}
    register = open_register(settings.register_url)
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if day.weekday() == 0:
            monday(day)
        if day.weekday() < 5:
            with register.begin() as session:
                if day == working_day(first):
                    _begin(session, settings, landlord_id, day)
                if day.weekday() == 0 and day <= reviewed_until:
                    team.review(session, settings, landlord_id, day)
                _work(session, settings, landlord_id, day, agenda, witness)
                witness.evening(session, day)


def _only_once(settings: Settings, landlord_id: str) -> None:
    if not landlord(settings, landlord_id).is_synthetic:
        raise AccessRefused(f"{landlord_id} : on ne vit pas à la place d'un vrai bailleur. Choisissez un bailleur synthétique.")
    with open_register(settings.register_url)() as session:
        if session.scalar(select(Referral.id).filter_by(landlord_id=landlord_id).limit(1)):
            raise NothingKnown(f"{landlord_id} : des orientations existent déjà. Repartez d'un dossier neuf (VIGIE_HOME).")


def _begin(session: Session, settings: Settings, landlord_id: str, day: date) -> None:
    units = households.units(session, landlord_id)
    partners.install(session, landlord_id, orienting.schemes_of(settings, landlord_id), units, day)


def _work(session: Session, settings: Settings, landlord_id: str, day: date, agenda: Agenda, witness: Witness) -> None:
    """A working day: every other Monday a candidate, places on Wednesdays, then what is due."""
    if day.weekday() == 0 and day.isocalendar().week % 2 == 1:
        team.welcome(session, settings, landlord_id, day)
    if day.weekday() == 2:
        team.share_out(session, settings, landlord_id, day)
    _look_ahead(session, settings, landlord_id, agenda)
    while due := sorted(key for key, (when, _) in agenda.items() if when <= day):
        for referral_id in due:
            _act(session, settings, referral_id, agenda.pop(referral_id)[1], day)
            witness.acted(session, referral_id, day)
        _look_ahead(session, settings, landlord_id, agenda)


def _look_ahead(session: Session, settings: Settings, landlord_id: str, agenda: Agenda) -> None:
    """Put into the agenda what comes next of every referral that is not in it."""
    schemes = orienting.schemes_of(settings, landlord_id)
    owing = select(Measure.referral_id).join(StepReport, StepReport.measure_id == Measure.id).where(StepReport.filed_on.is_(None))
    alive = or_(Referral.closed_on.is_(None), Referral.id.in_(owing))
    rows = select(Referral).filter_by(landlord_id=landlord_id).where(alive, Referral.state.not_in(_NOTHING_MORE))
    for referral in session.scalars(rows.order_by(Referral.id)).all():
        if referral.id not in agenda:
            act = next_act(life_of(session, referral, schemes[referral.scheme]))
            if act is not None:
                agenda[referral.id] = (working_day(act.on_day), act)


def _act(session: Session, settings: Settings, referral_id: int, act: Act, day: date) -> None:
    referral = session.get_one(Referral, referral_id, populate_existing=True)
    if act.code in (OBJECTS, CONTESTS):
        _use_a_right(session, settings, referral, act.code, day)
        return
    try:
        _move(session, settings, referral, act, day)
    except PlaceRefused:
        _move(session, settings, referral, Act("end", day, {"end": "oriented"}), day)
    if act.code == "first_interview" and _is_mistaken(session, referral):
        orienting.undo(session, settings, referral_id, by=PARTNER_SIDE, now=noon(day))
    if act.code in ("send", "start"):
        team.close_case(session, referral, day)


def _move(session: Session, settings: Settings, referral: Referral, act: Act, day: date) -> None:
    by = PARTNER_SIDE if referral.state not in ("proposed", "validated") and act.code != "slide" else LANDLORD_SIDE
    orienting.move(session, settings, referral.id, act.code, by=by, now=noon(day), on_day=day, details=act.details)


def _is_mistaken(session: Session, referral: Referral) -> bool:
    """Whether a first interview was noted for the wrong household, as happens once for some: it is then taken back."""
    undone = select(Transition.id).where(Transition.referral_id == referral.id, Transition.undone_at.is_not(None))
    return drawn(referral, "mistake", 4) == 0 and session.scalar(undone.limit(1)) is None


def _use_a_right(session: Session, settings: Settings, referral: Referral, code: str, day: date) -> None:
    """The household objects, or says that a fact is wrong: recorded and recalled in one transaction, as the pages do."""
    where = (referral.landlord_id, referral.lease_id)
    if code == OBJECTS:
        objections.record(session, *where, day, LANDLORD_SIDE, noon(day))
        orienting.recalled(session, settings, *where, "objection", LANDLORD_SIDE, noon(day))
        return
    fact = next(iter(facts().values()))
    said = stated(session, *where, fact.inputs)
    corrections.open_one(session, *where, fact.code, claimed={}, stated=said, by=LANDLORD_SIDE, now=noon(day))
    orienting.recalled(session, settings, *where, "correction", LANDLORD_SIDE, noon(day))
