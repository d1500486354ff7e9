"""Whether a move may be made: what its scheme allows, what must come before, which days it may bear. Every refusal at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from riskmodel.explain.months import months_later
from riskmodel.referrals import story
from riskmodel.referrals.states import CONTRACTS, MOVES, SIGNED, STATES, Move
from riskmodel.referrals.story import Moved, Story
from riskmodel.schemes import DOCUMENTS, Scheme, Step

NOTED_LATE = ("attempt", "step_done", "sign", "file_report")
"""What people may note after later moves were made: it happened when it happened."""
RECALLS = ("recall", "recall_facts")
"""Moves that only a right recorded for the household makes."""
_ONCE = ("first_interview", "return_evaluation", "propose_measure")
_WITH_PARTNER = ("assign", "send", "accept", "decline", "attempt", "first_interview", "return_evaluation", "propose_measure")


def belongs(move: Move, scheme: Scheme) -> bool:
    """Whether a scheme ever has such a move: what needs a partner, a contract, a sub-lease, a report, a watch afterwards."""
    shared, contracts = scheme.is_shared, story.contracts(scheme)
    asked = {
        "start": not shared,
        "return_evaluation": shared and any(step.code == "evaluation" for step in scheme.steps),
        "propose_measure": shared and bool(contracts),
        "sign": any(scheme.parties.get(document) for document in SIGNED),
        "step_done": bool(story.by_note(scheme)),
        "file_report": scheme.uses_place and bool(scheme.reports),
        "renew": scheme.uses_place and bool(contracts),
        "slide": scheme.is_sublease,
        "aftercare_visit": scheme.aftercare_months > 0,
        "close": scheme.aftercare_months > 0,
    }
    return asked.get(move.code, shared if move.code in (*_WITH_PARTNER, *RECALLS) else True)


def sides(move: Move, scheme: Scheme, step: Step | None = None) -> tuple[str, ...]:
    """Who may make a move. What is the partner's, the landlord may note for one that answered by telephone or on paper; what is
    the landlord's, nobody else may; a step of neither (household, commission, other body) is noted by the landlord."""
    if move.code == "step_done":
        theirs = step is not None and step.by == "association"
    else:
        theirs = move.by == "association" and scheme.is_shared
    return ("association", "bailleur") if theirs else ("bailleur",)


def target(move: Move, scheme: Scheme, told: Story, details: Mapping[str, Any], on_day: date) -> str:
    """The state that a move leads to."""
    if move.code == "sign":
        return _after_signature(scheme, told, details, on_day)
    if move.code == "end":
        return "aftercare" if scheme.aftercare_months and told.state in ("running", "slid") else "closed"
    return move.to_state or told.state


def _after_signature(scheme: Scheme, told: Story, details: Mapping[str, Any], on_day: date) -> str:
    if told.state == "running":
        return told.state
    signed = Moved(0, "sign", on_day, told.state, told.state, dict(details))
    then, contracts = replace(told, moves=(*told.moves, signed)), story.contracts(scheme)
    is_complete = bool(contracts) and all(story.is_signed(scheme, then, document) for document in contracts)
    return "running" if is_complete else "measure_proposed"


@dataclass(frozen=True)
class Wanted:
    """A move that somebody wants to make, on a day, of a referral that has come so far."""

    move: Move
    scheme: Scheme
    told: Story
    details: Mapping[str, Any]
    on_day: date


def refusals(wanted: Wanted) -> Iterator[str]:
    """Why a move cannot be made now, its details and the register's own limits apart; nothing when it can."""
    move, state = wanted.move, wanted.told.state
    if not belongs(move, wanted.scheme):
        yield f"Le dispositif « {wanted.scheme.name} » ne connaît pas « {move.label} »."
    elif state not in move.from_states:
        expected = ", ".join(STATES[known] for known in move.from_states)
        yield f"L'orientation est « {STATES[state]} » ; « {move.label} » se fait depuis : {expected}."
    else:
        yield from _order(wanted)
        yield from _OWN[move.code](wanted) if move.code in _OWN else ()


def _order(wanted: Wanted) -> Iterator[str]:
    move, told = wanted.move, wanted.told
    if move.code in _ONCE and (made := told.last(move.code)):
        yield f"« {move.label} » : déjà noté le {made.on_day:%d/%m/%Y}."
    done = story.done(wanted.scheme, told)
    missing = [step.label for step in story.before(wanted.scheme, _steps(wanted)) if step.code not in done]
    if missing:
        yield f"Il faut d'abord : {' ; '.join(missing)}."


def _steps(wanted: Wanted) -> tuple[Step, ...]:
    scheme, details = wanted.scheme, wanted.details
    if wanted.move.code == "step_done":
        return tuple(step for step in scheme.steps if step.code == details.get("step"))
    if wanted.move.code == "sign":
        return tuple(step for step in scheme.steps if step.document and step.document == details.get("document"))
    return story.told_by(scheme, wanted.move.code) or _first_contract(wanted)


def _first_contract(wanted: Wanted) -> tuple[Step, ...]:
    """Where no step tells the proposal of a measure, it comes after all that its first contract waits for."""
    if wanted.move.code != "propose_measure":
        return ()
    return tuple(step for step in wanted.scheme.steps if step.document in CONTRACTS)[:1]


def day_faults(move: Move, told: Story, on_day: date, created_on: date, today: date) -> Iterator[str]:
    """Why a day cannot be the move's: still to come, or before what it follows."""
    if on_day > today:
        yield f"Jour {on_day:%d/%m/%Y} : à venir. Donnez le jour où cela s'est fait, au plus tard le {today:%d/%m/%Y}."
    changes = [made for made in told.moves if made.from_state != made.to_state]
    opened = next((made.on_day for made in changes if made.to_state in ("sent", "accepted")), created_on)
    last = opened if move.code in NOTED_LATE or not changes else changes[-1].on_day
    if on_day < max(created_on, last):
        yield f"Jour {on_day:%d/%m/%Y} : avant l'étape précédente, du {max(created_on, last):%d/%m/%Y}."


def _send(wanted: Wanted) -> Iterator[str]:
    if wanted.told.last("assign") is None:
        yield f"Aucun partenaire n'est choisi : « {MOVES['assign'].label} » d'abord."


def _sign(wanted: Wanted) -> Iterator[str]:
    document, party = str(wanted.details.get("document")), str(wanted.details.get("party"))
    if (document, party) in wanted.told.signed():
        day = wanted.told.signed()[document, party]
        yield f"{DOCUMENTS[document]} : cette partie l'a déjà signé le {day:%d/%m/%Y}."
    if document in DOCUMENTS and document not in CONTRACTS and wanted.told.state != "running":
        yield f"{DOCUMENTS[document]} : il ne se signe que pendant la mesure."


def _step_done(wanted: Wanted) -> Iterator[str]:
    done = story.done(wanted.scheme, wanted.told)
    if all(step.code in done for step in story.by_note(wanted.scheme)):
        yield "Toutes les étapes à noter sont faites."


def _renew(wanted: Wanted) -> Iterator[str]:
    made, most = len(wanted.told.of("renew")), wanted.scheme.duration.renewals
    if most is not None and made >= most:
        yield f"La mesure a été prolongée {made} fois ; le dispositif en admet {most}."


def _slide(wanted: Wanted) -> Iterator[str]:
    start, slide = wanted.told.since("running"), wanted.scheme.slide
    if start and slide and slide.earliest_months:
        earliest = months_later(start, slide.earliest_months)
        if wanted.on_day < earliest:
            yield f"Le bail glisse au plus tôt {slide.earliest_months} mois après la signature, soit le {earliest:%d/%m/%Y}."


def _end(wanted: Wanted) -> Iterator[str]:
    if wanted.details.get("end") == "slid" and wanted.told.state != "slid":
        yield f"« {wanted.scheme.ends['slid']} » : le bail n'a pas glissé. « {MOVES['slide'].label} » d'abord."


_OWN: Mapping[str, Callable[[Wanted], Iterator[str]]] = {
    "send": _send,
    "sign": _sign,
    "step_done": _step_done,
    "renew": _renew,
    "slide": _slide,
    "end": _end,
}
