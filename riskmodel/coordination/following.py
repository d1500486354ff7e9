"""A landlord's referrals as they had come on a day, from the moves known then: what was noted or undone later is not."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riskmodel.errors import SchemeRefused
from riskmodel.people.days import day_of, start_of
from riskmodel.referrals import late, papers, seats, story
from riskmodel.referrals.late import Due
from riskmodel.referrals.moves import Schemes
from riskmodel.referrals.states import HELD
from riskmodel.referrals.story import Moved, Story
from riskmodel.register.models import Measure, Referral, Transition
from riskmodel.schemes import Scheme


@dataclass(frozen=True)
class Followed:
    """One referral on a day: whose, how far it had come, the measure it had become (None: no place held), what it had to do."""

    referral_id: int
    management_unit: str
    scheme: Scheme
    organisation_id: int | None
    proposed_on: date
    told: Story
    measure: Measure | None
    dues: tuple[Due, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done of it."""
        return self.told.closed_on is None


def followed(session: Session, landlord_id: str, schemes: Schemes, until: date, known_on: date) -> tuple[Followed, ...]:
    """Every referral proposed by `until`, with its moves of that day and before, as the register knew them on `known_on`.

    Raises SchemeRefused for referrals whose scheme is not described any more: figures without them would not add up.
    """
    end = start_of(known_on + timedelta(days=1))
    mine = select(Referral).where(Referral.landlord_id == landlord_id, Referral.created_at < end).order_by(Referral.id)
    rows = [row for row in session.scalars(mine) if day_of(row.created_at) <= until]
    if gone := sorted({row.scheme for row in rows} - set(schemes)):
        raise SchemeRefused(
            f"Des orientations relèvent de dispositifs qui ne sont plus décrits : {', '.join(gone)}. "
            "Sans eux, les chiffres ne tomberaient pas juste : remettez leur fichier avec les autres."
        )
    moves = _moves(session, landlord_id, until, known_on)
    return tuple(_followed(row, schemes[row.scheme], standing(moves[row.id])) for row in rows)


def standing(moves: list[Moved]) -> Story:
    """The story of these moves: one noted late keeps the state it found, not the one that came in between."""
    state, kept = "proposed", list[Moved]()
    for move in moves:
        if move.from_state != move.to_state:
            state = move.to_state
            kept.append(move)
        else:
            kept.append(replace(move, from_state=state, to_state=state))
    return Story(tuple(kept))


def _moves(session: Session, landlord_id: str, until: date, known_on: date) -> dict[int, list[Moved]]:
    end = start_of(known_on + timedelta(days=1))
    known = (
        select(Transition)
        .join(Referral, Referral.id == Transition.referral_id)
        .where(Referral.landlord_id == landlord_id, Transition.on_day <= until, Transition.at < end)
        .where(or_(Transition.undone_at.is_(None), Transition.undone_at >= end))
    )
    found = defaultdict[int, list[Moved]](list)
    for row in session.scalars(known.order_by(Transition.id)):
        found[row.referral_id].append(story.moved(row))
    return found


def _followed(row: Referral, scheme: Scheme, told: Story) -> Followed:
    chosen = told.last("assign")
    measure = _measure(scheme, told)
    return Followed(
        referral_id=row.id,
        management_unit=row.management_unit,
        scheme=scheme,
        organisation_id=chosen.details["organisation_id"] if chosen else None,
        proposed_on=day_of(row.created_at),
        told=told,
        measure=measure,
        dues=tuple(late.dues(scheme, told, measure, _owed(scheme, told, measure))),
    )


def _measure(scheme: Scheme, told: Story) -> Measure | None:
    """The measure that these moves make, never written: what a place is held by, or was until its end."""
    chosen, ended = told.last("assign"), told.last("end", "recall")
    has_ended = ended is not None and told.state in ("aftercare", "closed", "recalled")
    if not scheme.uses_place or chosen is None or not (told.state in HELD or has_ended):
        return None
    months = chosen.details["months"] + sum(move.details["months"] for move in told.of("renew"))
    measure = Measure(organisation_id=chosen.details["organisation_id"], scheme=scheme.code, months=months)
    if ended is not None and has_ended:
        measure.ended_on, measure.end = ended.on_day, ended.details.get("end", seats.RECALLED)
    seats.dated(measure, scheme, told)
    return measure


def _owed(scheme: Scheme, told: Story, measure: Measure | None) -> list[papers.Due]:
    if measure is None:
        return []
    filed = {(move.details["report"], date.fromisoformat(move.details["due_on"])) for move in told.of("file_report")}
    return sorted(set(papers.expected(measure, scheme, {kind for kind, _ in filed})) - filed)
