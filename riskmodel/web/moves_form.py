"""Moves as small forms: what a page asks of each move that is possible now, and what a posted form says of one of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from riskmodel.documents import french
from riskmodel.errors import MoveRefused
from riskmodel.referrals.carried import LISTS, NUMBERS
from riskmodel.referrals.moves import Possible
from riskmodel.referrals.states import DETAILS, MOVES
from riskmodel.register.models import StepReport
from riskmodel.schemes import Scheme
from riskmodel.web.routing import Asked

Offered = Mapping[str, Mapping[str, str]]
"""By detail that no closed list holds (a partner, a worker, a line, a report's day), what the page knows that may be chosen."""
LONGEST_NUMBER = 9
"""Figures of a number: what a database keeps in 32 bits."""


@dataclass(frozen=True)
class Question:
    """One detail that a form asks for: a choice of one code, boxes to tick, a number or a day."""

    name: str
    label: str
    kind: Literal["choice", "ticks", "number", "day"]
    codes: Mapping[str, str]
    is_needed: bool


@dataclass(frozen=True)
class MoveForm:
    """One move as a form; `is_final` when it is never taken back."""

    code: str
    label: str
    is_final: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Given:
    """What a posted form says: the move, the day on which it was made, and its details as `moves.move` takes them."""

    code: str
    on_day: date
    details: Mapping[str, Any]


def forms(moves: Iterable[Possible], offered: Offered) -> tuple[MoveForm, ...]:
    """A form for each move, in the order of a life."""
    return tuple(
        MoveForm(move.code, _title(move.label), MOVES[move.code].undo == "never", _asked(move, offered)) for move in moves
    )


def read(asked: Asked, moves: Iterable[Possible]) -> Given:
    """The posted move, one of `moves`: those of the viewer's side. Raises MoveRefused for any other, and as `posted` does."""
    code = asked.form.get("code", "")
    if code in MOVES and code not in {move.code for move in moves}:
        raise MoveRefused(
            f"« {MOVES[code].label} » n'est pas possible maintenant : l'orientation a pu changer entre-temps. Rouvrez sa page."
        )
    return posted(asked)


def posted(asked: Asked) -> Given:
    """The posted move, without what was left empty, for whoever then checks that it is the viewer's to make.

    Raises MoveRefused for what is no move, and for every day or number that cannot be read.
    """
    code, on_day = asked.form.get("code", ""), asked.form.get("on_day", "")
    if code not in MOVES:
        raise MoveRefused(
            "Cette étape n'existe pas. Rouvrez la page de l'orientation et choisissez parmi celles qu'elle propose."
        )
    names = (*MOVES[code].needs, *MOVES[code].may)
    details = {name: value for name in names if (value := _value(asked, name))}
    if faults := [*_odd_numbers(details), *_odd_day(on_day)]:
        raise MoveRefused("\n".join(faults))
    return Given(
        code,
        date.fromisoformat(on_day),
        {name: int(value) if name in NUMBERS else value for name, value in details.items()},
    )


def awaited(scheme: Scheme, reports: Iterable[StepReport]) -> dict[str, str]:
    """Days on which reports are awaited, to choose from."""
    labels = {report.code: report.label for report in scheme.reports}
    known = [report for report in reports if report.filed_on is None and report.kind in labels]
    return {report.due_on.isoformat(): f"{french.day(report.due_on)} ({labels[report.kind]})" for report in known}


def _asked(move: Possible, offered: Offered) -> tuple[Question, ...]:
    found = [_question(name, codes, offered, name in move.needs) for name, codes in {**move.needs, **move.may}.items()]
    return tuple(question for question in found if question)


def _question(name: str, codes: Mapping[str, str] | None, offered: Offered, is_needed: bool) -> Question | None:
    """None when there is nothing to choose from: nobody types the number of a row."""
    known = offered.get(name, {}) if codes is None else codes
    label = _title(DETAILS[name])
    if name in LISTS:
        return Question(name, label, "ticks", known, is_needed) if known else None
    if name == "months" and not known:
        return Question(name, label, "number", {}, is_needed)
    if name == "due_on" and not known:
        return Question(name, label, "day", {}, is_needed)
    return Question(name, label, "choice", known, is_needed) if known or is_needed else None


def _value(asked: Asked, name: str) -> Any:
    return list(asked.several.get(name, ())) if name in LISTS else asked.form.get(name, "").strip()


def _odd_numbers(details: Mapping[str, Any]) -> Iterator[str]:
    for name in NUMBERS:
        value = details.get(name, "1")
        if not (value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER):
            yield f"{_title(DETAILS[name])} : lu « {value[:20]} », attendu un nombre."


def _odd_day(text: str) -> Iterator[str]:
    try:
        date.fromisoformat(text)
    except ValueError:
        yield f"Jour : lu « {text[:20]} », attendu AAAA-MM-JJ, par exemple 2026-11-30."


def _title(label: str) -> str:
    return label[:1].upper() + label[1:]
