"""What is counted of the referrals of a pack: stages, movement, delays, ends, evaluations, what is due."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TypeVar

from riskmodel.coordination.following import Followed
from riskmodel.coordination.known import Known
from riskmodel.referrals import story
from riskmodel.referrals.late import Due
from riskmodel.referrals.states import MOVES
from riskmodel.schemes import Scheme, Step

Key = TypeVar("Key", bound=Hashable)
STAGES: Mapping[str, tuple[str, ...]] = {
    "À préparer": ("proposed", "validated"),
    "Envoyées": ("sent",),
    "En contact": ("accepted", "interviewed", "evaluated", "measure_proposed"),
    "En mesure": ("running", "slid"),
    "En veille": ("aftercare",),
    "Closes": ("closed", "declined", "withdrawn", "recalled"),
}
"""States brought together as a table can show them: each state in one stage."""
OPEN = tuple(STAGES)[:-1]
_REPORTS, _RENEWALS, _SLIDES = "report_", ("end",), ("slide", "slide_notice")


@dataclass(frozen=True)
class Movement:
    """Referrals open at the beginning, proposed and closed since, open at the end: the first three make the fourth."""

    before: int
    proposed: int
    closed: int
    after: int


@dataclass(frozen=True)
class Delay:
    """Days that a step took after the one before it, each time it was done in the days of a pack."""

    scheme: Scheme
    step: Step
    days: tuple[int, ...]

    @property
    def median(self) -> int:
        """The middle one, in whole days, half a day cut."""
        return int(median(self.days))

    @property
    def over(self) -> int:
        """How many took longer than the scheme allows."""
        return sum(days > self.step.within_days for days in self.days)


@dataclass(frozen=True)
class Todo:
    """Something to do for one referral: days late on the day of the pack, below zero when it is to come."""

    one: Followed
    due: Due
    days_late: int


def stages(followed: Iterable[Followed], by: Callable[[Followed], Key]) -> dict[Key, Counter[str]]:
    """Referrals by stage, in each group that `by` makes."""
    found: dict[Key, Counter[str]] = {}
    stage_of = {state: stage for stage, states in STAGES.items() for state in states}
    for one in followed:
        found.setdefault(by(one), Counter())[stage_of[one.told.state]] += 1
    return found


def movement(known: Known) -> Movement:
    """How many referrals came in and went out."""
    closed = [one for one in known.now if known.within(one.told.closed_on)]
    proposed = [one for one in known.now if known.within(one.proposed_on)]
    return Movement(
        before=sum(one.is_open for one in known.before),
        proposed=len(proposed),
        closed=len(closed),
        after=sum(one.is_open for one in known.now),
    )


def delays(known: Known) -> list[Delay]:
    """By scheme and step, the days since the step before it, for steps done in the days of the pack, in the schemes' order."""
    schemes = {one.scheme.code: one.scheme for one in known.now}
    found = [Delay(scheme, step, _days(known, scheme, step)) for scheme in _ordered(schemes) for step in scheme.steps]
    return [delay for delay in found if delay.days]


def _ordered(schemes: Mapping[str, Scheme]) -> list[Scheme]:
    return sorted(schemes.values(), key=lambda scheme: (scheme.rung, scheme.code))


def _days(known: Known, scheme: Scheme, step: Step) -> tuple[int, ...]:
    mine = [one for one in known.now if one.scheme.code == scheme.code]
    pairs = [_pair(one, step) for one in mine]
    return tuple(sorted((end - start).days for start, end in pairs if start and end and known.within(end)))


def _pair(one: Followed, step: Step) -> tuple[date | None, date | None]:
    done = story.done(one.scheme, one.told)
    validated = one.told.last("validate")
    start = (validated.on_day if validated else None) if step.after is None else done.get(step.after)
    return start, done.get(step.code)


def started(known: Known) -> list[Followed]:
    """Referrals whose measure began in the days of the pack."""
    return [one for one in known.now if one.measure is not None and known.within(one.measure.starts_on)]


def running(known: Known) -> list[Followed]:
    """Referrals whose measure runs at the end: begun, not ended."""
    return [one for one in known.now if one.measure and one.measure.starts_on and one.measure.ended_on is None]


def ended(known: Known) -> list[Followed]:
    """Referrals whose measure had begun and ended in the days of the pack."""
    with_measure = [one for one in known.now if one.measure is not None and one.measure.starts_on is not None]
    return [one for one in with_measure if one.measure is not None and known.within(one.measure.ended_on)]


def closed(known: Known) -> Counter[tuple[str, str]]:
    """Referrals closed in the days of the pack, by how they were (a state) and why, as a person reads the reason."""
    return Counter((one.told.state, _why(one)) for one in known.now if known.within(one.told.closed_on))


def _why(one: Followed) -> str:
    """The reason of a refusal, a withdrawal or a recall; else how the help ended, as its scheme says it."""
    said = one.told.last("decline", "withdraw", "recall") if one.told.state != "closed" else one.told.last("end")
    if said is None:
        return "sans motif"
    return one.scheme.ends[said.details["end"]] if said.code == "end" else MOVES[said.code].reasons[said.details["reason"]]


def coded(known: Known, detail: str) -> Counter[tuple[str, str]]:
    """By scheme and code, how many evaluations returned in the days of the pack name a goal or an action (`detail`)."""
    evaluations = known.moves("return_evaluation")
    return Counter((one.scheme.code, code) for one, move in evaluations for code in move.details[detail])


def todos(known: Known) -> list[Todo]:
    """All that is to be done for the referrals of a pack, the latest first."""
    last = known.span.last
    found = [Todo(one, due, (last - due.due_on).days) for one in known.now for due in one.dues]
    return sorted(found, key=lambda todo: (-todo.days_late, todo.one.referral_id, todo.due.step))


def late(known: Known) -> list[Todo]:
    """What is overdue, the latest first."""
    return [todo for todo in todos(known) if todo.days_late > 0]


def coming(known: Known) -> list[Todo]:
    """What falls due by the next meeting, the nearest first; what is overdue apart."""
    return [todo for todo in todos(known) if todo.days_late <= 0 and todo.due.due_on <= known.span.next_on]


def counts(known: Known) -> dict[str, int]:
    """The figures that agendas name."""
    ahead = [todo.due for todo in todos(known) if todo.due.due_on <= known.span.next_on]
    states = Counter(one.told.state for one in known.now)
    return {
        "proposed": movement(known).proposed,
        "to_answer": states["sent"],
        "waiting": sum(one.told.state == "validated" and one.organisation_id is None for one in known.now),
        "late": len(late(known)),
        "reports": sum(due.step.startswith(_REPORTS) for due in ahead),
        "renewals": sum(due.step in _RENEWALS for due in ahead),
        "slides": sum(due.step in _SLIDES for due in ahead),
        "decisions": sum(due.who == "commission" for one in known.now for due in one.dues),
        "started": len(started(known)),
        "running": len(running(known)),
        "ended": len(ended(known)),
        "evaluated": len(known.moves("return_evaluation")),
        "aftercare": states["aftercare"],
    }
