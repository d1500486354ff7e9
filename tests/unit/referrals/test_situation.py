"""The facts a ladder reads, from a frozen row and a household's file."""

from datetime import date, timedelta
from typing import Any

import pytest

from riskmodel.explain import timeline
from riskmodel.referrals import situation
from riskmodel.referrals.fields import FROZEN, faults
from riskmodel.weekly.facts import FACTS

SUNDAY = date(2026, 11, 1)
QUIET: dict[str, Any] = dict.fromkeys(FACTS) | {
    "stage": "none", "is_terminated": False, "legal_cents": 90_000, "current_terms": 2.005, "plan_state": "none",
    "overindebtedness_step": "none", "has_benefit_break": False, "obligations_unmet": 0, "failed_attempts_180d": 0,
    "failed_channels_180d": 0, "mail_returned_365d": 0, "attempts_180d": 1, "days_since_two_way": 20,
}  # fmt: skip


def read(**facts: Any) -> dict[str, Any]:
    return situation.of_row(QUIET | facts, None, SUNDAY)


def told(day: date, outcome: str = "no_answer", direction: str = "outbound") -> dict[str, str]:
    row = {"day": day, "direction": direction, "channel": "registered_letter", "topic": "arrears", "outcome": outcome}
    ((on, text),) = timeline._contact(row)
    return {"on": on.isoformat(), "kind": "contact", "text": text}


def month(name: str, net: int, paid: int) -> dict[str, Any]:
    return {"month": name, "net": net, "paid": paid}


def test_a_quiet_household_is_told_by_facts_of_the_vocabulary_alone() -> None:
    found = read()
    assert found == {
        "as_of": "2026-11-01", "lease_status": "tenant", "debt_hundredths": 201, "legal_cents": 90_000, "stage": "none",
        "contact": "answers", "unmet_obligations": 0, "benefit_break": False, "overindebtedness": "none", "plan_in_force": False,
    }  # fmt: skip
    assert not [*faults(found, {})]
    assert found.keys() <= set(FROZEN)


@pytest.mark.parametrize(
    ("act", "stage"),
    [
        ("ccapex_referral", "none"), ("payment_order", "cdp"), ("time_granted", "hearing"), ("lease_terminated", "terminated"),
        ("order_to_leave", "cql"), ("eviction", "cfp"),
    ],
)  # fmt: skip
def test_the_last_act_known_is_the_stage(act: str, stage: str) -> None:
    assert read(stage=act, stage_on=date(2026, 9, 1)) | {"stage": stage, "stage_on": "2026-09-01"} == read(
        stage=act, stage_on=date(2026, 9, 1)
    )


@pytest.mark.parametrize(
    ("facts", "contact"),
    [
        ({"failed_attempts_180d": 3, "failed_channels_180d": 2}, "lost"),
        ({"failed_attempts_180d": 3, "failed_channels_180d": 1}, "weak"),
        ({"mail_returned_365d": 2}, "lost"),
        ({"obligations_unmet": 2}, "lost"),
        ({"failed_attempts_180d": 1}, "weak"),
        ({"days_since_two_way": 300}, "weak"),
        ({"days_since_two_way": 300, "attempts_180d": 0}, "never_tried"),
        ({"days_since_two_way": None, "attempts_180d": 0}, "never_tried"),
        ({"failed_attempts_180d": None}, None),
    ],
)
def test_the_link_is_lost_as_the_outcome_says_and_never_tried_is_said_as_such(facts: dict[str, Any], contact: str | None) -> None:
    assert read(**facts).get("contact") == contact


@pytest.mark.parametrize(
    ("step", "code"), [("filed", "filed"), ("measures", "measures"), ("recovery_order", "erased"), ("closed", "none")]
)
def test_overindebtedness_counts_while_it_lasts(step: str, code: str) -> None:
    assert read(overindebtedness_step=step)["overindebtedness"] == code


def test_whoever_stayed_after_the_lease_ended_is_an_occupant_and_whoever_sub_lets_a_subtenant() -> None:
    assert read(is_terminated=True)["lease_status"] == "occupant"
    assert situation.of_row(QUIET, None, SUNDAY, is_subtenant=True)["lease_status"] == "subtenant"
    assert situation.of_candidate(SUNDAY) == {"as_of": "2026-11-01", "lease_status": "candidate"}


def test_a_rent_is_resumed_when_the_last_whole_month_was_paid() -> None:
    months = [month("2026-09", 40_000, 0), month("2026-10", 40_000, 40_000), month("2026-11", 40_000, 0)]
    file = {"series": months, "timeline": []}
    assert situation.of_row(QUIET, file, SUNDAY)["rent_resumed"] is True
    assert situation.of_row(QUIET, file, date(2026, 10, 4))["rent_resumed"] is False
    assert "rent_resumed" not in situation.of_row(QUIET, {"series": months[2:], "timeline": []}, SUNDAY)


def test_attempts_of_half_a_year_are_kept_as_codes_and_calls_of_the_household_are_none() -> None:
    recent, old = SUNDAY - timedelta(days=10), SUNDAY - timedelta(days=181)
    events = [told(recent, "undeliverable"), told(recent, "reached", "inbound"), told(old), {"on": "2026-10-01", "kind": "plan"}]
    kept = situation.of_row(QUIET, {"series": [], "timeline": events}, SUNDAY)["attempts"]
    assert kept == [{"on": recent.isoformat(), "channel": "registered_letter", "outcome": "undeliverable"}]
