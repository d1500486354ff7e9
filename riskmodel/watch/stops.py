"""Named stops: figures out of bounds, since when, and which of them stop a score until they return or a person answers."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Self

from riskmodel.watch.fairness import ALL
from riskmodel.watch.limits import Limits
from riskmodel.watch.rules import Finding, Measured, findings, late

REASONS = {
    "corrigee": "la cause est corrigée",
    "expliquee": "l'écart est expliqué, et accepté jusqu'au prochain examen",
    "fausse_alerte": "la figure était fausse",
}
"""Closed codes of an answer, with their meaning."""
Key = tuple[str, str | None, str]


@dataclass(frozen=True)
class Breach:
    """A rule's figure out of its bounds: `score` is « derive », « decrochage », or None for both; `subject` says of what (a
    group, an input, or « tous »), `months` how long running."""

    name: str
    score: str | None
    subject: str
    figure: float
    limit: float
    since: date
    sentence: str
    months: int = 1

    @property
    def key(self) -> Key:
        """What makes it the same from one month to the next."""
        return self.name, self.score, self.subject

    def as_note(self) -> dict[str, Any]:
        """Plain values for the journal."""
        return asdict(self) | {"since": self.since.isoformat()}

    @classmethod
    def from_note(cls, note: dict[str, Any]) -> Self:
        """What `as_note` wrote."""
        return cls(**(note | {"since": date.fromisoformat(note["since"])}))


@dataclass(frozen=True)
class Stop:
    """A score no longer serves: rule `name`, the `figure` and the `limit` it is beyond, out of bounds `since`, and the sentence
    that says so; `score` and `subject` as in its breach."""

    name: str
    figure: float
    limit: float
    since: date
    sentence: str
    score: str | None = None
    subject: str = ALL

    def as_note(self) -> dict[str, Any]:
        """Plain values for the journal."""
        return asdict(self) | {"since": self.since.isoformat()}


@dataclass(frozen=True)
class Answer:
    """What a person answered to a stop: a code of REASONS, who (an account), and when."""

    name: str
    score: str | None
    subject: str
    reason: str
    by: str
    on: date

    @property
    def key(self) -> Key:
        """The breach that it answers."""
        return self.name, self.score, self.subject

    def as_note(self) -> dict[str, Any]:
        """Plain values for the journal."""
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def from_note(cls, note: dict[str, Any]) -> Self:
        """What `as_note` wrote."""
        return cls(**(note | {"on": date.fromisoformat(note["on"])}))


def breaches(
    month_end: date, measured: Iterable[Measured], gap_days: int, limits: Limits, before: Sequence[Breach] = ()
) -> tuple[Breach, ...]:
    """Every figure of the month that is out of bounds, with the months it has been so (`before`: those of the month before)."""
    found = [_breach(finding, one.score, month_end) for one in measured for finding in findings(one, limits)]
    found += [_breach(finding, None, month_end) for finding in late(gap_days, limits)]
    known = {breach.key: breach for breach in before}
    return tuple(_continued(breach, known.get(breach.key)) for breach in found)


def stops(found: Sequence[Breach], limits: Limits, answers: Sequence[Answer], as_of: date) -> tuple[Stop, ...]:
    """The breaches that stop: out of bounds long enough, and not answered within the declared days before `as_of`."""
    held = {answer.key for answer in standing(answers, limits, as_of)}
    return tuple(
        Stop(breach.name, breach.figure, breach.limit, breach.since, breach.sentence, breach.score, breach.subject)
        for breach in found
        if breach.months >= limits.rules[breach.name].months and breach.key not in held and not is_question(breach, limits)
    )


def is_question(breach: Breach, limits: Limits) -> bool:
    """Whether a breach only asks: between units or communes, another order of the list would leave the gap as it is."""
    return breach.name == "rappel_par_groupe" and breach.subject.partition("=")[0] in limits.asked_only


def standing(answers: Sequence[Answer], limits: Limits, as_of: date) -> list[Answer]:
    """Answers that still hold: a person's word is good for the declared days, then the figure speaks again."""
    return [answer for answer in answers if as_of - answer.on <= timedelta(days=limits.answer_days)]


def _breach(finding: Finding, score: str | None, month_end: date) -> Breach:
    return Breach(finding.name, score, finding.subject, finding.figure, finding.limit, month_end, finding.sentence)


def _continued(breach: Breach, before: Breach | None) -> Breach:
    return replace(breach, since=before.since, months=before.months + 1) if before else breach
