"""What follows from a referral's standing moves: its state, the place it holds at a partner, and the dates of its measure."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.explain.months import months_later
from riskmodel.places import booking
from riskmodel.referrals import papers, story
from riskmodel.referrals.states import FOLLOWED, HELD
from riskmodel.referrals.story import Story
from riskmodel.register.models import Measure, Referral
from riskmodel.schemes import Scheme

Schemes = Mapping[str, Scheme]
DAYS_A_MONTH = 30
RECALLED = "recalled"
"""How a measure ends that no scheme's end describes: its fiche was recalled before anything was signed."""


def follow(session: Session, referral: Referral, schemes: Schemes, now: datetime) -> None:
    """Rewrite all that a referral's standing moves imply; raises PlaceRefused when a place that it needs is not free."""
    scheme, told = schemes.get(referral.scheme), story.read(session, referral.id)
    referral.state, referral.closed_on = told.state, told.closed_on
    chosen = told.last("assign")
    referral.organisation_id = chosen.details["organisation_id"] if chosen else None
    session.flush()
    if scheme is not None and scheme.uses_place and chosen is not None and told.state in HELD:
        _held(session, referral, schemes, told, chosen.details, now)
    else:
        _given_back(session, referral, told)
    measure = of(session, referral.id)
    if measure is not None and scheme is not None:
        dated(measure, scheme, told)
        papers.follow(session, measure, scheme, told)


def _held(session: Session, referral: Referral, schemes: Schemes, told: Story, chosen: Mapping[str, Any], now: datetime) -> None:
    """The place at the chosen partner, its months and its worker, as the moves say."""
    measure = of(session, referral.id)
    if measure is not None and not _is_same(measure, chosen):
        booking.cancel(session, referral.id)
        measure = None
    if measure is None:
        booking.book(session, referral.id, _wanted(chosen), schemes, now)
    elif measure.ended_on is not None:
        booking.reopen(session, referral.id, schemes, now)
    _months(session, referral.id, schemes, told, chosen, now)


def follow_by(session: Session, referral_id: int, worker_id: int, schemes: Schemes, now: datetime) -> None:
    """Give a household to the worker whom its partner names when it accepts; nothing where no place is held."""
    measure = of(session, referral_id)
    if measure is not None and measure.worker_id != worker_id:
        booking.hand_over(session, referral_id, worker_id, schemes, now)


def _is_same(measure: Measure, chosen: Mapping[str, Any]) -> bool:
    is_line_kept = chosen.get("line_id") in (None, measure.funding_line_id)
    return measure.organisation_id == chosen["organisation_id"] and is_line_kept


def _wanted(chosen: Mapping[str, Any]) -> booking.Wanted:
    return booking.Wanted(chosen["organisation_id"], chosen["months"], chosen.get("line_id"), chosen.get("worker_id"))


def _months(session: Session, referral_id: int, schemes: Schemes, told: Story, chosen: Mapping[str, Any], now: datetime) -> None:
    months = chosen["months"] + sum(move.details["months"] for move in told.of("renew"))
    measure = of(session, referral_id)
    if measure and measure.months < months:
        booking.extend(session, referral_id, months - measure.months, schemes, now)
    elif measure:
        measure.months = months


def _given_back(session: Session, referral: Referral, told: Story) -> None:
    """A place that a household held ends with its measure; one kept for an answer that did not come was never taken."""
    measure, last = of(session, referral.id), told.last("end", "recall")
    if measure is None:
        return
    if last is not None and told.state in ("aftercare", "closed", "recalled"):
        booking.end(session, referral.id, last.on_day, last.details.get("end", RECALLED))
    elif told.state not in FOLLOWED:
        booking.cancel(session, referral.id)


def of(session: Session, referral_id: int) -> Measure | None:
    """The measure of a referral; None as long as no place is booked for it."""
    return booking.of(session, referral_id)


def months_of(scheme: Scheme) -> int:
    """Months that a first measure takes: the scheme's own, else those of its longest chain of steps, one at least."""
    return scheme.duration.months or max(1, ceil(max(_reach(scheme).values(), default=0) / DAYS_A_MONTH))


def _reach(scheme: Scheme) -> dict[str, int]:
    """Days from the start to each step, when all take their whole time; a scheme's steps come after those they follow."""
    found: dict[str, int] = {}
    for step in scheme.steps:
        found[step.code] = found.get(step.after or "", 0) + step.within_days
    return found


def dated(measure: Measure, scheme: Scheme, told: Story) -> None:
    """Write the days of a measure: one under contract begins with its last signature, another when it is accepted; one that ended
    before never began."""
    start = told.since("running" if story.contracts(scheme) else "accepted")
    ended, slid = told.last("end", "recall"), told.last("slide")
    measure.starts_on, measure.planned_end_on = start, months_later(start, measure.months) if start else None
    measure.slid_on = slid.on_day if slid else None
    is_watched = ended is not None and ended.to_state == "aftercare"
    measure.aftercare_until = months_later(ended.on_day, scheme.aftercare_months) if ended and is_watched else None


def completed(session: Session, referral: Referral, scheme: Scheme, code: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Details with what they leave open: months of a first measure, and the oldest report awaited when its day is not told."""
    if code == "assign":
        return {"months": months_of(scheme), **kept} if scheme.uses_place else dict(kept)
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
