"""docs/ledger.md § 7: an arrangement is judged on its instalments and the current rent; where the procedure stands."""

from datetime import date

import pytest

from tests.spec.conftest import Check
from tests.spec.drawing import household

OLD_DEBT = """
    | valeur                  | écriture         | montant | période |
    | 2025-01-05              | reprise de solde | 1200,00 |         |
    | 2025-12-05 à 2026-02-05 | loyer            |  400,00 | mois    |
    | 2025-12-06              | virement         | -400,00 |         |
    | 2026-01-06              | virement         | -500,00 |         |
"""
PLAN = (
    "| cadre | signé | première | échéance | nombre | dette | fini | motif |\n"
    "| amiable | 2025-12-01 | 2026-01-05 | 100,00 | 12 | 1200,00 | {} |"
)


def test_an_instalment_has_five_days_of_tolerance(check: Check) -> None:
    home = household(entries=OLD_DEBT + "| 2026-02-06 | virement | -400,00 | |", plans=PLAN.format(" | "))
    check(home, "2026-02-09", plan_state="kept", plan_missed=0, plan_framework="amicable")
    check(home, "2026-02-10", plan_state="missed", plan_missed=1)


def test_a_current_rent_not_paid_breaks_a_plan_as_an_instalment_does(check: Check) -> None:
    home = household(entries=OLD_DEBT + "| 2026-02-06 | virement | -100,00 | |", plans=PLAN.format(" | "))
    check(home, "2026-02-10", plan_state="missed", plan_missed=2)


def test_a_tenth_of_an_instalment_is_no_miss(check: Check) -> None:
    home = household(entries=OLD_DEBT + "| 2026-02-06 | virement | -490,00 | |", plans=PLAN.format(" | "))
    check(home, "2026-02-10", plan_state="kept", plan_missed=0)


def test_a_broken_plan_is_remembered_for_a_year_and_its_debt_is_current_again(check: Check) -> None:
    home = household(entries=OLD_DEBT, plans=PLAN.format("2026-02-20 | rompu"))
    check(home, "2026-02-19", plan_state="missed", plans_broken_365d=0)
    check(
        home, "2026-02-20", plan_state="broken", plan_framework=None, plans_broken_365d=1, frozen_cents=0, current_cents=1_500_00
    )
    check(home, "2027-02-19", plan_state="broken", plans_broken_365d=1)
    check(home, "2027-02-20", plan_state="none", plans_broken_365d=0)


def test_a_completed_plan_leaves_no_trace(check: Check) -> None:
    check(household(entries=OLD_DEBT, plans=PLAN.format("2026-02-20 | soldé")), "2026-02-28", plan_state="none", plan_missed=0)


def test_of_several_plans_the_newest_decides(check: Check) -> None:
    home = household(
        entries=OLD_DEBT, plans=PLAN.format(" | ") + "\n| CAF | 2026-01-20 | 2026-06-05 | 50,00 | 20 | 1000,00 | | |"
    )
    check(home, "2026-02-20", plan_framework="caf", frozen_cents=1_000_00)


FILE = "| étape | le |\n| dépôt | 2025-12-20 |\n| recevabilité | 2026-01-20 |"


@pytest.mark.parametrize("word", ["amiable", "CAF", "PCS"])
def test_a_plan_signed_before_admissibility_is_suspended(check: Check, word: str) -> None:
    home = household(entries=OLD_DEBT, plans=PLAN.format(" | ").replace("amiable", word), overindebtedness=FILE)
    check(home, "2026-01-19", plan_state="kept")
    check(home, "2026-02-20", plan_state="none", plan_missed=0, is_clause_at_stake=False, overindebtedness_step="admissible")


@pytest.mark.parametrize("word", ["juge", "surendettement"])
def test_a_judge_s_delays_and_the_overindebtedness_plan_go_on(check: Check, word: str) -> None:
    home = household(entries=OLD_DEBT, plans=PLAN.format(" | ").replace("amiable", word), overindebtedness=FILE)
    check(home, "2026-02-20", plan_state="missed", plan_missed=2)


def test_an_overindebtedness_plan_that_was_broken_protects_no_longer(check: Check) -> None:
    home = household(
        entries=OLD_DEBT,
        plans=PLAN.format("2026-02-20 | rompu").replace("amiable", "surendettement"),
        overindebtedness=FILE + "\n| mesures | 2026-02-01 |",
    )
    check(home, "2026-02-19", plan_framework="overindebtedness", overindebtedness_step="measures")
    check(home, "2026-02-20", plan_state="broken", frozen_cents=0, current_cents=1_500_00, overindebtedness_step="measures")


def test_a_stage_is_the_furthest_in_legal_order_since_the_file_was_closed(check: Check) -> None:
    home = household(
        procedures="""
        | étape         | le         | audience   | saisi le   |
        | summons       | 2024-03-01 |            |            |
        | closed        | 2025-01-10 |            |            |
        | payment_order | 2026-01-12 |            |            |
        | reminder      | 2026-02-02 |            |            |
        | pcs_signed    | 2026-02-03 |            |            |
        | summons       | 2026-02-10 | 2026-04-20 | 2026-02-14 |
        """
    )
    check(home, "2024-12-31", stage="summons", stage_on=date(2024, 3, 1))
    check(home, "2025-06-01", stage="none", stage_on=None)
    check(home, "2026-02-13", stage="payment_order", stage_on=date(2026, 1, 12), hearing_on=None)
    check(home, "2026-02-14", stage="summons", stage_on=date(2026, 2, 10), hearing_on=date(2026, 4, 20))
    check(home, "2026-04-21", hearing_on=None)


def test_the_landlord_s_balance_is_compared_with_what_was_booked_by_its_day(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture          | montant | période | comptabilisée |
        | 2026-02-05 | loyer             |  400,00 | mois    | 2026-01-20    |
        | 2026-01-30 | dépôt de garantie |  400,00 |         | 2026-01-30    |
        | 2026-01-28 | virement          | -100,00 |         | 2026-02-02    |
        """,
        balances="| arrêté | solde |\n| 2025-12-31 | 7,00 |\n| 2026-01-31 | 412,00 |",
    )
    check(home, "2026-01-30", erp_gap_cents=7_00)
    check(home, "2026-02-20", erp_gap_cents=12_00)
