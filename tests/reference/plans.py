"""docs/ledger.md § 4 and § 7: arrangements, overindebtedness, and whether an arrangement is kept."""

from datetime import date, timedelta

from tests.reference.months import is_within, months_later
from tests.reference.rhythm import money_received
from tests.reference.rows import Account, Row
from tests.reference.terms import Term

TOLERANCE = timedelta(days=5)
OVERINDEBTEDNESS_ORDER = ("filed", "admissible", "measures", "recovery_order", "closed")
FREEZING = ("admissible", "measures", "recovery_order")
SUSPENDED = ("amicable", "caf", "pcs")


def plan_in_force(account: Account) -> Row | None:
    """The arrangement that decides, if there is one."""
    open_plans = [plan for plan in account.plans if plan.ended_on is None and not _is_suspended(plan, account)]
    return max(open_plans, key=lambda plan: (plan.signed_on, plan.plan_id), default=None)


def instalments_due(plan: Row, day: date) -> int:
    """How many instalments have fallen due by a day."""
    return sum(months_later(plan.first_due_on, number) <= day for number in range(plan.instalments))


def still_to_come(plan: Row, as_of: date) -> int:
    """Cents of the included debt that the plan does not ask for yet."""
    return max(0, plan.debt_included_cents - plan.instalment_cents * instalments_due(plan, as_of))


def newest_overindebtedness(account: Account) -> Row | None:
    """The newest step of the household's file."""
    return max(
        account.overindebtedness,
        key=lambda step: (step.dated, OVERINDEBTEDNESS_ORDER.index(step.step)),
        default=None,
    )


def frozen_on(account: Account) -> date | None:
    """R, the day of admissibility, while the file freezes debts."""
    newest = newest_overindebtedness(account)
    if newest is None or newest.step not in FREEZING or _has_lapsed(account, newest):
        return None
    return max((step.dated for step in account.overindebtedness if step.step == "admissible"), default=newest.dated)


def _has_lapsed(account: Account, newest: Row) -> bool:
    return any(
        plan.framework == "overindebtedness" and plan.end_reason == "broken" and plan.ended_on >= newest.dated
        for plan in account.plans
    )


def freeze(account: Account, as_of: date) -> int:
    """Cents frozen by an overindebtedness file: what was owed on the day of admissibility, less what was erased since."""
    since = frozen_on(account)
    if since is None:
        return 0
    return sum(
        entry.amount_cents
        for entry in account.entries
        if (entry.kind != "deposit" and entry.value_on <= since)
        or (entry.kind == "write_off" and since < entry.value_on <= as_of)
    )


def plan_features(account: Account, due: list[Term], as_of: date) -> dict[str, object]:
    """The plan features of one lease, by name."""
    plan = plan_in_force(account)
    missed = _missed(account, plan, due, as_of) if plan else 0
    broken = [
        p for p in account.plans if p.end_reason == "broken" and p.ended_on is not None and is_within(p.ended_on, 365, as_of)
    ]
    at_stake = plan is not None and plan.framework in ("judge", "pcs")
    return {
        "plan_state": ("missed" if missed else "kept") if plan else ("broken" if broken else "none"),
        "plan_framework": plan.framework if plan else None,
        "plan_missed": missed,
        "plans_broken_365d": len(broken),
        "is_clause_at_stake": at_stake,
        "is_clause_missed": at_stake and missed >= 1,
    }


def _is_suspended(plan: Row, account: Account) -> bool:
    since = frozen_on(account)
    return since is not None and plan.signed_on < since and plan.framework in SUSPENDED


def _missed(account: Account, plan: Row, due: list[Term], as_of: date) -> int:
    judged_until = as_of - TOLERANCE
    asked = instalments_due(plan, judged_until)
    instalment = plan.instalment_cents
    if instalment == 0:
        return 0
    rents = sum(term.net for term in due if plan.signed_on < term.due_on <= judged_until)
    arrears = rents + instalment * asked - money_received(account, plan.signed_on, as_of)
    missed = 0
    while missed < asked and 10 * (arrears - missed * instalment) > instalment:
        missed += 1
    return missed
