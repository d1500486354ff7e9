"""Debts that are only a matter of timing: set aside with a cause, an amount and an end."""

from datetime import date

import pandas as pd
import pytest

from riskmodel.weekly.suppression import next_benefit_limit, suppress
from tests.unit.weekly.stocks import AS_OF, features, tabs

FLAGGED = {"legal_terms": 1.0, "legal_cents": 40_000}


def found(**household: object) -> pd.Series:
    return suppress(features({**FLAGGED, **household}), AS_OF).iloc[0]


@pytest.mark.parametrize(
    ("facts", "cause", "amount", "until"),
    [
        ({"benefit_gap_cents": 30_000}, "aide_attendue", 30_000, date(2026, 11, 17)),
        ({"in_transit_cents": 40_000}, "paiement_en_chemin", 40_000, date(2026, 11, 15)),
        ({"technical_cents": 38_000, "technical_shock_cents": 38_000}, "dette_technique", 38_000, date(2026, 12, 31)),
        ({"frozen_cents": 90_000, "plan_state": "kept"}, "plan_tenu", 90_000, date(2026, 12, 7)),
        ({"frozen_cents": 90_000, "overindebtedness_step": "admissible"}, "surendettement", 90_000, date(2026, 12, 7)),
        ({"due_terms": 1, "tenancy_days": 40, "has_known_right": False}, "entrant", 40_000, date(2026, 11, 30)),
    ],
)
def test_a_cause_of_timing_is_named_with_its_amount_and_its_end(facts: dict, cause: str, amount: int, until: date) -> None:
    assert list(found(**facts)) == [cause, amount, until]


def test_the_largest_cause_names_the_row() -> None:
    assert found(benefit_gap_cents=10_000, in_transit_cents=30_000)["cause"] == "paiement_en_chemin"


def test_an_entrant_whose_first_payment_is_on_its_way_is_waiting_for_nothing_else() -> None:
    facts = {"due_terms": 1, "tenancy_days": 18, "has_known_right": False, "in_transit_cents": 40_000}
    assert found(**facts)["cause"] == "paiement_en_chemin"


def test_a_household_that_no_balance_flags_needs_no_cause() -> None:
    assert pd.isna(found(legal_terms=0.8, in_transit_cents=30_000)["cause"])


def test_a_term_owed_beside_the_cause_is_not_explained_away() -> None:
    assert pd.isna(found(legal_terms=2.0, overdue_terms=0.9, in_transit_cents=40_000)["cause"])


@pytest.mark.parametrize(
    "expired",
    [
        {"benefit_gap_cents": 30_000, "benefit_late_months": 1},
        {"technical_cents": 38_000, "technical_shock_cents": 0},
        {"frozen_cents": 90_000, "plan_state": "missed"},
        {"frozen_cents": 90_000, "plan_state": "missed", "overindebtedness_step": "admissible"},
    ],
)
def test_a_cause_ends_with_its_facts(expired: dict) -> None:
    assert pd.isna(found(**expired)["cause"])


@pytest.mark.parametrize(
    ("facts", "tab"),
    [
        ({"has_known_right": False, "tenancy_days": 60, "due_terms": 2, "judged_terms": 1}, "ecarte"),
        ({"has_known_right": False, "tenancy_days": 91, "due_terms": 2, "judged_terms": 1}, "ne_peut_pas_dire"),
        ({"has_known_right": False, "tenancy_days": 95, "due_terms": 3, "judged_terms": 3}, "derive"),
        ({"has_known_right": True, "tenancy_days": 60, "due_terms": 2, "judged_terms": 1}, "derive"),
    ],
)
def test_an_entrant_stays_off_drift_for_three_terms_unless_a_known_right_leaves_a_term_unpaid(facts: dict, tab: str) -> None:
    owes = {"overdue_terms": 1.5, "legal_terms": 1.5, "legal_cents": 60_000, "oldest_unpaid_days": 35}
    assert tabs({**owes, **facts}) == [tab]


def test_the_day_on_which_awaited_benefit_becomes_late_is_always_ahead() -> None:
    assert next_benefit_limit(date(2026, 11, 16)) == date(2026, 11, 17)
    assert next_benefit_limit(date(2026, 11, 17)) == date(2026, 12, 17)
    assert next_benefit_limit(date(2026, 12, 31)) == date(2027, 1, 17)


def test_benefit_that_misses_for_most_of_a_unit_is_one_incident_for_all() -> None:
    late = {**FLAGGED, "benefit_late_months": 1, "benefit_gap_cents": 30_000}
    many = suppress(features(*[late] * 16, *[{}] * 8), AS_OF)["cause"]
    assert list(many.dropna().unique()) == ["incident"]
    assert many.notna().sum() == 16
    assert suppress(features(*[late] * 12, *[{}] * 12), AS_OF)["cause"].isna().all()


def test_a_term_that_a_third_of_a_unit_suddenly_owes_is_an_incident_that_ends_thirty_days_after_the_due_day() -> None:
    owes = {**FLAGGED, "overdue_terms": 1.0, "oldest_unpaid_days": 18}
    causes = suppress(features(*[owes] * 10, *[{}] * 14), AS_OF).iloc[0]
    assert causes["cause"] == "incident"
    assert causes["until"] == date(2026, 11, 13)
    assert suppress(features(*[owes] * 6, *[{}] * 18), AS_OF)["cause"].isna().all()


def test_ten_households_are_too_few_to_speak_of_an_incident() -> None:
    owes = {**FLAGGED, "overdue_terms": 1.0, "oldest_unpaid_days": 18}
    assert suppress(features(*[owes] * 10), AS_OF)["cause"].isna().all()
