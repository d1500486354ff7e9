"""What the register says about partners' limits and the measures that hold part of them, as of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from riskmodel.errors import SchemeRefused
from riskmodel.register.models import Convention, FundingLine, Measure, Organisation, Worker
from riskmodel.schemes import Scheme

Row = TypeVar("Row", Convention, FundingLine, Measure, Worker)


@dataclass(frozen=True)
class Held:
    """What one measure holds as of a day: whether it stands, the months of its line that it has taken, its norm and worker."""

    measure_id: int
    organisation_id: int
    line_id: int | None
    worker_id: int | None
    households_per_worker: int | None
    starts_on: date | None
    stands: bool
    months_held: int


@dataclass(frozen=True)
class Holdings:
    """Conventions in force and workers on the day `starting`, lines of every year, and what measures hold of them."""

    starting: date
    conventions: tuple[Convention, ...]
    workers: tuple[Worker, ...]
    lines: tuple[FundingLine, ...]
    measures: tuple[Held, ...]

    @cached_property
    def _named(self) -> dict[int, Worker]:
        return {row.id: row for row in self.workers}

    def is_there(self, worker: Worker, on: date | None = None) -> bool:
        """Whether a worker's row is in force on a day; on the day `starting` when none is given."""
        day = on or self.starting
        return worker.from_on <= day and (worker.to_on is None or day <= worker.to_on)

    def follower(self, measure: Held) -> str | None:
        """Code of the worker who follows a measure, or will when it starts; None when nobody does any more."""
        if measure.worker_id is None:
            return None
        code, day = self._named[measure.worker_id].code, max(self.starting, measure.starts_on or self.starting)
        mine = (row for row in self.workers if row.organisation_id == measure.organisation_id and row.code == code)
        return code if any(self.is_there(row, day) for row in mine) else None


def holdings(
    session: Session,
    landlord_id: str,
    schemes: Mapping[str, Scheme],
    on: date,
    starting: date,
    organisation_id: int | None = None,
) -> Holdings:
    """What a landlord's partners (or one of them) hold on a day; raises SchemeRefused for measures of an unknown scheme."""
    whose = (landlord_id, organisation_id)
    in_force = (
        _of(Convention, *whose)
        .join(Organisation, Organisation.id == Convention.organisation_id)
        .where(Organisation.is_active, Convention.signed_on <= starting)
        .where(or_(Convention.ends_on.is_(None), Convention.ends_on >= starting))
    )
    lines = tuple(session.scalars(_of(FundingLine, *whose)))
    measures = tuple(session.scalars(_of(Measure, *whose).where(Measure.booked_on <= on)))
    _known(schemes, measures, on)
    norms = {row.id: row.households_per_worker for row in lines}
    return Holdings(
        starting,
        tuple(session.scalars(in_force)),
        tuple(session.scalars(_of(Worker, *whose))),
        lines,
        tuple(_held(row, on, norms.get(row.funding_line_id or 0), schemes) for row in measures),
    )


def _of(model: type[Row], landlord_id: str, organisation_id: int | None) -> Select[Row]:
    """Rows in the order they were written, read again: others may have written since this session last looked."""
    rows = select(model).where(model.landlord_id == landlord_id).order_by(model.id).execution_options(populate_existing=True)
    return rows if organisation_id is None else rows.where(model.organisation_id == organisation_id)


def _held(row: Measure, on: date, norm: int | None, schemes: Mapping[str, Scheme]) -> Held:
    stands = row.ended_on is None or row.ended_on > on
    scheme = schemes.get(row.scheme)
    return Held(
        measure_id=row.id,
        organisation_id=row.organisation_id,
        line_id=row.funding_line_id,
        worker_id=row.worker_id,
        households_per_worker=norm or (scheme.capacity.households_per_worker if scheme else None),
        starts_on=row.starts_on,
        stands=stands,
        months_held=row.months if row.ended_on is None or stands else min(row.months, _begun(row.starts_on, row.ended_on)),
    )


def _begun(starts_on: date | None, ended_on: date) -> int:
    """Months begun between two days, the second left out; none when the measure never began."""
    if starts_on is None or ended_on <= starts_on:
        return 0
    months = (ended_on.year - starts_on.year) * 12 + ended_on.month - starts_on.month
    return months + (ended_on.day > starts_on.day)


def _known(schemes: Mapping[str, Scheme], measures: tuple[Measure, ...], on: date) -> None:
    standing = {row.scheme for row in measures if row.ended_on is None or row.ended_on > on}
    if unknown := sorted(standing - set(schemes)):
        raise SchemeRefused(
            f"Des mesures en cours relèvent de dispositifs qui ne sont plus décrits : {', '.join(unknown)}. "
            "Sans leur norme, on ne sait pas ce qu'elles occupent : remettez leur fichier avec les autres."
        )
