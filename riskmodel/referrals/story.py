"""What the standing moves of a referral say together: its state, the steps done, who signed what, since when a measure runs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.referrals.states import CLOSED, CONTRACTS
from riskmodel.register.models import Transition
from riskmodel.schemes import Scheme, Step

_TIED = {
    "sent": ("send",),
    "answered": ("accept", "decline"),
    "first_interview": ("first_interview",),
    "evaluation": ("return_evaluation",),
    "measure_proposed": ("propose_measure",),
}
"""Steps of a scheme that a move of its own tells; every other step is noted done, or shown by signatures."""
_ATTEMPTS = {"letter": "simple_letter", "registered": "registered_letter", "visit": "visit"}


@dataclass(frozen=True)
class Moved:
    """One move that stands."""

    number: int
    code: str
    on_day: date
    from_state: str
    to_state: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """The moves of one referral that stand, in the order in which they were made."""

    moves: tuple[Moved, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.moves[-1].to_state if self.moves else "proposed"

    @property
    def closed_on(self) -> date | None:
        """The day it reached a last state; None while it is open."""
        if self.state not in CLOSED:
            return None
        return next(move.on_day for move in self.moves if move.to_state == self.state)

    def last(self, *codes: str) -> Moved | None:
        """The last move of one of these codes."""
        return next((move for move in reversed(self.moves) if move.code in codes), None)

    def of(self, code: str) -> list[Moved]:
        """Every move of a code, in order."""
        return [move for move in self.moves if move.code == code]

    def since(self, state: str) -> date | None:
        """The day it first came to a state from another."""
        return next((move.on_day for move in self.moves if move.to_state == state != move.from_state), None)

    def signed(self) -> dict[tuple[str, str], date]:
        """By document and party, the day of the signature."""
        return {(move.details["document"], move.details["party"]): move.on_day for move in self.of("sign")}


def read(session: Session, referral_id: int) -> Story:
    """The moves of a referral that nobody took back."""
    return read_all(session, [referral_id])[referral_id]


def read_all(session: Session, referral_ids: Collection[int]) -> dict[int, Story]:
    """The same of each of several referrals, in one question to the register."""
    standing = select(Transition).where(Transition.referral_id.in_(referral_ids), Transition.undone_at.is_(None))
    made: dict[int, list[Moved]] = {number: [] for number in referral_ids}
    for row in session.scalars(standing.order_by(Transition.id)):
        made[row.referral_id].append(moved(row))
    return {number: Story(tuple(found)) for number, found in made.items()}


def moved(row: Transition) -> Moved:
    """A row of the register as a move."""
    return Moved(row.id, row.code, row.on_day, row.from_state, row.to_state, row.details)


def contracts(scheme: Scheme) -> tuple[str, ...]:
    """Documents without whose signatures a measure does not begin; none for what needs no contract."""
    return tuple(dict.fromkeys(step.document for step in scheme.steps if step.document in CONTRACTS))


def is_signed(scheme: Scheme, story: Story, document: str) -> date | None:
    """The day the last party signed a document; None while one of them has not."""
    signed = story.signed()
    days = [signed.get((document, party)) for party in scheme.parties[document]]
    return max(day for day in days if day) if all(days) and days else None


def by_note(scheme: Scheme) -> tuple[Step, ...]:
    """Steps that people note done, as neither a move nor a signature tells them."""
    return tuple(step for step in scheme.steps if not _is_told(scheme, step))


def _is_told(scheme: Scheme, step: Step) -> bool:
    if step.document in CONTRACTS:
        return True
    return scheme.is_shared and (step.code in _TIED or is_attempt(step))


def is_attempt(step: Step) -> bool:
    """Whether a step is one more way of reaching a household that has not answered yet."""
    return step.code in _ATTEMPTS and step.by == "association"


def done(scheme: Scheme, story: Story) -> dict[str, date]:
    """By code, the day of every step that is done."""
    found = {step.code: _done_on(scheme, step, story) for step in scheme.steps}
    return {code: day for code, day in found.items() if day is not None}


def _done_on(scheme: Scheme, step: Step, story: Story) -> date | None:
    if step.document in CONTRACTS:
        return is_signed(scheme, story, step.document or "")
    if not _is_told(scheme, step):
        return _first(move for move in story.of("step_done") if move.details["step"] == step.code)
    if is_attempt(step):
        return _first(move for move in story.of("attempt") if move.details["channel"] == _ATTEMPTS[step.code])
    told = story.last(*_TIED[step.code])
    return told.on_day if told else None


def _first(moves: Iterable[Moved]) -> date | None:
    return next((move.on_day for move in moves), None)


def before(scheme: Scheme, wanted: Iterable[Step]) -> tuple[Step, ...]:
    """Steps that must be done before these, ways of reaching a household apart, in the order of the scheme."""
    after = {step.code: step.after for step in scheme.steps}
    found = set[str]()
    for step in wanted:
        code = step.after
        while code is not None:
            found.add(code)
            code = after[code]
    return tuple(step for step in scheme.steps if step.code in found and not is_attempt(step))


def told_by(scheme: Scheme, code: str) -> tuple[Step, ...]:
    """Steps of a scheme that a move tells."""
    return tuple(step for step in scheme.steps if code in _TIED.get(step.code, ()) and _is_told(scheme, step))
