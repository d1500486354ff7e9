"""What the law room answers about a lease: its situation, whether arrears are constituted, rights at stake, next deadlines.

Every date carries the dated rule that gave it, and says when a jurist has yet to confirm it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Certainty = Literal["sure", "probable", "to_confirm"]
TO_CONFIRM = "à confirmer par un juriste"


@dataclass(frozen=True)
class Dated:
    """One value of the law between two days (`from_on` is date.min when older than anything looked at, `until_on` its last day).

    `value` is None when nobody could tell it yet; `unit` says what it counts; `is_before` when a delay is counted backwards from
    its event; `asked_by` says in French which day decides that it applies."""

    code: str
    label: str
    from_on: date
    until_on: date | None
    value: int | str | None
    unit: str
    is_before: bool
    asked_by: str
    reference: str
    certainty: Certainty
    note: str

    @property
    def to_confirm(self) -> bool:
        """Whether a jurist has yet to confirm it."""
        return self.certainty == "to_confirm"


@dataclass(frozen=True)
class Constitution:
    """Whether arrears are constituted under the rule in force (`regime`: double_terme, trois_mois_ou_montant, or sans_aide where
    no benefit is known), since `on`, from which `inputs` (label, value in French). `to_confirm` with the `doubts` why."""

    is_met: bool
    on: date | None
    regime: str
    inputs: tuple[tuple[str, str], ...]
    rule: Dated
    text: str
    to_confirm: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Right:
    """A right of the household that may be lost: by when (`on`, None when at once), why in French, and the rule it rests on."""

    code: str
    label: str
    on: date | None
    text: str
    rule: Dated
    to_confirm: bool


@dataclass(frozen=True)
class Deadline:
    """One date that the law counts from an event: `on` is None when the delay is not known. `done_on` when what it waits for is
    recorded. `who` has something to do, or is protected, by then. `to_confirm` keeps the date out of automatic wording."""

    code: str
    label: str
    on: date | None
    who: str
    from_label: str
    from_on: date
    rule: Dated
    text: str
    done_on: date | None
    to_confirm: bool


@dataclass(frozen=True)
class Situation:
    """A lease before the law as of a day. `claimable_cents` is the legal debt less what overindebtedness forbids to pay;
    `first_default_on` the due day of the oldest term still unpaid in that; `stage` the step of the procedure, or none."""

    lease_id: str
    management_unit: str
    as_of: date
    legal_cents: int
    claimable_cents: int
    first_default_on: date | None
    constitution: Constitution
    stage: str
    stage_on: date | None
    rights: tuple[Right, ...]
    deadlines: tuple[Deadline, ...]
    is_suspended_by_overindebtedness: bool


@dataclass(frozen=True)
class Row:
    """One line of a statutory list. `list` is its code; `due_on` is None when no date can be told; `why` a French sentence."""

    list: str
    lease_id: str
    management_unit: str
    due_on: date | None
    legal_cents: int
    why: str
    reference: str
    to_confirm: bool


@dataclass(frozen=True)
class Urgency:
    """The one thing to look at first for a lease: a right at stake, never a score."""

    code: str
    text: str
    on: date | None
