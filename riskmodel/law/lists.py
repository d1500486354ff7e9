"""The statutory lists of a night and each lease's urgency, read from situations: duties and help, never an act, never a score."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from riskmodel.law.dated import number
from riskmodel.law.findings import Deadline, Right, Row, Situation, Urgency
from riskmodel.law.wording import explained

STATUTORY: Mapping[str, str] = {
    "caf_report": "Impayés à signaler à la CAF ou à la MSA",
    "ccapex_referral": "Situations à porter à la CCAPEX avant toute assignation",
    "hearing": "Audiences dans les six semaines",
    "broken_plan": "Plans d'apurement manqués ou rompus",
    "judge_or_pcs": "Délais du juge ou protocoles en danger",
}
"""Every statutory list by its code, in the order in which a person reads them."""
_REFERRALS = ("ccapex_referral", "ccapex_before_summons")
_OF_RIGHTS = {
    "broken_plan": ("plan_missed", "plan_broken"),
    "judge_or_pcs": ("clause_missed", "pcs_missed"),
}


def statutory(situations: Iterable[Situation]) -> tuple[Row, ...]:
    """Every line of every list, list by list, the nearest day first, what has no day last."""
    codes = list(STATUTORY)
    rows = [row for situation in situations for row in _rows(situation)]
    return tuple(sorted(rows, key=lambda row: (codes.index(row.list), row.due_on or date.max, row.lease_id)))


def _rows(situation: Situation) -> Iterator[Row]:
    horizon = situation.as_of + timedelta(days=number("alert_hearing", situation.as_of))
    for one in situation.deadlines:
        if one.code == "caf_report" and one.done_on is None:
            yield _of_deadline("caf_report", situation, one, f"{situation.constitution.text} {explained(one)}")
        if one.code in _REFERRALS and one.done_on is None and _is_before_summons(one, situation):
            yield _of_deadline("ccapex_referral", situation, one, explained(one))
        if one.code == "hearing" and one.on and one.on <= horizon:
            yield _of_deadline("hearing", situation, one, _hearing(situation))
    for name, codes in _OF_RIGHTS.items():
        for right in situation.rights:
            if right.code in codes:
                yield _of_right(name, situation, right)


def _is_before_summons(one: Deadline, situation: Situation) -> bool:
    return one.code == "ccapex_before_summons" or one.from_on > situation.as_of


def _hearing(situation: Situation) -> str:
    at_stake = [right.text for right in situation.rights if right.code == "hearing_unresumed"]
    return at_stake[0] if at_stake else "Loyer courant repris : aider le ménage à être présent ou représenté."


def _of_deadline(name: str, situation: Situation, one: Deadline, why: str) -> Row:
    return Row(
        list=name,
        lease_id=situation.lease_id,
        management_unit=situation.management_unit,
        due_on=one.on,
        legal_cents=situation.legal_cents,
        why=why,
        reference=one.rule.reference,
        to_confirm=one.to_confirm,
    )


def _of_right(name: str, situation: Situation, right: Right) -> Row:
    return Row(
        list=name,
        lease_id=situation.lease_id,
        management_unit=situation.management_unit,
        due_on=right.on,
        legal_cents=situation.legal_cents,
        why=right.text,
        reference=right.rule.reference,
        to_confirm=right.to_confirm,
    )


def urgency(situation: Situation) -> Urgency | None:
    """The most pressing right at stake of a lease, in the order of law/rights.toml; None when nothing is at stake."""
    if not situation.rights:
        return None
    first = situation.rights[0]
    return Urgency(first.code, first.text, first.on)
