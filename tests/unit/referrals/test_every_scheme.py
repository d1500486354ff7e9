"""Every shipped scheme can be followed from a proposal to its end, step after step."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.referrals import story
from riskmodel.schemes import FACTS, Condition
from tests.unit.referrals.lives import CANDIDATE, OWES, SCHEMES, WHOLE, moved, noted, on, proposed, row, the_partner

ONWARDS = ("accept", "start", "first_interview", "return_evaluation", "propose_measure")


def value(condition: Condition) -> Any:
    """A value that a condition is happy with."""
    if condition.test == "in":
        return condition.value[0]
    if condition.test == "is_not":
        return next(code for code in FACTS[condition.fact].codes or {} if code != condition.value)
    return condition.value


def household(code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts and answers that a scheme fits."""
    wanted = {one.fact: value(one) for one in SCHEMES[code].conditions}
    known = CANDIDATE if wanted.get("lease_status") == "candidate" else OWES
    facts = {name: said for name, said in wanted.items() if not FACTS[name].is_declared}
    return known | facts, {name: said for name, said in wanted.items() if FACTS[name].is_declared}


def onwards(code: str) -> list[tuple[str, dict[str, Any]]]:
    scheme = SCHEMES[code]
    evaluated = {"goals": list(scheme.goals)[:1], "actions": list(scheme.actions)[:1]}
    signed = [
        {"document": document, "party": party} for document in story.contracts(scheme) for party in scheme.parties[document]
    ]
    return [
        *((act, evaluated if act == "return_evaluation" else {}) for act in ONWARDS),
        *(("step_done", {"step": step.code}) for step in story.by_note(scheme)),
        *(("sign", one) for one in signed),
    ]


def tried(session: Session, referral: int, code: str, details: dict[str, Any]) -> bool:
    try:
        moved(session, referral, code, 1, **details)
    except MoveRefused:
        return False
    return True


@pytest.mark.parametrize("code", SCHEMES)
def test_a_scheme_is_followed_to_its_end(light: Session, code: str) -> None:
    scheme, (facts, declared) = SCHEMES[code], household(code)
    referral = proposed(light, code, facts, declared)
    moved(light, referral, "validate")
    if scheme.is_shared:
        candidate = facts["lease_status"] == "candidate"
        noted(
            light,
            referral,
            **{kind: state for kind, state in WHOLE.items() if not candidate or kind in ("information", "agreement")},
        )
        moved(light, referral, "assign", organisation_id=the_partner(light))
        moved(light, referral, "send")
    while any(tried(light, referral, *one) for one in onwards(code)):
        pass
    done = story.done(scheme, story.read(light, referral))
    assert [step.code for step in scheme.steps if step.code not in done and not story.is_attempt(step)] == []
    assert (row(light, referral).state == "running") is bool(story.contracts(scheme))
    end = next(end for end in scheme.ends if end != "slid")
    assert moved(light, referral, "end", 2, end=end) == ("aftercare" if scheme.aftercare_months else "closed")
    assert (row(light, referral).closed_on == on(2)) is (scheme.aftercare_months == 0)
