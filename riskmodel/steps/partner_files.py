"""What a partner takes away: its deadlines for its calendar, its referrals as a workbook; numbers and codes, no household."""

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel import settings as where
from riskmodel.documents.french import typeset
from riskmodel.documents.partner_book import Line
from riskmodel.documents.partner_book import workbook as written
from riskmodel.referrals.late import Late, of_many
from riskmodel.register.models import Measure, Referral
from riskmodel.settings import Settings
from riskmodel.steps import partnering
from riskmodel.steps.partnering import Partner, Received
from riskmodel.steps.received import SIDE, SILENT

SYNTHETIC = "Données synthétiques"


def calendar(session: Session, settings: Settings, organisation_id: int, now: datetime, today: date) -> bytes:
    """What a partner has to do, overdue or to come, as one day of an iCalendar (RFC 5545) each."""
    mine = partnering.partner(session, settings, organisation_id)
    is_synthetic = where.landlord(settings, mine.landlord_id).is_synthetic
    made = Calendar()
    made.add("prodid", "-//Vigie Bail//Échéances//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Orientations, {mine.name}")
    made.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for due in deadlines(session, settings, organisation_id, today):
        made.add_component(_event(due, settings.public_url, organisation_id, now, is_synthetic=is_synthetic))
    return made.to_ical()


def workbook(session: Session, settings: Settings, organisation_id: int, today: date) -> bytes:
    """Every referral that a partner was sent, the newest number first."""
    mine = partnering.partner(session, settings, organisation_id)
    landlord = where.landlord(settings, mine.landlord_id)
    found = sorted(partnering.listed(session, settings, organisation_id, today), key=lambda one: -one.referral_id)
    told = [one.referral_id for one in found if one.state not in SILENT]
    measures = {row.referral_id: row for row in session.scalars(select(Measure).where(Measure.referral_id.in_(told)))}
    lines = [_line(mine, one, measures.get(one.referral_id)) for one in found]
    return written(mine.name, landlord.name, lines, today, is_synthetic=landlord.is_synthetic)


def deadlines(session: Session, settings: Settings, organisation_id: int, today: date) -> list[Late]:
    """Everything that a partner has to do, overdue or to come, the nearest day first."""
    mine = partnering.partner(session, settings, organisation_id)
    known = [one.referral_id for one in partnering.listed(session, settings, organisation_id, today)]
    rows = session.scalars(select(Referral).where(Referral.id.in_(known))).all()
    dues = [due for found in of_many(session, rows, mine.schemes, today).values() for due in found if due.who == SIDE]
    return sorted(dues, key=lambda due: (due.due_on, due.referral_id, due.step))


def _event(due: Late, public_url: str | None, organisation_id: int, now: datetime, *, is_synthetic: bool) -> Event:
    event = Event()
    event.add("uid", f"orientation-{due.referral_id}-{due.step}-{due.due_on.isoformat()}@{due.landlord_id}.vigie-bail")
    event.add("dtstamp", now)
    event.add("dtstart", due.due_on)
    event.add("dtend", due.due_on + timedelta(days=1))
    event.add("summary", typeset(f"Orientation n° {due.referral_id} : {due.label}"))
    event.add("transp", "TRANSPARENT")
    if public_url:
        event.add("url", f"{public_url}/association/{organisation_id}/{due.referral_id}")
    if is_synthetic:
        event.add("description", SYNTHETIC)
    return event


def _line(mine: Partner, one: Received, measure: Measure | None) -> Line:
    due = one.next_due
    return Line(
        referral_id=one.referral_id,
        scheme=one.scheme_name,
        state=one.state_label,
        sent_on=one.sent_on,
        closed_on=one.closed_on,
        next_due=due.label if due else None,
        due_on=due.due_on if due else None,
        days_late=max(0, due.days_late) if due else None,
        months=measure.months if measure else None,
        starts_on=measure.starts_on if measure else None,
        planned_end_on=measure.planned_end_on if measure else None,
        ended_on=measure.ended_on if measure else None,
        end=mine.schemes[one.scheme].ends.get(measure.end or "") if measure else None,
    )
