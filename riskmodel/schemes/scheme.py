"""What a scheme is: whom it is for, what it asks, how it runs, how much there is of it, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Test = Literal["is", "is_not", "at_least", "at_most", "in"]
Actor = Literal["bailleur", "association", "menage", "commission", "organisme"]


@dataclass(frozen=True)
class Condition:
    """One condition on one fact; it also holds where one of `alternatives` does. `is_lenient`: not knowing the fact does not
    stand in the way (it only excludes when it is known to)."""

    fact: str
    test: Test
    value: Any
    text_when_unmet: str
    is_lenient: bool = False
    alternatives: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class Step:
    """One step, done by `by` within `within_days` days of the step `after` (of the referral's validation for the first)."""

    code: str
    label: str
    by: Actor
    after: str | None
    within_days: int
    document: str | None


@dataclass(frozen=True)
class Duration:
    """Months of support at first, at most, and how often it may be renewed; None where a convention says so case by case."""

    months: int | None = None
    max_months: int | None = None
    renewals: int | None = None


@dataclass(frozen=True)
class Slide:
    """When a sub-lease becomes the household's own lease, in months from its start; None where nothing fixes it. The landlord
    answers `notice_months` before the end of the period (L.442-8-1 to -3 CCH)."""

    earliest_months: int | None
    latest_months: int | None
    notice_months: int | None


@dataclass(frozen=True)
class Line:
    """One funding line as the source describes it: measures, months of support over all measures, or dwellings and places."""

    code: str
    label: str
    measures: int | None = None
    measure_months: int | None = None
    places: int | None = None


@dataclass(frozen=True)
class Capacity:
    """What limits a scheme: households one worker follows, funding lines; and the landlord's own staff in hundredths of one."""

    households_per_worker: int | None = None
    landlord_fte_hundredths: int | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """What brings the partners together, on one rhythm: weeks, months, or every year before a day written `MM-DD`. `by_unit`:
    one for each management unit."""

    code: str
    label: str
    every_weeks: int | None = None
    every_months: int | None = None
    yearly_before: str | None = None
    by_unit: bool = False


@dataclass(frozen=True)
class Report:
    """What is written about one measure: every so many months, or at its end (`at_end`), by whom, on which document."""

    code: str
    label: str
    by: Actor
    document: str | None = None
    every_months: int | None = None
    at_end: bool = False


@dataclass(frozen=True)
class Scheme:
    """One scheme. `rung` is its place on the ladder, lightest first, for the reason `rung_why`; `conditions` begin with those
    that its nature imposes (`implied`); `parties` are who signs each document; `to_confirm` is what its source leaves unsure.
    `claims_arrears`: it asks for an old debt to be paid. `is_sublease`: the dwelling is let to a partner who sub-lets it."""

    code: str
    name: str
    source: str
    purpose: Literal["maintien", "acces"]
    rung: int
    rung_why: str
    public: str
    uses_place: bool
    is_sublease: bool
    claims_arrears: bool
    aftercare_months: int
    to_confirm: tuple[str, ...]
    conditions: tuple[Condition, ...]
    steps: tuple[Step, ...]
    documents: tuple[str, ...]
    parties: Mapping[str, tuple[str, ...]]
    duration: Duration
    slide: Slide | None
    capacity: Capacity
    meetings: tuple[Meeting, ...]
    reports: tuple[Report, ...]
    ends: Mapping[str, str]
    goals: Mapping[str, str]
    actions: Mapping[str, str]

    @property
    def is_shared(self) -> bool:
        """Whether a file goes to a partner; otherwise the landlord and the household do it all."""
        return self.uses_place or any(step.code == "sent" for step in self.steps)
