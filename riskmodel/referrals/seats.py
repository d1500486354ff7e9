"""What follows from a referral's standing moves: its state, the place it holds at a partner, and the dates of its measure."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.explain.months import months_later
from riskmodel.referrals import papers, story
from riskmodel.referrals.story import Story
from riskmodel.register.models import Measure, Referral
from riskmodel.schemes import Scheme

Schemes = Mapping[str, Scheme]
DAYS_A_MONTH = 30


def follow(session: Session, referral: Referral, schemes: Schemes, by: str, now: datetime) -> None:
    """Rewrite all that a referral's standing moves imply. Raises what booking raises when a place it needs is not free."""
    scheme, told = schemes.get(referral.scheme), story.read(session, referral.id)
    referral.state, referral.closed_on = told.state, told.closed_on
    chosen = told.last("assign")
    referral.organisation_id = chosen.details["organisation_id"] if chosen else None
    session.flush()
    measure = of(session, referral.id)
    if measure is not None and scheme is not None:
        _dates(measure, scheme, told)
        papers.follow(session, measure, scheme, told)


def of(session: Session, referral_id: int) -> Measure | None:
    """The measure of a referral; None as long as no place was ever booked for it."""
    return session.scalar(select(Measure).filter_by(referral_id=referral_id))


def months_of(scheme: Scheme) -> int:
    """Months that a first measure takes: the scheme's own, else those of its longest chain of steps, one at least."""
    return scheme.duration.months or max(1, ceil(max(_reach(scheme).values(), default=0) / DAYS_A_MONTH))


def _reach(scheme: Scheme) -> dict[str, int]:
    """Days from the start to each step, when all take their whole time; a scheme's steps come after those they follow."""
    found: dict[str, int] = {}
    for step in scheme.steps:
        found[step.code] = found.get(step.after or "", 0) + step.within_days
    return found


def _dates(measure: Measure, scheme: Scheme, told: Story) -> None:
    """A measure under contract begins with its last signature, another when it is accepted; one that ended before never began."""
    start = told.since("running" if story.contracts(scheme) else "accepted")
    ended, slid = told.last("end", "recall"), told.last("slide")
    measure.starts_on, measure.planned_end_on = start, months_later(start, measure.months) if start else None
    measure.slid_on = slid.on_day if slid else None
    is_watched = ended is not None and ended.to_state == "aftercare"
    measure.aftercare_until = months_later(ended.on_day, scheme.aftercare_months) if ended and is_watched else None


def completed(session: Session, referral: Referral, code: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Details with what they leave open: a report without its day is the oldest one awaited."""
    measure = of(session, referral.id) if code == "file_report" and "due_on" not in kept else None
    due = papers.awaited(session, measure.id, str(kept.get("report"))) if measure else []
    return {**kept, "due_on": due[0].isoformat()} if due else dict(kept)


def refusals(session: Session, referral: Referral, scheme: Scheme, code: str, kept: Mapping[str, Any]) -> list[str]:
    """What a measure refuses: a report that nobody awaits, more months than the scheme admits."""
    measure = of(session, referral.id)
    if code == "file_report":
        return _not_awaited(session, measure, kept)
    most = scheme.duration.max_months
    if code == "renew" and measure and most and measure.months + kept.get("months", 0) > most:
        return [f"{measure.months} mois déjà prévus et {kept['months']} demandés ; le dispositif en admet {most} en tout."]
    return []


def _not_awaited(session: Session, measure: Measure | None, kept: Mapping[str, Any]) -> list[str]:
    days = papers.awaited(session, measure.id, str(kept.get("report"))) if measure else []
    if kept.get("due_on") in {day.isoformat() for day in days}:
        return []
    listed = ", ".join(f"{day:%d/%m/%Y}" for day in days) or "aucun"
    return [f"Ce bilan n'est pas attendu à cette échéance. Échéances attendues pour lui : {listed}."]
