"""What a measure owes on paper, rewritten from its standing moves: signatures of each party, reports due and filed."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riskmodel.explain.months import months_later
from riskmodel.referrals.story import Story
from riskmodel.register.models import Measure, Signature, StepReport, Transition
from riskmodel.schemes import Scheme

Due = tuple[str, date]
"""A kind of report and the day by which it is expected."""


def follow(session: Session, measure: Measure, scheme: Scheme, told: Story) -> None:
    """Make signatures and reports of a measure what its moves say."""
    _signatures(session, measure, told)
    _reports(session, measure, scheme, told)
    session.flush()


def _signatures(session: Session, measure: Measure, told: Story) -> None:
    known = {(row.document, row.party): row for row in session.scalars(select(Signature).filter_by(measure_id=measure.id))}
    made = {(move.details["document"], move.details["party"]): move for move in told.of("sign")}
    for key in known.keys() - made.keys():
        session.delete(known[key])
    for document, party in made.keys() - known.keys():
        row = session.get_one(Transition, made[document, party].number)
        said = {"signed_on": row.on_day, "recorded_at": row.at, "by": row.by}
        session.add(Signature(measure_id=measure.id, document=document, party=party, **said))


def _reports(session: Session, measure: Measure, scheme: Scheme, told: Story) -> None:
    filed = {(move.details["report"], date.fromisoformat(move.details["due_on"])): move for move in told.of("file_report")}
    wanted = {*filed, *expected(measure, scheme, {kind for kind, _ in filed})}
    known = {(row.kind, row.due_on): row for row in session.scalars(select(StepReport).filter_by(measure_id=measure.id))}
    gone = [row.id for key, row in known.items() if key not in wanted]
    session.execute(delete(StepReport).where(StepReport.id.in_(gone)))
    for kind, due_on in sorted(wanted):
        row = known.get((kind, due_on)) or StepReport(measure_id=measure.id, kind=kind, due_on=due_on)
        move = filed.get((kind, due_on))
        row.filed_on, row.codes = (move.on_day if move else None), _codes(move.details if move else {})
        row.by = session.get_one(Transition, move.number).by if move else None
        session.add(row)


def _codes(details: dict[str, object]) -> dict[str, object]:
    return {name: details[name] for name in ("goals", "actions") if name in details}


def expected(measure: Measure, scheme: Scheme, filed: set[str]) -> Iterator[Due]:
    """Reports that a measure owes from its start to its end, or to its planned end while it runs; the one at its end but once."""
    last = measure.ended_on or measure.planned_end_on
    if measure.starts_on is None or last is None:
        return
    for report in scheme.reports:
        if report.at_end and report.code not in filed:
            yield report.code, last
        if report.every_months:
            yield from _repeated(report.code, measure.starts_on, report.every_months, last)


def _repeated(code: str, start: date, every: int, last: date) -> Iterator[Due]:
    rank = 1
    while (due := months_later(start, rank * every)) < last:
        yield code, due
        rank += 1


def awaited(session: Session, measure_id: int, kind: str) -> list[date]:
    """Days of the reports of a kind that nobody filed yet, oldest first."""
    mine = select(StepReport.due_on).filter_by(measure_id=measure_id, kind=kind, filed_on=None)
    return list(session.scalars(mine.order_by(StepReport.due_on)))
