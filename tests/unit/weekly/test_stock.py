"""Which tab a household stands on, and that it stands on one only."""

from datetime import date

import pytest

from riskmodel.weekly.frozen import TABS
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, placed, tabs

HEARING = {"hearing_on": date(2026, 12, 3), "paid_share_3": 31, "unpaid_terms_3": 2}


def test_a_calm_household_is_nowhere() -> None:
    assert tabs({}) == [None]


def test_scores_lead_to_their_tabs_and_the_higher_one_wins() -> None:
    both = {**OWES_A_TERM, **LOST, "rejects_120d": 2, "debt_rise_3_terms": 1.0, "oldest_unpaid_days": 90}
    assert tabs(OWES_A_TERM, LOST, {**OWES_A_TERM, **LOST}, both) == ["derive", "decrochage", "decrochage", "derive"]


def test_installed_arrears_are_left_to_the_team_unless_contact_is_lost() -> None:
    installed = {**OWES_A_TERM, "overdue_terms": 1.9}
    assert tabs(installed, {**installed, **LOST}) == [None, "decrochage"]


def test_a_terminated_lease_is_not_drifting_any_more() -> None:
    assert tabs({**OWES_A_TERM, "is_terminated": True}) == [None]


def test_a_household_that_owes_nothing_today_is_not_called_about_its_past() -> None:
    past = {"unpaid_terms_6": 3, "rejects_120d": 2}
    assert tabs(past, {**past, "overdue_terms": 0.1}) == [None, "derive"]


@pytest.mark.parametrize("frozen", [{"plan_state": "kept"}, {"overindebtedness_step": "admissible"}])
def test_lawful_conduct_is_not_default_whatever_happened_before(frozen: dict) -> None:
    before = {"unpaid_terms_6": 3, "debt_rise_3_terms": 2.0, "overdue_terms": 0.3, "frozen_cents": 100_000, **frozen}
    assert tabs({**before, "legal_terms": 2.8}, {**before, "legal_terms": 0.5}) == ["ecarte", None]


def test_a_clean_score_is_not_hidden_by_timing() -> None:
    drifting = {"overdue_terms": 0.8, "unpaid_terms_6": 2, "legal_terms": 1.8, "legal_cents": 72_000}
    assert tabs({**drifting, "in_transit_cents": 40_000}) == ["derive"]


def test_doubt_about_the_account_goes_before_any_score_of_debt() -> None:
    assert tabs({**OWES_A_TERM, "erp_gap_cents": 5}) == ["ne_peut_pas_dire"]
    assert tabs({**OWES_A_TERM, "judged_terms": 2, "has_known_right": False}) == ["ne_peut_pas_dire"]


def test_doubt_that_changes_nothing_is_not_shown_unless_it_is_a_term() -> None:
    assert tabs({"erp_gap_cents": 5}, {"erp_gap_cents": -40_000}) == [None, "ne_peut_pas_dire"]


def test_doubt_about_the_account_does_not_touch_loss_of_contact() -> None:
    assert tabs({**LOST, "erp_gap_cents": 40_000}) == ["decrochage"]


def test_a_clause_missed_is_urgent_whatever_else_is_true() -> None:
    missed = {"is_clause_missed": True, "plan_framework": "judge", "plan_missed": 1, **OWES_A_TERM}
    stock = placed(missed)
    assert stock["tab"].iloc[0] == "urgence"
    assert stock["why"].iloc[0].startswith("Retard de 1\u00a0échéance (loyers compris) pendant des délais accordés par le juge")


@pytest.mark.parametrize(
    ("facts", "is_urgent"),
    [
        ({}, True),
        ({"paid_share_3": 95, "unpaid_terms_3": 0}, False),
        ({"paid_share_3": 95, "unpaid_terms_3": 1}, True),
        ({"paid_share_3": None, "unpaid_terms_3": 0}, True),
        ({"hearing_on": date(2026, 12, 13)}, True),
        ({"hearing_on": date(2026, 12, 14)}, False),
    ],
)
def test_a_hearing_within_six_weeks_is_urgent_until_rent_is_resumed(facts: dict, is_urgent: bool) -> None:
    assert (tabs({**HEARING, **facts}) == ["urgence"]) is is_urgent


def test_an_objection_takes_a_household_off_every_tab_but_the_urgencies_of_law() -> None:
    rights = [{"lease_id": lease, "has_objected": True, "is_deceased": False} for lease in ("B1", "B2", "B3")]
    households = ({**OWES_A_TERM}, {**LOST, "is_to_contact": True}, HEARING)
    assert tabs(*households, rights=rights) == [None, None, "urgence"]


def test_an_estate_is_never_on_the_list() -> None:
    rights = [{"lease_id": "B1", "has_objected": False, "is_deceased": True}]
    assert tabs({**HEARING, **OWES_A_TERM}, rights=rights) == [None]


def test_nobody_tried_to_reach_them_is_not_lost_contact() -> None:
    silent = {"is_to_contact": True, "days_since_two_way": None}
    assert tabs(silent, {**silent, "overdue_terms": 0.5}, {**silent, "obligations_unmet": 1}) == [
        None,
        "a_contacter",
        "a_contacter",
    ]


def test_benefit_that_stays_away_and_an_old_charge_call_for_a_call() -> None:
    late = {"legal_terms": 1.0, "benefit_gap_cents": 40_000, "benefit_late_months": 2}
    old = {"legal_terms": 1.0, "technical_cents": 40_000}
    stock = placed(late, old)
    assert list(stock["tab"]) == ["a_contacter", "a_contacter"]
    assert stock["why"].iloc[0].startswith("2\u00a0mois d'aide au logement non reçus (400\u00a0€)")
    assert "400\u00a0€ encore dus" in stock["why"].iloc[1]


def test_without_a_table_of_contacts_nobody_is_lost_nor_to_contact() -> None:
    unknown = dict.fromkeys(("failed_attempts_180d", "failed_channels_180d", "silence_days", "is_to_contact"))
    assert tabs({**unknown, "overdue_terms": 0.5}) == [None]


def test_every_household_has_one_tab_of_the_list_or_none() -> None:
    households = [OWES_A_TERM, LOST, HEARING, {**OWES_A_TERM, **LOST, **HEARING, "erp_gap_cents": 5, "is_to_contact": True}]
    stock = placed(*households, on=edition())
    assert set(stock["tab"].dropna()) <= set(TABS)
    assert stock.index.is_unique
