"""The journal of runs: one line a landlord, day and step, rewritten when the step runs again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.register.models import Run


def note(session: Session, landlord_id: str, as_of: date, step: str, status: str, summary: Mapping[str, Any]) -> None:
    """Write how a step of a landlord's day stands, in place of what was noted before."""
    run = session.scalar(select(Run).filter_by(landlord_id=landlord_id, as_of=as_of, step=step))
    if run is None:
        run = Run(landlord_id=landlord_id, as_of=as_of, step=step)
        session.add(run)
    run.status, run.summary = status, dict(summary)


def noted(session: Session, as_of: date, steps: Iterable[str]) -> dict[tuple[str, str], Run]:
    """What was noted for a day, by landlord and step."""
    runs = session.scalars(select(Run).where(Run.as_of == as_of, Run.step.in_(list(steps))))
    return {(run.landlord_id, run.step): run for run in runs}


def newest(session: Session, landlord_id: str, step: str, until: date) -> Run | None:
    """What a step last noted about a landlord up to a day; None if it never ran."""
    mine = select(Run).filter_by(landlord_id=landlord_id, step=step).where(Run.as_of <= until)
    return session.scalars(mine.order_by(Run.as_of.desc()).limit(1)).first()
