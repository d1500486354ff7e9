"""Moving a referral: checked, dated and attributed, then what follows from it written; and taking the last move back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.people.days import day_of
from riskmodel.referrals import carried, gate, rules, seats, story
from riskmodel.referrals.proposing import find_open, propose
from riskmodel.referrals.rules import Wanted
from riskmodel.referrals.states import MOVES, SENT, Move
from riskmodel.referrals.story import Story
from riskmodel.register.models import Notice, Organisation, Referral, Transition
from riskmodel.schemes import Scheme

__all__ = ["Possible", "move", "narrowed", "possible", "propose", "sides", "undo", "undo_sides"]

Schemes = Mapping[str, Scheme]


@dataclass(frozen=True)
class Done:
    """What a move leads to, on which day, with what, noted by whom and when."""

    state: str
    on_day: date
    details: Mapping[str, Any]
    by: str
    now: datetime


@dataclass(frozen=True)
class Possible:
    """A move that may be made now: who may make it, and by detail the codes to choose from (None: a number or a day)."""

    code: str
    label: str
    sides: tuple[str, ...]
    needs: Mapping[str, Mapping[str, str] | None]
    may: Mapping[str, Mapping[str, str] | None]


def move(
    session: Session,
    referral_id: int,
    code: str,
    *,
    schemes: Schemes,
    by: str,
    now: datetime,
    on_day: date,
    details: Mapping[str, Any],
) -> str:
    """Make a move on a day it was really made, and give the new state. `details` are closed codes, numbers and days.

    Raises MoveRefused, all that is missing at once; a place that is no longer free refuses the move whole. Whether `by` may make
    it is for the caller to check with `sides`: an account has roles, a referral has none.
    """
    referral = _locked(session, referral_id)
    made, scheme, told = _known(code), _scheme(schemes, referral), story.read(session, referral_id)
    kept, wrong = carried.checked(made, scheme, told, details)
    kept = seats.completed(session, referral, scheme, made.code, kept)
    faults = list(rules.refusals(Wanted(made, scheme, told, kept, on_day))) or [
        *wrong,
        *rules.day_faults(made, told, on_day, day_of(referral.created_at), day_of(now)),
        *_beyond(session, referral, scheme, made, kept, day_of(now)),
    ]
    if faults:
        raise MoveRefused(f"{made.label} : impossible.\n" + "\n".join(faults))
    state = rules.target(made, scheme, told, kept, on_day)
    with session.begin_nested():
        keep(session, referral, made, Done(state, on_day, kept, by, now), schemes)
    return state


def keep(session: Session, referral: Referral, made: Move, done: Done, schemes: Schemes) -> None:
    """Write a move that was found right, the notice to the partner that holds the fiche, and all that follows."""
    said = {"referral_id": referral.id, "at": done.now, "on_day": done.on_day, "by": done.by, "code": made.code}
    session.add(Transition(**said, details=dict(done.details), from_state=referral.state, to_state=done.state))
    is_held = made.code == "send" or referral.state in SENT
    if made.notice and is_held and referral.organisation_id is not None:
        partner = {"organisation_id": referral.organisation_id, "referral_id": referral.id}
        session.add(Notice(**partner, kind=made.notice, created_at=done.now))
    session.flush()
    seats.follow(session, referral, schemes, done.now)
    if made.code == "accept" and "worker_id" in done.details:
        seats.follow_by(session, referral.id, done.details["worker_id"], schemes, done.now)


def undo(session: Session, referral_id: int, *, schemes: Schemes, by: str, now: datetime) -> str:
    """Take the last move back, and give the state found again. It stays in the history, with who took it back. Whether `by` may
    is for the caller to check with `undo_sides`.

    Raises MoveRefused when there is none, or when others acted on it as soon as it was made.
    """
    referral = _locked(session, referral_id)
    told = story.read(session, referral_id)
    last = told.moves[-1] if told.moves else None
    if last is None:
        raise MoveRefused("Aucune étape à annuler : l'orientation vient d'être proposée. Pour l'abandonner, retirez-la.")
    if MOVES[last.code].undo == "never":
        raise MoveRefused(
            f"« {MOVES[last.code].label} » ne s'annule pas : d'autres ont pu agir aussitôt. Notez plutôt ce qui suit."
        )
    if referral.closed_on and find_open(session, referral.landlord_id, referral.lease_id, referral.scheme):
        raise MoveRefused("Une nouvelle orientation du même ménage est ouverte pour ce dispositif : continuez avec elle.")
    with session.begin_nested():
        row = session.get_one(Transition, last.number)
        row.undone_at, row.undone_by = now, by
        session.flush()
        seats.follow(session, referral, schemes, now)
    return referral.state


def undo_sides(scheme: Scheme, told: Story) -> tuple[str, ...]:
    """Who may take the last move back: whoever may make it; nobody when there is none, or when others acted on it at once."""
    last = told.moves[-1] if told.moves else None
    if last is None or MOVES[last.code].undo == "never":
        return ()
    return sides(last.code, scheme, last.details)


def possible(scheme: Scheme, told: Story, today: date) -> tuple[Possible, ...]:
    """What may be done with a referral now, in the order of a life. What a chosen code would still break is told by `move`."""
    open_ones = [one for one in MOVES.values() if one.code not in rules.RECALLS]
    free = [one for one in open_ones if not list(rules.refusals(Wanted(one, scheme, told, {}, today)))]
    return tuple(_possible(one, scheme, told) for one in free)


def narrowed(move: Possible, scheme: Scheme, side: str) -> Possible:
    """The same move with nothing to choose that is the other side's: a step is noted done by whoever makes it."""
    steps = move.needs.get("step")
    if steps is None:
        return move
    own = {code: label for code, label in steps.items() if side in sides(move.code, scheme, {"step": code})}
    return replace(move, needs={**move.needs, "step": own})


def sides(code: str, scheme: Scheme, details: Mapping[str, Any]) -> tuple[str, ...]:
    """Who may make a move: "bailleur" alone, or "association" too."""
    step = next((step for step in scheme.steps if step.code == details.get("step")), None)
    return rules.sides(_known(code), scheme, step)


def _possible(one: Move, scheme: Scheme, told: Story) -> Possible:
    fields = carried.choices(one, scheme, told)
    steps = [step for step in story.by_note(scheme) if step.code in (fields.get("step") or {})]
    found = {side for step in steps for side in rules.sides(one, scheme, step)} or set(rules.sides(one, scheme))
    needs, may = {name: fields[name] for name in one.needs}, {name: fields[name] for name in one.may}
    return Possible(one.code, one.label, tuple(sorted(found)), needs, may)


def _beyond(session: Session, referral: Referral, scheme: Scheme, made: Move, kept: Mapping[str, Any], today: date) -> list[str]:
    """What the register itself refuses: a partner that does not exist, a gate that is not open, a report that is not awaited."""
    if made.code == "send":
        return [one.text for one in gate.missing(session, referral.id, today)]
    if made.code == "assign":
        return _no_partner(session, referral, kept.get("organisation_id"))
    return seats.refusals(session, referral, scheme, made.code, kept)


def _no_partner(session: Session, referral: Referral, organisation_id: Any) -> list[str]:
    partner = session.get(Organisation, organisation_id) if isinstance(organisation_id, int) else None
    is_right = partner is not None and partner.is_active and partner.landlord_id == referral.landlord_id
    if is_right and partner is not None and partner.kind in ("association", "ccapex"):
        return []
    return [f"Partenaire n° {organisation_id} : inconnu de {referral.landlord_id}, ou fermé. Choisissez-le dans la liste."]


def _known(code: str) -> Move:
    if code not in MOVES:
        known = ", ".join(f"{one.code} ({one.label})" for one in MOVES.values())
        raise MoveRefused(f"« {code} » n'est pas une étape. Étapes connues : {known}.")
    return MOVES[code]


def _scheme(schemes: Schemes, referral: Referral) -> Scheme:
    if referral.scheme not in schemes:
        raise MoveRefused(f"Le dispositif « {referral.scheme} » n'est plus décrit : remettez son fichier avec les autres.")
    return schemes[referral.scheme]


def _locked(session: Session, referral_id: int) -> Referral:
    referral = session.get(Referral, referral_id, with_for_update=True, populate_existing=True)
    if referral is None:
        raise MoveRefused(f"Orientation n° {referral_id} : inconnue. Rechargez la page des orientations.")
    return referral
