"""What of a lease's debt may be claimed on a day, since when something is unpaid, and when an amount was first owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from riskmodel.law.facts import Lease, Term
from riskmodel.law.procedure import in_force

_STAGES = ("filed", "admissible", "measures", "recovery_order", "closed")
_FROZEN = ("admissible", "measures", "recovery_order")


@dataclass(frozen=True)
class Debt:
    """`claimable_cents` is the legal debt less what overindebtedness forbids to pay; `first_default_on` the due day of the oldest
    term unpaid in it; `path` what was owed day by day since it was last nothing (empty when nothing is owed)."""

    claimable_cents: int
    first_default_on: date | None
    is_suspended: bool
    path: tuple[tuple[date, int], ...]
    is_older_than_known: bool

    def reached_on(self, cents: int) -> date | None:
        """The first day of the path on which so much was owed."""
        return next((on for on, owed in self.path if owed >= cents), None)


def debt(lease: Lease, as_of: date) -> Debt:
    """The debt of a lease on a day, once overindebtedness is heeded."""
    frozen_on = frozen_since(lease, as_of)
    is_suspended = frozen_on is not None
    claimable = _claimable(lease, is_suspended)
    terms = [term for term in lease.terms if term.due_on <= as_of]
    unpaid = list(_newest_first(terms, claimable, frozen_on)) if frozen_on else [(t.due_on, t.unpaid_cents) for t in terms]
    owing = [(on, cents) for on, cents in unpaid if cents > 0] if claimable > 0 else []
    path = _path(lease, as_of, owing, claimable, is_suspended)
    return Debt(
        claimable_cents=claimable,
        first_default_on=owing[0][0] if owing else None,
        is_suspended=is_suspended,
        path=path,
        is_older_than_known=not is_suspended
        and len(path) > len(lease.balances) > 0
        and lease.start_on < lease.balances[0].on.replace(day=1),
    )


def frozen_since(lease: Lease, as_of: date) -> date | None:
    """The day before which debts may not be paid (L.722-5 C. conso.), None where nothing forbids it.

    Nothing does where a judge had granted time, nor once measures were not kept (R.732-2, to be confirmed by a jurist).
    """
    known = [stage for stage in lease.overindebtedness if stage.on <= as_of]
    newest = max(known, key=lambda stage: (stage.on, _STAGES.index(stage.step)), default=None)
    if newest is None or newest.step not in _FROZEN or in_force(lease, as_of, "judge"):
        return None
    if any(
        plan.framework == "overindebtedness" and newest.on <= _broken_on(plan.ended_on, plan.end_reason, as_of)
        for plan in lease.plans
    ):
        return None
    return max((stage.on for stage in known if stage.step == "admissible"), default=newest.on)


def _broken_on(ended_on: date | None, reason: str | None, as_of: date) -> date:
    return ended_on if ended_on and ended_on <= as_of and reason == "broken" else date.min


def _claimable(lease: Lease, is_suspended: bool) -> int:
    if not is_suspended or lease.legal_cents <= 0:
        return lease.legal_cents
    return max(0, lease.legal_cents - lease.frozen_cents)


def _newest_first(terms: list[Term], claimable: int, frozen_on: date) -> Iterator[tuple[date, int]]:
    """What is unpaid of the terms since old debts were frozen: what may be claimed is the newest of them."""
    since = [term for term in terms if term.due_on > frozen_on]
    newer = [0, *accumulate(term.net_cents for term in reversed(since))]
    left = [max(0, min(term.net_cents, claimable - paid)) for term, paid in zip(reversed(since), newer, strict=False)]
    return zip((term.due_on for term in since), reversed(left), strict=True)


def _path(
    lease: Lease, as_of: date, owing: list[tuple[date, int]], claimable: int, is_suspended: bool
) -> tuple[tuple[date, int], ...]:
    """Month ends where they are known and nothing is frozen, else what is still unpaid, term after term: then each day is the
    latest on which so much was owed."""
    if claimable <= 0:
        return ()
    if is_suspended or not lease.balances:
        days, sums = [on for on, _ in owing], accumulate(cents for _, cents in owing)
        return (*zip(days, sums, strict=True), (as_of, claimable))
    ends = [(balance.on, balance.legal_cents) for balance in lease.balances if balance.on < as_of] + [(as_of, claimable)]
    nothing = max((rank for rank, (_, owed) in enumerate(ends) if owed <= 0), default=-1)
    return tuple((_term_day(lease, on), owed) for on, owed in ends[nothing + 1 :])


def _term_day(lease: Lease, end: date) -> date:
    """The day of a month on which its term fell due: a debt of the month's end rose on that day at the earliest."""
    return next(
        (t.due_on for t in reversed(lease.terms) if t.due_on <= end and (t.due_on.year, t.due_on.month) == (end.year, end.month)),
        end,
    )
