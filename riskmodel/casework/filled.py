"""The answers of an edited workbook, line by line, held against the closed lists: every fault is told, none is guessed away."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from riskmodel.casework.choices import CHOICES, Choice
from riskmodel.casework.decisions import Decided
from riskmodel.casework.workbooks import Fault, Line
from riskmodel.weekly.answers import ANSWER_HEADS, LEASE_HEAD, LONGEST_WAIT

_DECISION, _REASON, _UNTIL = ANSWER_HEADS.values()


@dataclass(frozen=True)
class Answer:
    """What the workbook decides about a lease, and the line that says it."""

    lease_id: str
    code: str
    reason: str | None
    paused_until: date | None
    sheet: str
    line: int

    @property
    def label(self) -> str:
        """The decision in words."""
        return CHOICES[self.code].label

    @property
    def reason_label(self) -> str | None:
        """Its reason in words; None where it has none."""
        return CHOICES[self.code].reasons[self.reason] if self.reason else None


def said(one: Answer | Decided) -> tuple[str, str | None, date | None]:
    """What is decided, whoever says it."""
    return one.code, one.reason, one.paused_until


def known(answer: Answer) -> Answer:
    """The answer itself; raises KeyError for a code or a reason outside the closed lists."""
    reasons = CHOICES[answer.code].reasons
    if answer.reason is not None and answer.reason not in reasons:
        raise KeyError(answer.reason)
    return answer


def answers(lines: Iterable[Line], shown: Set[str], monday: date) -> tuple[list[Answer], list[Fault]]:
    """One answer a lease. A lease answered twice in different ways, on two tabs or two lines, is a fault and is not recorded."""
    found: dict[str, Answer] = {}
    faults: list[Fault] = []
    torn = set()
    for line in lines:
        choice = _choice(line)
        seen = _line_faults(line, choice, shown, monday)
        faults += seen
        if seen or choice is None:
            continue
        answer = _answer(line, choice)
        first = found.setdefault(answer.lease_id, answer)
        if said(first) != said(answer):
            torn.add(answer.lease_id)
            faults.append(_twice(line, first))
    return [answer for lease_id, answer in found.items() if lease_id not in torn], faults


def _twice(line: Line, first: Answer) -> Fault:
    where = f"la même réponse qu'en feuille « {first.sheet} », ligne {first.line} ({first.label})"
    return _fault(line, _DECISION, where, "Gardez une seule réponse pour ce ménage : aucune n'a été lue.")


def _line_faults(line: Line, choice: Choice | None, shown: Set[str], monday: date) -> list[Fault]:
    if line.lease_id not in shown:
        told = Fault(
            line.sheet, line.number, LEASE_HEAD, line.lease_id or "vide", "un bail de cette liste", "Rétablissez son numéro."
        )
        return [told]
    if choice is None:
        return [_fault(line, _DECISION, "une valeur de la liste déroulante", "Choisissez-la, ou videz les trois colonnes.")]
    return [*_reason_faults(line, choice), *_date_faults(line, choice, monday)]


def _reason_faults(line: Line, choice: Choice) -> list[Fault]:
    if not choice.reasons:
        known = line.values[_REASON] is None
        return [] if known else [_fault(line, _REASON, f"rien avec « {choice.label} »", "Videz la case.")]
    if _code(line.values[_REASON], choice.reasons) is not None:
        return []
    return [
        _fault(
            line, _REASON, f"avec « {choice.label} », un motif parmi {', '.join(choice.reasons.values())}", "Choisissez un motif."
        )
    ]


def _date_faults(line: Line, choice: Choice, monday: date) -> list[Fault]:
    value = line.values[_UNTIL]
    if not choice.asks_date:
        return [] if value is None else [_fault(line, _UNTIL, f"rien avec « {choice.label} »", "Videz la case.")]
    on = day(value)
    if on is not None and monday < on <= monday + LONGEST_WAIT:
        return []
    expected = f"une date après le {monday:%d/%m/%Y} et au plus tard le {monday + LONGEST_WAIT:%d/%m/%Y}"
    return [_fault(line, _UNTIL, expected, f"Écrivez une date comme {monday + timedelta(days=14):%d/%m/%Y}.")]


def _fault(line: Line, column: str, expected: str, move: str) -> Fault:
    value = line.values[column]
    on = day(value)
    return Fault(line.sheet, line.number, column, f"{on:%d/%m/%Y}" if on else str(value or "vide")[:60], expected, move)


def _answer(line: Line, choice: Choice) -> Answer:
    """A line in which nothing is wrong."""
    reason = _code(line.values[_REASON], choice.reasons)
    return Answer(line.lease_id, choice.code, reason, day(line.values[_UNTIL]), line.sheet, line.number)


def _choice(line: Line) -> Choice | None:
    code = _code(line.values[_DECISION], {choice.code: choice.label for choice in CHOICES.values()})
    return CHOICES[code] if code else None


def _code(value: Any, labels: Mapping[str, str]) -> str | None:
    """The code of a label as people or programs may have retyped it: case, apostrophes and no-break spaces do not count."""
    wanted = _plain(str(value)) if value is not None else None
    return next((code for code, label in labels.items() if _plain(label) == wanted), None)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").casefold().split())


def day(value: Any) -> date | None:
    """A date, whether the cell holds one, its French text or its ISO text; None for anything else."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(value), form).date()
        except ValueError:
            continue
    return None
