"""The service's orientation table, row by row: what the ladder offers first for each situation it draws."""

from typing import Any

import pytest

from riskmodel.schemes import ladder, load

SCHEMES = load()
SITTING: dict[str, Any] = {
    "lease_status": "tenant",
    "debt_hundredths": 120,
    "legal_cents": 54_000,
    "stage": "none",
    "contact": "answers",
    "unmet_obligations": 0,
    "benefit_break": False,
    "overindebtedness": "none",
    "rent_resumed": False,
    "plan_in_force": False,
}
"""A tenant in arrears whom nothing else has happened to; nobody has asked anything yet."""
LEFT_IN = {"lease_status": "occupant", "stage": "terminated", "debt_hundredths": 700, "legal_cents": 315_000}


def offered(**known: Any) -> list[str]:
    """Codes of the schemes that fit, lightest first."""
    return [rung.scheme.code for rung in ladder(SCHEMES, SITTING | known) if rung.outcome == "fits"]


@pytest.mark.parametrize("debt", [10, 100, 189])
def test_a_small_debt_of_a_household_that_answers_and_can_pay_gets_a_plan(debt: int) -> None:
    assert offered(debt_hundredths=debt, repayment="full") == ["plan_apurement"]


@pytest.mark.parametrize("debt", [0, 120, 250, 600])
def test_rights_come_first_after_a_break_in_benefit_whatever_the_debt(debt: int) -> None:
    assert offered(debt_hundredths=debt, benefit_break=True, repayment="partial")[0] == "caf_msa"


@pytest.mark.parametrize("debt", [190, 300, 400])
def test_two_to_four_terms_with_part_of_the_means_get_a_plan_and_the_fund(debt: int) -> None:
    assert offered(debt_hundredths=debt, repayment="partial") == ["plan_apurement", "fsl"]


def test_the_same_household_gets_support_when_the_budget_is_the_problem_and_it_agrees() -> None:
    known = {"debt_hundredths": 300, "repayment": "partial", "budget_problem": True, "support_accepted": True}
    assert offered(**known) == ["plan_apurement", "fsl", "asll_maintien"]


def test_the_same_household_gets_action_logement_when_employed_in_the_private_sector() -> None:
    known = {"debt_hundredths": 300, "repayment": "partial", "is_private_employee": True}
    assert offered(**known) == ["plan_apurement", "fsl", "cil_pass"]


@pytest.mark.parametrize("stage", ["none", "cdp"])
def test_over_three_terms_with_weak_contact_and_unknown_means_get_a_mediation(stage: str) -> None:
    assert offered(debt_hundredths=310, contact="weak", stage=stage) == ["mediation"]


@pytest.mark.parametrize("debt", [0, 120, 900])
@pytest.mark.parametrize("stage", ["none", "cdp", "summons", "hearing"])
def test_a_lost_household_gets_outreach_first_whatever_debt_and_stage(debt: int, stage: str) -> None:
    assert offered(debt_hundredths=debt, stage=stage, contact="lost")[0] == "mediation"


@pytest.mark.parametrize("stage", ["terminated", "cql", "cfp"])
def test_a_lost_household_gets_outreach_first_even_after_a_termination(stage: str) -> None:
    assert offered(**LEFT_IN | {"stage": stage, "contact": "lost"})[0] == "mediation"


def test_a_lost_household_unknown_to_services_may_get_the_mobile_team_too() -> None:
    known = {"contact": "lost", "stage": "summons", "unknown_to_services": True, "mobile_team_open": True}
    assert offered(**known) == ["mediation", "equipe_mobile"]


@pytest.mark.parametrize("stage", ["none", "summons", "hearing"])
def test_debts_beyond_all_means_get_a_file_at_the_banque_de_france(stage: str) -> None:
    assert offered(debt_hundredths=500, stage=stage, repayment="none", debts_beyond_means=True) == ["surendettement"]


def test_a_refusal_of_all_support_with_a_budget_at_risk_goes_to_the_departement() -> None:
    assert offered(lives_on_benefits=True, budget_problem=True, support_accepted=False) == ["masp"]


@pytest.mark.parametrize("debt", [0, 120, 400])
def test_a_dwelling_too_large_or_dear_gets_a_move(debt: int) -> None:
    assert offered(debt_hundredths=debt, dwelling_unsuitable=True, repayment="after_move") == ["mutation"]


@pytest.mark.parametrize("stage", ["terminated", "cql", "cfp"])
def test_a_terminated_lease_with_a_direct_relation_gets_a_protocol(stage: str) -> None:
    assert offered(**LEFT_IN | {"stage": stage, "rent_resumed": True}) == ["pcs"]


@pytest.mark.parametrize("contact", ["answers", "weak", "lost"])
def test_a_terminated_lease_that_needs_a_third_party_and_accepts_gets_the_bail_de_sauvegarde(contact: str) -> None:
    known = {"contact": contact, "third_party_needed": True, "support_accepted": True, "rent_resumed": True}
    assert offered(**LEFT_IN | known) == ["bail_de_sauvegarde"]


@pytest.mark.parametrize("contact", ["weak", "lost", "never_tried"])
def test_a_silent_household_without_debt_gets_a_courtesy_visit(contact: str) -> None:
    known = {"debt_hundredths": 0, "legal_cents": 0, "contact": contact, "unmet_obligations": 1}
    assert offered(**known)[0] == "visite_sociale"


@pytest.mark.parametrize("step", ["admissible", "measures"])
@pytest.mark.parametrize("debt", [0, 120, 900])
def test_an_admissible_file_with_the_current_rent_paid_gets_no_action_on_arrears(step: str, debt: int) -> None:
    known = {
        "debt_hundredths": debt,
        "overindebtedness": step,
        "rent_resumed": True,
        "repayment": "full",
        "is_private_employee": True,
    }
    assert offered(**known) == []


def test_a_household_nobody_tried_to_reach_is_to_be_called_first() -> None:
    rungs = {
        rung.scheme.code: rung for rung in ladder(SCHEMES, SITTING | {"contact": "never_tried", "third_party_needed": False})
    }
    assert offered(contact="never_tried") == []
    assert "l'appeler d'abord" in rungs["mediation"].unmet[0].text


def test_after_a_mediation_without_solution_intermediation_is_the_last_rung() -> None:
    known = {"third_party_needed": True, "support_accepted": True, "mediation_failed": True}
    assert offered(**LEFT_IN | known) == ["bail_de_sauvegarde", "intermediation_apres_mediation"]


def test_several_bodies_together_are_offered_when_one_is_not_enough() -> None:
    assert offered(several_bodies_needed=True, contact="answers") == ["commission_unique"]


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"siao_or_landlord_referred": True, "support_accepted": True}, "bail_de_securisation"),
        ({"work_project_declared": True, "support_accepted": True}, "bail_glissant_jeunes"),
        ({"under_30_declared": True, "in_work_declared": True, "request_number_declared": True}, "ccas_jeunes_actifs"),
        ({"measure_ordered": True, "support_accepted": True}, "avdl_acces"),
        ({"housing_project": True, "needs_transition": True, "support_accepted": True}, "intermediation_locative"),
        ({"priority_agreement": True}, "accords_collectifs"),
        ({"leaves_shelter": True, "support_accepted": True}, "alternative_hebergement"),
    ],
)
def test_a_candidate_is_offered_the_access_scheme_that_knows_him(known: dict[str, Any], code: str) -> None:
    rungs = ladder(SCHEMES, {"lease_status": "candidate"} | known)
    assert [rung.scheme.code for rung in rungs if rung.outcome == "fits"] == [code]


@pytest.mark.parametrize(("fact", "code"), [("measure_ordered", "avdl"), ("several_landlords", "pasri")])
def test_measures_ordered_by_others_are_offered_once_they_are_open_and_accepted(fact: str, code: str) -> None:
    assert offered(support_accepted=True, **{fact: True}) == [code]
