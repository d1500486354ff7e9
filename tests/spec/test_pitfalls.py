"""What fools a naive reading of a ledger, one drawn account each: these households must not look like bad payers, or must."""

from datetime import date

from tests.spec.conftest import Check, Read
from tests.spec.drawing import household


def test_a_late_apl_makes_nobody_a_bad_payer(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-06-05 à 2026-02-05 | loyer       |  400,00 | mois    |
        | 2025-06-25 à 2025-11-25 | APL         | -250,00 | mois    |
        | 2025-06-08 à 2026-02-08 | prélèvement | -150,00 |         |
        """,
        benefits="| mois du droit | droit |\n| 2025-06 à 2026-02 | 250,00 |",
    )
    check(home, "2026-02-28", legal_cents=750_00, benefit_gap_cents=750_00, benefit_late_months=2)
    check(home, "2026-02-28", current_cents=0, overdue_cents=0, unpaid_terms_3=0, oldest_unpaid_days=0, net_term_cents=150_00)


def test_a_suspended_apl_is_a_break_to_bring_to_the_caf_and_the_rent_is_due_in_full(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-06-05 à 2026-01-05 | loyer       |  400,00 | mois    |
        | 2025-06-25 à 2025-10-25 | APL         | -250,00 | mois    |
        | 2025-06-08 à 2026-01-08 | prélèvement | -150,00 |         |
        """,
        benefits="| mois du droit | droit | état |\n| 2025-06 à 2025-10 | 250,00 | |\n| 2025-11 à 2026-01 | 250,00 | suspendu |",
    )
    check(home, "2026-01-31", has_benefit_break=True, benefit_gap_cents=0, current_cents=750_00)


def test_an_entrant_waiting_for_rights_owes_its_share_once_the_right_is_known(check: Check) -> None:
    home = household(
        lease={"start_date": date(2025, 12, 1), "signed_on": date(2025, 11, 20)},
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-12-05 à 2026-02-05 | loyer       |  400,00 | mois    |
        | 2025-12-08 à 2026-02-08 | prélèvement | -150,00 |         |
        """,
        benefits="| mois du droit | droit | su le |\n| 2025-12 | 250,00 | 2026-02-20 |",
    )
    check(home, "2026-02-19", has_known_right=False, tenancy_days=80, due_terms=3, current_cents=750_00)
    check(home, "2026-02-20", has_known_right=True, current_cents=0, benefit_gap_cents=750_00, unpaid_terms_3=0)


def test_terme_echu_due_next_month_is_neither_owed_nor_old(check: Check) -> None:
    home = household(
        lease={"rent_term": "in_arrears"},
        entries="""
        | valeur     | écriture | montant | période | comptabilisée |
        | 2026-02-10 | loyer    |  400,00 | mois-1  | 2026-01-25    |
        | 2026-03-10 | loyer    |  400,00 | mois-1  | 2026-02-25    |
        """,
    )
    check(home, "2026-03-01", legal_cents=400_00, erp_cents=800_00, oldest_unpaid_on=date(2026, 2, 10), oldest_unpaid_days=19)


def test_a_cheque_in_transit_is_not_a_debt(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture | montant | période | comptabilisée |
        | 2025-10-05 à 2026-02-05 | loyer    |  400,00 | mois    |               |
        | 2025-10-09 à 2026-01-09 | chèque   | -400,00 |         |               |
        | 2026-02-09              | chèque   | -400,00 |         | 2026-02-19    |
        """
    )
    check(home, "2026-02-18", current_cents=400_00, in_transit_cents=400_00, overdue_cents=0)
    check(home, "2026-02-19", current_cents=0, overdue_cents=0)


def test_a_regularisation_is_a_technical_debt_and_leaves_the_rhythm_alone(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture       | montant | période |
        | 2025-10-05 à 2026-02-05 | loyer          |  400,00 | mois    |
        | 2025-10-08 à 2026-02-08 | prélèvement    | -400,00 |         |
        | 2026-01-20              | régularisation |  650,00 |         |
        """
    )
    check(home, "2026-03-02", legal_cents=650_00, technical_cents=650_00, current_cents=0, overdue_cents=0)
    check(home, "2026-03-02", unpaid_terms_3=0, paid_share_3=100, debt_rise_3_terms=0.0, technical_shock_cents=650_00)
    check(home, "2026-03-21", technical_shock_cents=0, technical_cents=250_00, current_cents=400_00)


RENT_AND_OLD_DEBT = """
    | valeur                  | écriture         | montant | période |
    | 2025-01-05              | reprise de solde | 2000,00 |         |
    | 2025-09-05 à 2026-02-05 | loyer            |  400,00 | mois    |
"""
PLAN = "| cadre | signé | première | échéance | nombre | dette |\n| {} | 2025-08-20 | 2025-09-05 | 100,00 | 20 | 2000,00 |"


def test_a_kept_plan_is_no_arrears_though_the_debt_is_there(check: Check) -> None:
    home = household(
        entries=RENT_AND_OLD_DEBT + "| 2025-09-08 à 2026-02-08 | virement | -500,00 | |", plans=PLAN.format("amiable")
    )
    check(home, "2026-02-28", legal_cents=1_400_00, frozen_cents=1_400_00, current_cents=0, plan_state="kept", unpaid_terms_6=0)


def test_a_missed_instalment_shows_though_the_rent_is_paid(check: Check) -> None:
    home = household(
        entries=RENT_AND_OLD_DEBT + "| 2025-09-08 à 2026-02-08 | virement | -400,00 | |", plans=PLAN.format("amiable")
    )
    check(home, "2026-02-28", plan_state="missed", plan_missed=6, frozen_cents=1_400_00, current_cents=600_00)
    check(home, "2026-02-28", is_clause_at_stake=False, is_clause_missed=False)


def test_one_term_missed_under_a_protocol_puts_the_clause_at_stake(check: Check) -> None:
    entries = RENT_AND_OLD_DEBT + "| 2025-09-08 à 2026-01-08 | virement | -500,00 | |\n| 2026-02-08 | virement | -100,00 | |"
    home = household(lease={"terminated_on": date(2025, 7, 1)}, entries=entries, plans=PLAN.format("PCS"))
    check(home, "2026-02-09", is_terminated=True, is_clause_at_stake=True, is_clause_missed=False)
    check(home, "2026-02-10", is_clause_missed=True, plan_state="missed", plan_framework="pcs")
    judged = household(entries=entries, plans=PLAN.format("juge"))
    check(judged, "2026-02-10", is_clause_at_stake=True, is_clause_missed=True)


ADMISSIBLE = "| étape | le |\n| dépôt | 2025-07-01 |\n| recevabilité | 2025-08-20 |\n"


def test_an_admissible_file_freezes_the_old_debt_and_only_current_rent_counts(check: Check) -> None:
    paid = household(
        entries=RENT_AND_OLD_DEBT + "| 2025-09-08 à 2026-02-08 | virement | -400,00 | |", overindebtedness=ADMISSIBLE
    )
    check(paid, "2026-02-28", legal_cents=2_000_00, frozen_cents=2_000_00, current_cents=0, unpaid_terms_3=0)
    unpaid = household(
        entries=RENT_AND_OLD_DEBT + "| 2025-09-08 à 2026-01-08 | virement | -400,00 | |", overindebtedness=ADMISSIBLE
    )
    check(unpaid, "2026-02-28", frozen_cents=2_000_00, current_cents=400_00, oldest_unpaid_on=date(2026, 2, 5))


def test_a_term_unpaid_after_an_erased_debt_is_a_new_debt(check: Check) -> None:
    home = household(
        entries=RENT_AND_OLD_DEBT
        + "| 2025-09-08 à 2026-01-08 | virement | -400,00 | |\n| 2025-11-20 | effacement | -2000,00 | |",
        overindebtedness=ADMISSIBLE + "| rétablissement personnel | 2025-11-20 |",
    )
    check(home, "2026-02-28", legal_cents=400_00, frozen_cents=0, current_cents=400_00, oldest_unpaid_on=date(2026, 2, 5))
    check(home, "2026-02-28", overindebtedness_step="recovery_order")


def test_a_closed_file_freezes_nothing(check: Check) -> None:
    home = household(entries=RENT_AND_OLD_DEBT, overindebtedness=ADMISSIBLE + "| clos | 2026-01-10 |")
    check(home, "2026-02-28", frozen_cents=0, current_cents=4_400_00, overindebtedness_step="closed")


def test_a_joint_lease_is_one_account_whoever_pays(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-10-05 à 2026-02-05 | loyer       |  400,00 | mois    |
        | 2025-10-08 à 2026-02-08 | virement    | -200,00 |         |
        | 2025-10-12 à 2026-02-12 | virement    | -200,00 |         |
        """
    )
    check(home, "2026-03-02", current_cents=0, unpaid_terms_3=0, method_changes_365d=0, payment_delay_days=3)


def test_a_guardian_who_takes_over_the_payments_is_no_change_of_habit(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture | montant | période |
        | 2025-10-05 à 2026-02-05 | loyer    |  400,00 | mois    |
        | 2025-10-08 à 2025-11-08 | virement | -400,00 |         |
        | 2025-12-08 à 2026-02-08 | tutelle  | -400,00 |         |
        """
    )
    check(home, "2026-03-02", method_changes_365d=0, unpaid_terms_3=0)


def test_a_household_that_lives_on_its_credit_misses_nothing(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture | montant | période |
        | 2025-06-05 à 2026-02-05 | loyer    |  400,00 | mois    |
        | 2025-06-08 à 2025-10-08 | virement | -400,00 |         |
        | 2025-10-20              | virement | -1700,00 |        |
        """
    )
    check(home, "2026-03-02", legal_cents=-100_00, current_cents=-100_00, unpaid_terms_3=0, oldest_unpaid_days=0)
    check(home, "2026-03-02", paid_share_3=0, debt_rise_3_terms=0.0, days_since_payment=133)


def test_a_balance_brought_from_another_dwelling_is_a_debt_of_its_day(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture         | montant | période |
        | 2025-12-05 à 2026-02-05 | loyer            |  400,00 | mois    |
        | 2025-12-08 à 2026-02-08 | virement         | -400,00 |         |
        | 2026-01-15              | reprise de solde |  300,00 |         |
        """
    )
    check(home, "2026-01-31", current_cents=300_00, oldest_unpaid_on=date(2026, 1, 15), oldest_unpaid_days=16)


def test_a_credit_brought_from_another_dwelling_pays_the_next_term(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture         | montant | période |
        | 2025-12-05 à 2026-02-05 | loyer            |  400,00 | mois    |
        | 2025-12-08 à 2026-01-08 | virement         | -400,00 |         |
        | 2026-01-15              | reprise de solde | -400,00 |         |
        """
    )
    check(home, "2026-03-02", current_cents=0, unpaid_terms_3=0, paid_share_3=100)


def test_a_household_that_left_is_not_read_at_all(read: Read) -> None:
    home = household(
        lease={"end_date": date(2026, 1, 31)},
        entries="| valeur | écriture | montant | période |\n| 2026-01-05 | loyer | 400,00 | mois |",
    )
    assert read(home, "2026-02-28") == {}
