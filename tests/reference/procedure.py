"""docs/ledger.md § 7: where the legal procedure stands, and what the landlord's own balance says."""

from datetime import date

from riskmodel.contracts.procedures import STEPS
from tests.reference.plans import newest_overindebtedness
from tests.reference.rows import Account

STAGES = [step for step in STEPS if step not in ("pcs_signed", "closed")]
"""In legal order."""


def procedure_features(account: Account, as_of: date) -> dict[str, object]:
    """The procedure features of one lease, by name."""
    newest = newest_overindebtedness(account)
    stage, stage_on = _stage(account, as_of)
    hearings = [step.hearing_on for step in account.procedures if step.hearing_on and step.hearing_on >= as_of]
    terminated_on = account.lease.terminated_on
    return {
        "is_terminated": terminated_on is not None and terminated_on <= as_of,
        "overindebtedness_step": newest.step if newest else "none",
        "stage": stage,
        "stage_on": stage_on,
        "hearing_on": min(hearings, default=None),
        "erp_gap_cents": _erp_gap(account),
    }


def _stage(account: Account, as_of: date) -> tuple[str, date | None]:
    dated = [step for step in account.procedures if step.dated <= as_of]
    closed_on = max((step.dated for step in dated if step.step == "closed"), default=date.min)
    steps = [step for step in dated if step.step in STAGES and step.dated > closed_on]
    if not steps:
        return "none", None
    last = max(steps, key=lambda step: (STAGES.index(step.step), step.dated))
    return last.step, last.dated


def _erp_gap(account: Account) -> int | None:
    newest = max(account.balances, key=lambda row: row.as_of, default=None)
    if newest is None:
        return None
    booked = sum(e.amount_cents for e in account.entries if e.kind != "deposit" and e.booked_on <= newest.as_of)
    return newest.balance_cents - booked
