"""The next deadlines of a lease: what each counts from, its dated rule, and whether what it waits for is recorded.

None announces the day before which an eviction would still be possible: deadlines protect, remind of a duty, or say how long help
can still come. What others had to do before a hearing (notify the préfet, send the diagnosis) is shown while it is ahead: whether
they did is not delivered.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from riskmodel.law.constitution import MONTHS_OR_AMOUNT
from riskmodel.law.counting import counted, next_yearly
from riskmodel.law.dated import after, asked, number
from riskmodel.law.debt import Debt
from riskmodel.law.facts import Lease, Stage
from riskmodel.law.findings import Constitution, Dated, Deadline
from riskmodel.law.procedure import LEAVING, Procedure, has_protocol, in_force

KINDS: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_name("deadlines.toml").read_text(encoding="utf-8"))
"""Every deadline by its code: rule, label, who, from, text."""


@dataclass(frozen=True)
class Question:
    """One lease on one day, as the deadlines and the rights read it."""

    lease: Lease
    as_of: date
    debt: Debt
    constitution: Constitution
    file: Procedure

    @property
    def report_on(self) -> date | None:
        """The newest report to the CAF or MSA made since the debt began, as far back as that is known."""
        report, began = self.file.newest("caf_report"), self.debt.path[:1]
        is_of_this_debt = report and (self.debt.is_older_than_known or not began or report.on >= began[0][0])
        return report.on if report and is_of_this_debt else None

    @property
    def referral_on(self) -> date | None:
        """The newest day on which the CCAPEX was asked about this procedure: by a referral, or a report that stands for one."""
        referral = self.file.newest("ccapex_referral")
        days = [referral.on] if referral else []
        if self.report_on and asked("ccapex_caf_report", self.report_on).value:
            days.append(self.report_on)
        return max((on for on in days if on > self.file.began_after), default=None)

    def stage_of_debts(self, step: str) -> Stage | None:
        """The newest stage of that name in the overindebtedness file."""
        known = [stage for stage in self.lease.overindebtedness if stage.step == step and stage.on <= self.as_of]
        return max(known, key=lambda stage: stage.on, default=None)


def deadlines(case: Question) -> tuple[Deadline, ...]:
    """Every deadline of a lease on a day, the nearest first; those without a day come last."""
    kinds = (_arrears, _before_court, _court, _leaving, _protocol, _overindebtedness)
    found = (one for kind in kinds for one in kind(case))
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.code)))


def deadline(code: str, from_on: date, rule: Dated, done_on: date | None = None, *, is_doubted: bool = False) -> Deadline:
    """One deadline counted from its event; in doubt too when its day comes after the last one its rule is written for."""
    kind, on = KINDS[code], counted(rule, from_on)
    follows = after(rule) if on is not None and rule.until_on is not None and on > rule.until_on else None
    return Deadline(
        code=code,
        label=kind["label"],
        on=on,
        who=kind["who"],
        from_label=kind["from"],
        from_on=from_on,
        rule=rule,
        text=kind["text"],
        done_on=done_on,
        to_confirm=rule.to_confirm or is_doubted or (follows is not None and follows.to_confirm),
    )


def _today(case: Question, code: str, from_on: date, done_on: date | None = None, *, is_doubted: bool = False) -> Deadline:
    """A deadline under the rule of the day of the question."""
    return deadline(code, from_on, asked(KINDS[code]["rule"], case.as_of), done_on, is_doubted=is_doubted)


def _arrears(case: Question) -> Iterator[Deadline]:
    found, benefit, first = case.constitution, case.lease.benefit, case.debt.first_default_on
    if found.is_met and found.on:
        yield _today(case, "caf_report", found.on, case.report_on, is_doubted=found.to_confirm)
        if case.report_on:
            plan = in_force(case.lease, case.as_of, "amicable", "caf", "judge", "pcs")
            yield _today(case, "caf_plan", case.report_on, plan.signed_on if plan else None)
    elif found.regime == MONTHS_OR_AMOUNT and first and benefit:
        is_doubted = benefit.paid_to == "landlord" or first < found.rule.from_on
        yield _today(case, "three_months", first, is_doubted=is_doubted)


def _before_court(case: Question) -> Iterator[Deadline]:
    order = case.file.newest("payment_order") if case.file.court == "payment_order" else None
    summons = case.file.newest("summons") if case.file.court == "summons" else case.file.planned("summons")
    if summons:
        yield _today(case, "ccapex_referral", summons.on, case.referral_on)
    elif order and case.debt.claimable_cents > 0:
        yield _today(case, "ccapex_before_summons", order.on, case.referral_on)
    if order and case.debt.claimable_cents > 0:
        signed_on = case.lease.signed_on or case.lease.start_on
        yield deadline("payment_order_end", order.on, asked("payment_order_delay", signed_on))


def _court(case: Question) -> Iterator[Deadline]:
    hearing_on, summons = case.file.hearing_on, case.file.newest("summons")
    if hearing_on:
        notice = [deadline("summons_notice", hearing_on, asked("summons_notice", summons.on))] if summons else []
        ahead = [*notice, _today(case, "dsf_due", hearing_on), _today(case, "hearing", hearing_on)]
        yield from (one for one in ahead if one.on and one.on >= case.as_of)
    granted, terminated = case.file.newest("time_granted"), case.file.newest("lease_terminated")
    plan = in_force(case.lease, case.as_of, "judge")
    from_on = granted.on if granted else plan.signed_on if plan else None
    if from_on and (terminated is None or terminated.on < from_on):
        yield _today(case, "judge_time_end", from_on)


def _leaving(case: Question) -> Iterator[Deadline]:
    if case.file.stage not in LEAVING or has_protocol(case.lease, case.file):
        return
    if order := case.file.newest("order_to_leave"):
        yield _today(case, "order_to_leave_end", order.on)
    if is_truce(case.as_of):
        yield _today(case, "truce_end", case.as_of)
    if (request := case.file.newest("police_requested")) and case.file.stage == "police_requested":
        yield _today(case, "police_silence", request.on)


def is_truce(on: date) -> bool:
    """Whether evictions are stayed for the winter on a day."""
    start, end = (str(asked(code, on).value) for code in ("truce_start", "truce_end"))
    return next_yearly(end, on) < next_yearly(start, on) or f"{on:%m-%d}" == start


def _protocol(case: Question) -> Iterator[Deadline]:
    kept = [p.ended_on for p in case.lease.plans if p.framework == "pcs" and p.end_reason == "completed" and p.ended_on]
    since = case.as_of - timedelta(days=number("alert_new_lease", case.as_of))
    recent = [on for on in kept if since < on <= case.as_of]
    if recent:
        yield _today(case, "pcs_new_lease", max(recent))
    if (plan := in_force(case.lease, case.as_of, "pcs")) is None:
        return
    recovery = case.stage_of_debts("recovery_order")
    if recovery and recovery.on >= plan.signed_on:
        yield _today(case, "pcs_after_recovery", recovery.on)
    else:
        yield _today(case, "pcs_end", plan.signed_on)


def _overindebtedness(case: Question) -> Iterator[Deadline]:
    filed, admissible = case.stage_of_debts("filed"), case.stage_of_debts("admissible")
    recovery, closed = case.stage_of_debts("recovery_order"), case.stage_of_debts("closed")
    ended_on = closed.on if closed else date.min
    if filed and filed.on > ended_on and (admissible is None or admissible.on < filed.on):
        yield _today(case, "debt_admissibility", filed.on)
    if admissible and case.debt.is_suspended and recovery is None:
        yield _today(case, "debt_stay_end", admissible.on)
    if recovery and recovery.on > ended_on and in_force(case.lease, case.as_of, "judge"):
        yield _today(case, "recovery_clause_end", recovery.on)
