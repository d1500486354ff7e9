"""Rights of a household that may be lost soon: what is missed, what runs out, whom to reach while there is time."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from riskmodel.law.dated import asked, number
from riskmodel.law.deadlines import Question
from riskmodel.law.facts import Plan
from riskmodel.law.findings import TO_CONFIRM, Deadline, Right
from riskmodel.law.procedure import in_force
from riskmodel.law.wording import day, shown

KINDS: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_name("rights.toml").read_text(encoding="utf-8"))
"""Every right by its code, the most pressing first: rule and label."""
_ALERTS = {
    "order_to_leave_end": ("leaving", "alert_leaving", "Demander des délais au juge, un relogement ou un protocole"),
    "truce_end": (
        "truce_ending",
        "alert_truce_end",
        "Chercher avec le ménage un relogement, un protocole ou un bail de sauvegarde",
    ),
    "payment_order_end": ("payment_order_running", "alert_payment_order", "Joindre le ménage : plan, FSL ou délais du juge"),
}
"""Deadlines that put a right at stake when they are near: the right, how near, and what can still help."""


def rights(case: Question, known: tuple[Deadline, ...]) -> tuple[Right, ...]:
    """What is at stake for a household on a day, the most pressing first."""
    found = [*_plans(case), *_hearing(case), *_running_out(case, known), *_benefit(case, known)]
    ranks = list(KINDS)
    return tuple(sorted(found, key=lambda right: (ranks.index(right.code), right.on or date.max)))


def _right(case: Question, code: str, on: date | None, text: str, *, like: Deadline | None = None) -> Right:
    """A right at stake; one that a deadline shows rests on that deadline's own rule."""
    rule = like.rule if like else asked(KINDS[code]["rule"], case.as_of)
    return Right(code, KINDS[code]["label"], on, text, rule, like.to_confirm if like else rule.to_confirm)


def _plans(case: Question) -> Iterator[Right]:
    """What a plan puts at stake; an account that owes nothing exigible has missed nothing, whatever the plan's calendar says."""
    if case.lease.legal_cents <= 0:
        return
    yield from _clause(case)
    if case.debt.is_suspended:
        yield from _measures(case)
    else:
        yield from _protocol(case)
        yield from _amicable(case)


def _clause(case: Question) -> Iterator[Right]:
    """A term or an instalment missed while a judge's time runs; where its plan was not delivered, terms alone tell."""
    plan, granted = in_force(case.lease, case.as_of, "judge"), case.file.newest("time_granted")
    if plan and plan.missed:
        text = f"{_missed(plan)} pendant les délais du juge : la clause résolutoire peut reprendre effet, joindre vite."
        yield _right(case, "clause_missed", None, text)
    is_known = any(plan.framework == "judge" for plan in case.lease.plans)
    if granted and not is_known and case.file.stage == "time_granted" and case.lease.unpaid_terms_3:
        text = "Terme impayé pendant les délais du juge, dont l'échéancier n'est pas livré : joindre vite."
        yield _right(case, "clause_missed", None, text)


def _protocol(case: Question) -> Iterator[Right]:
    plan = in_force(case.lease, case.as_of, "pcs")
    if plan and plan.missed:
        yield _right(case, "pcs_missed", None, f"{_missed(plan)} pendant le protocole : il peut être rompu, joindre vite.")


def _measures(case: Question) -> Iterator[Right]:
    plan = in_force(case.lease, case.as_of, "overindebtedness")
    if plan and plan.missed:
        text = f"{_missed(plan)} des mesures de surendettement : joindre le ménage avant qu'elles ne tombent."
        yield _right(case, "measures_missed", None, text)


def _amicable(case: Question) -> Iterator[Right]:
    running = in_force(case.lease, case.as_of, "amicable", "caf")
    if running and running.missed:
        yield _right(case, "plan_missed", None, f"{_missed(running)} du plan d'apurement : le revoir avec le ménage.")
    broken_on, others = _broken_on(case), ("amicable", "caf", "judge", "pcs", "overindebtedness")
    if broken_on and case.debt.claimable_cents > 0 and not in_force(case.lease, case.as_of, *others):
        text = f"Plan rompu le {day(broken_on)}, sans autre plan depuis : en proposer un que le ménage puisse tenir."
        yield _right(case, "plan_broken", None, text)


def _broken_on(case: Question) -> date | None:
    """The newest day on which a plan was broken, while the service still tells of it."""
    since = case.as_of - timedelta(days=number("alert_broken_plan", case.as_of))
    ends = [plan.ended_on for plan in case.lease.plans if plan.end_reason == "broken" and plan.ended_on]
    return max((on for on in ends if since < on <= case.as_of), default=None)


def _missed(plan: Plan) -> str:
    many = "s" if plan.missed >= 2 else ""
    return f"Retard de {plan.missed} échéance{many} (loyer courant compris)"


def has_resumed(case: Question) -> bool | None:
    """Whether current rent is paid again: the last three terms, to the share asked, none left unpaid; None if unknown."""
    if case.lease.paid_share_3 is None or case.lease.unpaid_terms_3 is None:
        return None
    return case.lease.paid_share_3 >= number("resumed_share", case.as_of) and case.lease.unpaid_terms_3 == 0


def _hearing(case: Question) -> Iterator[Right]:
    on, resumed = case.file.hearing_on, has_resumed(case)
    if on is None or resumed or on > case.as_of + timedelta(days=number("alert_hearing", case.as_of)):
        return
    state = "on ne sait pas si le loyer courant est repris" if resumed is None else "loyer courant non repris"
    text = f"Audience le {day(on)}, {state} : le reprendre avant l'audience et y être présent ou représenté."
    yield _right(case, "hearing_unresumed", on, text)


def _running_out(case: Question, known: tuple[Deadline, ...]) -> Iterator[Right]:
    for one in known:
        if one.code in _ALERTS and one.on:
            code, alert, text = _ALERTS[one.code]
            if case.as_of <= one.on <= case.as_of + timedelta(days=number(alert, case.as_of)):
                yield _right(case, code, one.on, f"{text} avant le {_when(one.on, one)}.", like=one)


def _when(on: date, one: Deadline) -> str:
    return f"{day(on)} ({TO_CONFIRM})" if one.to_confirm else day(on)


def _benefit(case: Question, known: tuple[Deadline, ...]) -> Iterator[Right]:
    benefit = case.lease.benefit
    if benefit is None or benefit.state == "ended":
        return
    if benefit.state == "suspended" and _is_admissible(case):
        text = "Dossier de surendettement recevable : faire rétablir l'aide auprès de la CAF ou de la MSA."
        yield _right(case, "benefit_to_restore", None, text)
    elif benefit.state == "suspended":
        text = "Aide suspendue : en chercher la cause avec la CAF ou la MSA, puis la faire rétablir."
        yield _right(case, "benefit_suspended", None, text)
    elif case.constitution.is_met:
        yield from _at_risk(case, known)


def _is_admissible(case: Question) -> bool:
    """Whether an overindebtedness file was found admissible and not closed since, whatever it freezes."""
    admissible, closed = case.stage_of_debts("admissible"), case.stage_of_debts("closed")
    return admissible is not None and (closed is None or closed.on < admissible.on)


def _at_risk(case: Question, known: tuple[Deadline, ...]) -> Iterator[Right]:
    """Benefit goes on for a household in good faith: a plan missed, or awaited about now and not signed, may stop it."""
    awaited = next((one for one in known if one.code == "caf_plan" and one.done_on is None), None)
    near = timedelta(days=number("alert_benefit", case.as_of))
    running = in_force(case.lease, case.as_of, "amicable", "caf")
    decides = shown(asked("benefit_decision", case.as_of))
    if running and running.missed:
        text = f"{_missed(running)} du plan : l'aide peut être suspendue ({decides}) ; revoir le plan."
        yield _right(case, "benefit_at_risk", None, text)
    elif awaited and awaited.on and abs(awaited.on - case.as_of) <= near:
        is_past = awaited.on < case.as_of
        verb, on = ("était attendu", None) if is_past else ("est attendu", awaited.on)
        text = (
            f"Un plan {verb} par la CAF ou la MSA pour le {_when(awaited.on, awaited)} : le signer avec le ménage garde l'aide."
        )
        yield _right(case, "benefit_at_risk", on, text, like=awaited)
