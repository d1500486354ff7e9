"""What is done next with one referral, and on which day: the order of its scheme's steps, at a pace that its checksum gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.explain.months import months_later
from riskmodel.referrals import seats, story
from riskmodel.referrals.states import CONTRACTS, MOVES
from riskmodel.referrals.story import Story
from riskmodel.register.models import Convention, Measure, Referral, StepReport
from riskmodel.schemes import Scheme, Step
from riskmodel.steps.year.fate import drawn, first_known, one_of

OBJECTS, CONTESTS = "objects", "contests"
"""What a household does, beside the moves of its referral."""
_MOVES = {"first_interview": "first_interview", "evaluation": "return_evaluation", "measure_proposed": "propose_measure"}
_UNHAPPY = ("no_answer", "declined", "given_up", "refused", "moot")
_HAPPY = ("stable", "settled", "granted", "kept", "met", "rehoused", "housed", "oriented", "lease_restored")
_SETTLED = ("stable", "kept", "oriented", "lease_restored")
"""How an attempt to help stops short, how it succeeds without a measure, and how a measure ends."""
_TRIES = (("simple_letter", 3), ("registered_letter", 14), ("visit", 12))
"""How a partner tries to reach a household, and how many days after the time before."""


@dataclass(frozen=True)
class Act:
    """One thing that somebody does on a day: a move with its details, or a right that the household uses."""

    code: str
    on_day: date
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Life:
    """One referral as far as it has come."""

    session: Session
    referral: Referral
    scheme: Scheme
    told: Story
    measure: Measure | None

    @property
    def last_day(self) -> date:
        """The day of the last thing done."""
        return self.told.moves[-1].on_day if self.told.moves else self.referral.created_at.date()

    def after(self, days: int) -> date:
        """So many days after the last thing done."""
        return self.last_day + timedelta(days=days)

    def drawn(self, about: str, of: int) -> int:
        """A number that follows from the household and what is asked."""
        return drawn(self.referral, about, of)


def life_of(session: Session, referral: Referral, scheme: Scheme) -> Life:
    """A referral with its standing moves and its measure."""
    return Life(session, referral, scheme, story.read(session, referral.id), seats.of(session, referral.id))


def next_act(life: Life) -> Act | None:
    """What is done next; None when nothing is, or when a place has to be found first."""
    before = {"proposed": _validate, "validated": _leave, "sent": _answer}
    within = {"running": _run, "slid": _slid, "aftercare": _watched, "closed": _owed}
    if life.referral.state in before:
        return before[life.referral.state](life)
    if life.referral.state in within:
        return min(within[life.referral.state](life), key=lambda act: act.on_day, default=None)
    return None if life.referral.closed_on else _on_the_way(life)


def _validate(life: Life) -> Act:
    return Act("validate", life.after(0))


def _leave(life: Life) -> Act | None:
    if not life.scheme.is_shared:
        return Act("start", life.after(2))
    if life.told.last("assign") is None:
        return None if life.scheme.uses_place else _assign(life)
    if life.drawn("withdraw", 12) == 0:
        return Act("withdraw", life.after(1), {"reason": one_of(life.referral, "why", ("household_declines", "settled"))})
    return Act("send", life.after(1))


def _assign(life: Life) -> Act | None:
    """The first partner that works for this scheme in this unit, where no place has to be counted."""
    mine = select(Convention).filter_by(landlord_id=life.referral.landlord_id, scheme=life.scheme.code)
    found = life.session.scalars(mine.order_by(Convention.organisation_id)).all()
    near = [row for row in found if not row.territories or life.referral.management_unit in row.territories]
    return Act("assign", life.after(1), {"organisation_id": near[0].organisation_id}) if near else None


def _answer(life: Life) -> Act:
    """What has to come before the partner answers, such as a commission's decision, then its answer."""
    if life.drawn("objects", 16) == 0:
        return Act(OBJECTS, life.after(2))
    done = story.done(life.scheme, life.told)
    before = story.before(life.scheme, story.told_by(life.scheme, "accept"))
    if waits := [step for step in before if step.code not in done]:
        return _step(life, waits[0])
    if life.drawn("decline", 12) == 0:
        return Act("decline", life.after(4), {"reason": one_of(life.referral, "why", tuple(MOVES["decline"].reasons))})
    return Act("accept", life.after(1 + life.drawn("answer", 6)))


def _on_the_way(life: Life) -> Act:
    """Attempts first, then the next step of the scheme; the end where no step is left and nothing is to be signed."""
    if (tried := _try(life)) is not None:
        return tried
    done = story.done(life.scheme, life.told)
    left = [step for step in life.scheme.steps if step.code not in done and not story.is_attempt(step)]
    ready = [step for step in left if all(before.code in done for before in story.before(life.scheme, [step]))]
    if not ready:
        return Act("end", life.after(5), {"end": _end(life, _HAPPY)})
    return _step(life, ready[0])


def _try(life: Life) -> Act | None:
    """Letters and a visit until the household answers; where it never does, the end."""
    if not any(story.is_attempt(step) for step in life.scheme.steps) or life.referral.state != "accepted":
        return None
    made, reached_at = life.told.of("attempt"), life.drawn("reached", 5)
    if any(one.details["outcome"] == "reached" for one in made):
        return None
    if len(made) == len(_TRIES):
        return Act("end", life.after(20), {"end": _end(life, _UNHAPPY)})
    channel, days = _TRIES[len(made)]
    outcome = "reached" if len(made) == min(reached_at, 3) else "no_answer"
    return Act("attempt", life.after(days), {"channel": channel, "outcome": outcome})


def _step(life: Life, step: Step) -> Act:
    on_day = life.after(_pace(life, step))
    if step.by in ("commission", "organisme") and life.drawn("refused", 9) == 0 and "refused" in life.scheme.ends:
        return Act("end", on_day, {"end": "refused"})
    if step.document in CONTRACTS:
        parties = life.scheme.parties[step.document]
        party = next(one for one in parties if (step.document, one) not in life.told.signed())
        return Act("sign", on_day, {"document": step.document, "party": party})
    if step.code in _MOVES and life.scheme.is_shared:
        return Act(_MOVES[step.code], on_day, _codes(life) if step.code == "evaluation" else {})
    return Act("step_done", on_day, {"step": step.code})


def _pace(life: Life, step: Step) -> int:
    """Days that a step takes: within its time, save one in seven that is late. Who signs after another does so within days."""
    if life.told.moves and life.told.moves[-1].code == "sign":
        return 1
    own = 1 + life.drawn(step.code, max(1, min(step.within_days, 40)))
    return own + (step.within_days if life.drawn(f"late/{step.code}", 7) == 0 else 0)


def _codes(life: Life) -> dict[str, list[str]]:
    """What an evaluation recommends: one or two goals and actions of the scheme."""
    return {name: _some(life, name, list(getattr(life.scheme, name))) for name in ("goals", "actions")}


def _some(life: Life, name: str, codes: list[str]) -> list[str]:
    first = life.drawn(name, max(1, len(codes)))
    return codes[first : first + 2]


def _end(life: Life, wanted: tuple[str, ...]) -> str:
    known = [code for code in wanted if code in life.scheme.ends]
    return one_of(life.referral, "end", known) if known else first_known(wanted, life.scheme.ends)


def _run(life: Life) -> Iterator[Act]:
    """Reports on their days, a fact contested by one in ten, an amendment signed, a longer measure, a slide, an end."""
    start = life.told.since("running") or life.last_day
    yield from _owed(life)
    if life.drawn("contests", 10) == 0 and life.told.last("recall_facts") is None and life.referral.organisation_id:
        yield Act(CONTESTS, start + timedelta(days=30))
    yield from _amended(life)
    yield from _longer(life, start)
    slide = life.scheme.slide
    if slide and life.drawn("slides", 2) == 0:
        yield Act("slide", max(life.last_day, months_later(start, slide.earliest_months or 4)))
        return
    yield Act("end", max(life.last_day, _ends_on(life, start)), {"end": _end(life, _SETTLED)})


def _ends_on(life: Life, start: date) -> date:
    """Before its time for one in two, as situations settle, and soon where a watch follows; else when it was planned to."""
    planned = life.measure.planned_end_on if life.measure else None
    shortest, spread = (30, 40) if life.scheme.aftercare_months else (60, 150)
    early = start + timedelta(days=shortest + life.drawn("length", spread))
    return early if planned is None or life.scheme.aftercare_months or life.drawn("early", 2) else planned


def _longer(life: Life, start: date) -> Iterator[Act]:
    """Half of those that run to their end are prolonged once, where the scheme and its months allow it."""
    duration, planned = life.scheme.duration, life.measure.planned_end_on if life.measure else None
    if life.measure is None or planned is None or not duration.months or life.told.of("renew"):
        return
    if _ends_on(life, start) != planned:
        return
    most = duration.max_months or life.measure.months + duration.months
    if duration.renewals != 0 and life.measure.months < most and life.drawn("renews", 2) == 0:
        months = min(duration.months, most - life.measure.months)
        yield Act("renew", max(life.last_day, planned - timedelta(days=12)), {"months": months})


def _amended(life: Life) -> Iterator[Act]:
    made = life.told.last("renew")
    parties = life.scheme.parties.get("avenant", ())
    left = [party for party in parties if ("avenant", party) not in life.told.signed()]
    if made is not None and left:
        yield Act("sign", max(life.last_day, made.on_day + timedelta(days=3)), {"document": "avenant", "party": left[0]})


def _slid(life: Life) -> Iterator[Act]:
    yield from _owed(life)
    yield Act("end", life.after(14), {"end": "slid" if "slid" in life.scheme.ends else _end(life, _HAPPY)})


def _watched(life: Life) -> Iterator[Act]:
    """Three visits, then the end of the watch when its months are over."""
    yield from _owed(life)
    if len(life.told.of("aftercare_visit")) < 3:
        visit = one_of(life.referral, "visit", ("well", "well", "help_again", "no_answer"))
        yield Act("aftercare_visit", life.after(45), {"visit": visit})
    elif life.measure is not None and life.measure.aftercare_until is not None:
        yield Act("close", life.measure.aftercare_until)


def _owed(life: Life) -> Iterator[Act]:
    """The oldest report that is awaited, filed some days before or after its day."""
    if life.measure is None:
        return
    mine = select(StepReport).filter_by(measure_id=life.measure.id, filed_on=None).order_by(StepReport.due_on, StepReport.kind)
    reports = {report.code: report for report in life.scheme.reports}
    for row in life.session.scalars(mine):
        if reports[row.kind].at_end and life.referral.state in ("running", "slid"):
            continue
        late = timedelta(days=life.drawn(f"report/{row.due_on}", 18) - 5)
        yield Act("file_report", max(life.last_day, row.due_on + late), {"report": row.kind, "due_on": row.due_on.isoformat()})
        return
