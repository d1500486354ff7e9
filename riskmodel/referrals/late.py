"""What should have been done and was not, or soon has to be: steps of open referrals, reports, ends of measures and watches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riskmodel.explain.months import months_later
from riskmodel.referrals import papers, story
from riskmodel.referrals.story import Story
from riskmodel.register.models import Measure, Referral, StepReport
from riskmodel.schemes import Scheme, Step

HEAD_AFTER = 14
"""Days late after which the head of the unit sees it too."""
_REACHED = ("interviewed", "evaluated", "measure_proposed", "running", "slid")
_ANSWERED = ("reached", "appointment", "refused")
"""States, and outcomes of attempts, that show that the household was reached: no further letter is due."""


@dataclass(frozen=True)
class Late:
    """One thing to do: by whom, by which day, how many days late on the day of the question (below zero: days left)."""

    referral_id: int
    landlord_id: str
    management_unit: str
    lease_id: str
    scheme: str
    organisation_id: int | None
    step: str
    label: str
    who: str
    due_on: date
    days_late: int

    @property
    def is_for_head(self) -> bool:
        """Whether it has been late long enough to be shown to the head of the unit."""
        return self.days_late > HEAD_AFTER


@dataclass(frozen=True)
class Due:
    """One thing that the moves of a referral leave to do: by whom and by which day."""

    step: str
    label: str
    who: str
    due_on: date


def late(
    session: Session,
    today: date,
    *,
    schemes: Mapping[str, Scheme],
    landlord_id: str | None = None,
    organisation_id: int | None = None,
) -> list[Late]:
    """What is overdue on a day, the latest first, of a landlord or of one partner."""
    found = _all(session, today, schemes, landlord_id, organisation_id)
    return sorted((one for one in found if one.days_late > 0), key=lambda one: (-one.days_late, one.referral_id, one.step))


def pressing(
    session: Session, today: date, *, days: int, schemes: Mapping[str, Scheme], landlord_id: str | None = None
) -> list[Late]:
    """What is overdue and what falls due within so many days, the latest first."""
    found = [one for one in _all(session, today, schemes, landlord_id, None) if one.days_late >= -days]
    return sorted(found, key=lambda one: (-one.days_late, one.referral_id, one.step))


def upcoming(
    session: Session,
    today: date,
    *,
    days: int,
    schemes: Mapping[str, Scheme],
    landlord_id: str | None = None,
    organisation_id: int | None = None,
) -> list[Late]:
    """What falls due from a day on, within so many days, the nearest first."""
    found = [one for one in _all(session, today, schemes, landlord_id, organisation_id) if -days <= one.days_late <= 0]
    return sorted(found, key=lambda one: (-one.days_late, one.referral_id, one.step))


def _all(
    session: Session, today: date, schemes: Mapping[str, Scheme], landlord_id: str | None, organisation_id: int | None
) -> Iterator[Late]:
    asked = {"landlord_id": landlord_id, "organisation_id": organisation_id}
    within = {name: value for name, value in asked.items() if value is not None}
    awaited = select(StepReport.measure_id).where(StepReport.filed_on.is_(None))
    owing = select(Measure.referral_id).where(Measure.id.in_(awaited))
    rows = select(Referral).filter_by(**within).where(or_(Referral.closed_on.is_(None), Referral.id.in_(owing)))
    referrals = [referral for referral in session.scalars(rows.order_by(Referral.id)) if referral.scheme in schemes]
    return (one for found in of_many(session, referrals, schemes, today).values() for one in found)


def _late(referral: Referral, due: Due, today: date) -> Late:
    return Late(
        referral_id=referral.id,
        landlord_id=referral.landlord_id,
        management_unit=referral.management_unit,
        lease_id=referral.lease_id,
        scheme=referral.scheme,
        organisation_id=referral.organisation_id,
        step=due.step,
        label=due.label,
        who=due.who,
        due_on=due.due_on,
        days_late=(today - due.due_on).days,
    )


def of_one(session: Session, referral: Referral, scheme: Scheme, today: date) -> list[Late]:
    """Everything that one referral has to do next, the nearest day first."""
    return of_many(session, [referral], {referral.scheme: scheme}, today)[referral.id]


def of_many(
    session: Session, referrals: Collection[Referral], schemes: Mapping[str, Scheme], today: date
) -> dict[int, list[Late]]:
    """The same of each of several referrals, by number; as many questions to the register for a thousand as for one."""
    ids = [referral.id for referral in referrals]
    stories = story.read_all(session, ids)
    measures = {row.referral_id: row for row in session.scalars(select(Measure).where(Measure.referral_id.in_(ids)))}
    owed = _owed(session, [measure.id for measure in measures.values()])

    def found(referral: Referral) -> list[Due]:
        measure = measures.get(referral.id)
        return dues(schemes[referral.scheme], stories[referral.id], measure, owed[measure.id] if measure else ())

    return {referral.id: [_late(referral, due, today) for due in found(referral)] for referral in referrals}


def dues(scheme: Scheme, told: Story, measure: Measure | None, owed: Iterable[papers.Due]) -> list[Due]:
    """Everything that a referral that came so far has to do next, the nearest day first; `owed` are its reports not filed."""
    labels = {report.code: report for report in scheme.reports}
    reports = [Due(f"report_{kind}", labels[kind].label, labels[kind].by, day) for kind, day in owed if kind in labels]
    found = [] if told.closed_on else [*_steps(scheme, told), *_measure(measure, scheme, told)]
    return sorted(found + reports, key=lambda due: (due.due_on, due.step))


def _steps(scheme: Scheme, told: Story) -> Iterator[Due]:
    """Steps not done whose former one is; nothing before the referral was validated. Once a measure runs, only signatures and
    steps noted are still looked at; ways of reaching a household, only until it was reached."""
    done, validated = story.done(scheme, told), told.last("validate")
    if validated is None or told.state in ("slid", "aftercare"):
        return
    for step in scheme.steps:
        start = validated.on_day if step.after is None else done.get(step.after)
        if start and step.code not in done and not _is_past(step, told):
            yield Due(step.code, step.label, step.by, start + timedelta(days=step.within_days))


def _is_past(step: Step, told: Story) -> bool:
    if story.is_attempt(step):
        return told.state in _REACHED or any(move.details["outcome"] in _ANSWERED for move in told.of("attempt"))
    return told.state == "running" and step.code in ("answered", "first_interview", "evaluation", "measure_proposed")


def _measure(measure: Measure | None, scheme: Scheme, told: Story) -> Iterator[Due]:
    if measure is None or measure.starts_on is None:
        return
    if told.state == "running":
        yield from _running(measure, scheme)
    elif told.state == "slid" and measure.planned_end_on:
        yield Due("end", "Fin de la mesure à noter", "association", measure.planned_end_on)
    elif told.state == "aftercare" and measure.aftercare_until:
        yield Due("aftercare", "Veille sociale à clore", "association", measure.aftercare_until)


def _running(measure: Measure, scheme: Scheme) -> Iterator[Due]:
    end, slide = measure.planned_end_on, scheme.slide
    if end and story.contracts(scheme):
        yield Due("end", "Fin de la mesure, ou prolongation, à noter", "association", end)
    if end and slide and slide.notice_months:
        notice = months_later(end, -slide.notice_months)
        yield Due("slide_notice", "Dire au préfet et au ménage si un bail est proposé", "bailleur", notice)
    if measure.starts_on and slide and slide.latest_months:
        latest = months_later(measure.starts_on, slide.latest_months)
        yield Due("slide", "Le bail glisse au plus tard", "bailleur", latest)


def _owed(session: Session, measure_ids: Iterable[int]) -> dict[int, list[papers.Due]]:
    """Reports not filed, by measure."""
    mine = select(StepReport).where(StepReport.measure_id.in_(tuple(measure_ids)), StepReport.filed_on.is_(None))
    found: dict[int, list[papers.Due]] = defaultdict(list)
    for row in session.scalars(mine.order_by(StepReport.due_on)):
        found[row.measure_id].append((row.kind, row.due_on))
    return found
