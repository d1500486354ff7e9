"""Referrals as pages and files show them: a landlord's, a partner's, and one of them whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from riskmodel.access.policy import Place
from riskmodel.errors import MoveRefused
from riskmodel.referrals import gate, late, seats, story
from riskmodel.referrals.gate import Check
from riskmodel.referrals.moves import Possible, Schemes, possible, undo_sides
from riskmodel.referrals.states import MOVES, SENT, STATES
from riskmodel.register.models import Measure, Organisation, Referral, Signature, StepReport, Transition


@dataclass(frozen=True)
class Head:
    """One referral in a list."""

    referral_id: int
    landlord_id: str
    management_unit: str
    lease_id: str
    case_id: int | None
    scheme: str
    organisation_id: int | None
    organisation: str | None
    state: str
    state_label: str
    created_at: datetime
    created_by: str
    closed_on: date | None


@dataclass(frozen=True)
class Filters:
    """What to keep of a landlord's referrals; nothing said keeps all that are open."""

    scheme: str | None = None
    state: str | None = None
    organisation_id: int | None = None
    management_unit: str | None = None
    with_closed: bool = False


@dataclass(frozen=True)
class Act:
    """One move in the history, those taken back included."""

    code: str
    label: str
    on_day: date
    at: datetime
    by: str
    from_state: str
    to_state: str
    details: Mapping[str, Any]
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True)
class Detail:
    """One referral whole, as its landlord sees it: a partner is shown no `facts`, `declared` or `gate`, but its fiche. `moves`
    are those possible now, `undo_by` who may take the last one back, `steps` the days of the scheme's steps that are done, `dues`
    what it has to do next; `attempts` and `evaluation` are the details of standing moves with their day."""

    head: Head
    facts: Mapping[str, Any]
    declared: Mapping[str, Any]
    gate: tuple[Check, ...]
    moves: tuple[Possible, ...]
    undo_by: tuple[str, ...]
    history: tuple[Act, ...]
    steps: Mapping[str, date]
    dues: tuple[late.Late, ...]
    attempts: tuple[Mapping[str, Any], ...]
    evaluation: Mapping[str, Any] | None
    measure: Measure | None
    signatures: tuple[Signature, ...]
    reports: tuple[StepReport, ...]

    def moves_of(self, side: str) -> tuple[Possible, ...]:
        """The moves that "bailleur" or "association" may make now."""
        return tuple(move for move in self.moves if side in move.sides)


def of_landlord(session: Session, places: Iterable[Place], filters: Filters) -> list[Head]:
    """Referrals of these places, the newest first; none for no place."""
    within = [_within(place) for place in places]
    if not within:
        return []
    names = ("scheme", "state", "organisation_id", "management_unit")
    asked = [getattr(Referral, name) == getattr(filters, name) for name in names if getattr(filters, name) is not None]
    is_open = [] if filters.with_closed or filters.state else [Referral.closed_on.is_(None)]
    rows = _heads().where(or_(*within), *asked, *is_open)
    return [_head(*row) for row in session.execute(rows.order_by(Referral.created_at.desc(), Referral.id.desc()))]


def of_partner(session: Session, organisation_id: int) -> list[Head]:
    """Referrals that a partner was sent, open ones first, then the newest; neither those withdrawn nor those recalled."""
    rows = _heads().where(Referral.organisation_id == organisation_id, Referral.state.in_((*SENT, "declined", "closed")))
    ordered = rows.order_by(Referral.closed_on.is_not(None), Referral.created_at.desc(), Referral.id.desc())
    return [_head(*row) for row in session.execute(ordered)]


def of_lease(session: Session, landlord_id: str, lease_id: str) -> list[Head]:
    """Every referral of a household, open ones first, then the newest."""
    rows = _heads().where(Referral.landlord_id == landlord_id, Referral.lease_id == lease_id)
    ordered = rows.order_by(Referral.closed_on.is_not(None), Referral.created_at.desc(), Referral.id.desc())
    return [_head(*row) for row in session.execute(ordered)]


def head(session: Session, referral_id: int) -> Head | None:
    """One referral: a page checks by it that the viewer may see where it stands."""
    found = session.execute(_heads().where(Referral.id == referral_id)).one_or_none()
    return _head(*found) if found else None


def detail(session: Session, referral_id: int, *, schemes: Schemes, today: date) -> Detail:
    """One referral whole; raises MoveRefused for an unknown number, or a scheme whose file is gone."""
    shown, referral = head(session, referral_id), session.get(Referral, referral_id)
    if shown is None or referral is None or shown.scheme not in schemes:
        raise MoveRefused(
            f"Orientation n° {referral_id} : inconnue, ou d'un dispositif qui n'est plus décrit. Rechargez la page."
        )
    scheme, told, measure = schemes[shown.scheme], story.read(session, referral_id), seats.of(session, referral_id)
    evaluated = told.last("return_evaluation")
    return Detail(
        head=shown,
        facts=referral.facts,
        declared=referral.declared,
        gate=tuple(gate.checks(session, referral_id, today)) if scheme.is_shared else (),
        moves=possible(scheme, told, today),
        undo_by=undo_sides(scheme, told),
        history=_history(session, referral_id),
        steps=story.done(scheme, told),
        dues=tuple(late.of_one(session, referral, scheme, today)),
        attempts=tuple({"on": move.on_day, **move.details} for move in told.of("attempt")),
        evaluation={"on": evaluated.on_day, **evaluated.details} if evaluated else None,
        measure=measure,
        signatures=_signatures(session, measure),
        reports=_reports(session, measure),
    )


def _history(session: Session, referral_id: int) -> tuple[Act, ...]:
    rows = session.scalars(select(Transition).filter_by(referral_id=referral_id).order_by(Transition.id))
    return tuple(
        Act(row.code, MOVES[row.code].label, row.on_day, row.at, row.by, row.from_state, row.to_state, row.details,
            row.undone_at, row.undone_by)
        for row in rows
    )  # fmt: skip


def _signatures(session: Session, measure: Measure | None) -> tuple[Signature, ...]:
    if measure is None:
        return ()
    return tuple(session.scalars(select(Signature).filter_by(measure_id=measure.id).order_by(Signature.signed_on, Signature.id)))


def _reports(session: Session, measure: Measure | None) -> tuple[StepReport, ...]:
    if measure is None:
        return ()
    return tuple(session.scalars(select(StepReport).filter_by(measure_id=measure.id).order_by(StepReport.due_on, StepReport.id)))


def _within(place: Place) -> ColumnElement[bool]:
    """A whole landlord, or one of its units; a place without a landlord covers nothing."""
    whole = Referral.landlord_id == place.landlord_id
    return whole if place.management_unit is None else and_(whole, Referral.management_unit == place.management_unit)


def _heads() -> Select[Referral, str]:
    return select(Referral, Organisation.name).outerjoin(Organisation, Organisation.id == Referral.organisation_id)


def _head(referral: Referral, organisation: str | None) -> Head:
    return Head(
        referral_id=referral.id, landlord_id=referral.landlord_id, management_unit=referral.management_unit,
        lease_id=referral.lease_id, case_id=referral.case_id, scheme=referral.scheme, organisation_id=referral.organisation_id,
        organisation=organisation, state=referral.state, state_label=STATES[referral.state], created_at=referral.created_at,
        created_by=referral.created_by, closed_on=referral.closed_on,
    )  # fmt: skip
