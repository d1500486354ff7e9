"""What of a lease's debt may be claimed on a day, since when something is unpaid, and when an amount was first owed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from riskmodel.law.facts import Lease, Term
from riskmodel.law.procedure import in_force

_STAGES = ("filed", "admissible", "measures", "recovery_order", "closed")
_FROZEN = ("admissible", "measures", "recovery_order")


Path = tuple[tuple[date, int], ...]
_Month = tuple[int, int]


@dataclass(frozen=True)
class Debt:
    """`claimable_cents` is the legal debt less what overindebtedness forbids to pay; `first_default_on` the due day of the oldest
    term unpaid in it; `path` what was owed, from the month in which all older debt was last paid (empty when nothing is owed)."""

    claimable_cents: int
    first_default_on: date | None
    is_suspended: bool
    path: Path
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
    path, is_older = ((), False) if claimable <= 0 else (_still_unpaid(owing, as_of, claimable), False)
    if claimable > 0 and lease.balances and not is_suspended:
        path, is_older = _months(lease, as_of, claimable)
    return Debt(claimable, owing[0][0] if owing else None, is_suspended, path, is_older)


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


def _months(lease: Lease, as_of: date, claimable: int) -> tuple[Path, bool]:
    """What was owed at each month's end since the month in which everything older was last paid, and whether none was seen.

    A debt seen at a month's end rose at the earliest on the day on which that month's term fell due.
    """
    ends = [(balance.on, balance.legal_cents) for balance in lease.balances if balance.on < as_of] + [(as_of, claimable)]
    called, due_on = _by_month(lease, as_of)
    paid = [rank for rank, (end, owed) in enumerate(ends) if owed <= called.get((end.year, end.month), 0)]
    path = tuple((due_on.get((end.year, end.month), end), owed) for end, owed in ends[max(paid, default=0) :] if owed > 0)
    return path, not paid and lease.start_on < ends[0][0].replace(day=1)


def _by_month(lease: Lease, as_of: date) -> tuple[Counter[_Month], dict[_Month, date]]:
    """What was called net in each month up to a day, and the last day on which a term of it fell due."""
    called: Counter[_Month] = Counter()
    due_on: dict[_Month, date] = {}
    for term in lease.terms:
        month = term.due_on.year, term.due_on.month
        if term.due_on <= as_of:
            called[month] += term.net_cents
            due_on[month] = max(term.due_on, due_on.get(month, term.due_on))
    return called, due_on


def _still_unpaid(owing: Sequence[tuple[date, int]], as_of: date, claimable: int) -> Path:
    """Without month ends: what is still unpaid, term after term; each day is then the latest on which so much was owed."""
    days, cents = zip(*owing, strict=True) if owing else ((), ())
    return (*zip(days, accumulate(cents), strict=True), (as_of, claimable))
