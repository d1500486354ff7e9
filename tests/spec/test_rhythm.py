"""docs/ledger.md § 5: each term is judged 25 days after its due date, on what came in; rejects and changes of habit."""

from tests.spec.conftest import Check
from tests.spec.drawing import household

YEAR = """
    | valeur                  | écriture    | montant | période | réf | annule |
    | 2025-01-05 à 2026-01-05 | loyer       |  400,00 | mois    |     |        |
"""
PAID_TO_NOVEMBER = YEAR + "| 2025-01-08 à 2025-11-08 | prélèvement | -400,00 | | | |\n"


def test_a_household_that_pays_each_month(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2025-12-08 à 2026-01-08 | prélèvement | -400,00 | | | |")
    check(home, "2026-01-30", judged_terms=12, unpaid_terms_3=0, unpaid_terms_12=0, paid_share_3=100, debt_rise_3_terms=0.0)
    check(home, "2026-01-30", payment_delay_days=3, payment_delay_drift_days=0, days_since_payment=22, method_changes_365d=0)


def test_a_term_is_not_judged_before_twenty_five_days(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2025-12-08 | prélèvement | -400,00 | | | |")
    check(home, "2026-01-29", unpaid_terms_3=0)
    check(home, "2026-01-30", unpaid_terms_3=1, unpaid_terms_6=1, unpaid_terms_12=1)


def test_a_missed_term_stays_counted_when_the_next_ones_are_paid(check: Check) -> None:
    home = household(
        entries=YEAR
        + "| 2025-01-08 à 2025-10-08 | prélèvement | -400,00 | | | |\n| 2025-12-08 à 2026-01-08 | prélèvement | -400,00 | | | |"
    )
    check(home, "2026-01-31", unpaid_terms_3=1, paid_share_3=66, debt_rise_3_terms=1.0, current_terms=1.0)


def test_a_tenth_short_is_paid_in_full(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2025-12-08 à 2026-01-08 | prélèvement | -360,00 | | | |")
    check(home, "2026-01-31", unpaid_terms_3=0, paid_share_3=93)
    short = household(entries=PAID_TO_NOVEMBER + "| 2025-12-08 à 2026-01-08 | prélèvement | -359,99 | | | |")
    check(short, "2026-01-31", unpaid_terms_3=2)


def test_a_late_payment_counts_for_the_window_in_which_it_comes(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2026-01-08 | virement | -800,00 | | | |")
    check(home, "2026-01-31", unpaid_terms_3=1, paid_share_3=100, current_cents=0)


def test_money_paid_ahead_covers_the_terms_that_follow(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2025-11-20 | virement | -800,00 | | | |")
    check(home, "2026-01-31", unpaid_terms_3=0, unpaid_terms_12=0, current_cents=0)


def test_a_benefit_received_ahead_does_not_hide_a_missed_term(check: Check) -> None:
    home = household(
        lease={"rent_term": "in_arrears"},
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-10-25 à 2026-01-25 | APL         | -300,00 | mois    |
        | 2025-11-05 à 2026-02-05 | loyer       |  400,00 | mois-1  |
        | 2025-11-08 à 2026-01-08 | prélèvement | -100,00 |         |
        """,
    )
    check(home, "2026-03-02", judged_terms=4, unpaid_terms_3=1, current_cents=100_00, net_term_cents=100_00)


def test_a_credit_of_charges_lets_a_household_pay_less(check: Check) -> None:
    home = household(
        entries=PAID_TO_NOVEMBER
        + """| 2026-01-05              | régularisation |  -50,00 | | | |
             | 2025-12-08              | prélèvement    | -400,00 | | | |
             | 2026-01-08              | prélèvement    | -350,00 | | | |"""
    )
    check(home, "2026-01-31", unpaid_terms_3=0, paid_share_3=100, current_cents=0)


def test_two_terms_of_one_due_date_are_judged_together(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture    | montant | période |
        | 2026-01-05 | loyer       |  400,00 | 2026-01 |
        | 2026-01-05 | loyer       |  100,00 | 2025-12 |
        | 2026-01-08 | prélèvement | -500,00 |         |
        """
    )
    check(home, "2026-01-31", due_terms=2, judged_terms=1, unpaid_terms_3=0)


def test_an_erased_debt_is_not_a_paid_term(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2026-01-20 | effacement | -800,00 | | | |")
    check(home, "2026-01-31", current_cents=0, unpaid_terms_3=2, paid_share_3=33)


def test_a_third_party_that_pays_settles_the_term(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2025-12-20 | FSL | -800,00 | | | |")
    check(home, "2026-01-31", unpaid_terms_3=0, method_changes_365d=0, days_since_payment=42)


REJECT = """| 2025-12-08 | prélèvement | -400,00 | | | |
             | 2026-01-08 | prélèvement | -400,00 | | P1 | |
             | 2026-01-14 | rejet | 400,00 | | | P1 |
"""


def test_a_rejected_debit_is_no_payment(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + REJECT)
    check(
        home, "2026-01-31", rejects_120d=1, reject_unpaid_days=17, days_since_payment=54, unpaid_terms_3=1, current_cents=400_00
    )


def test_a_reject_made_good_is_no_longer_open(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + REJECT + "| 2026-01-20 | virement | -400,00 | | | |")
    check(home, "2026-01-31", rejects_120d=1, reject_unpaid_days=0, unpaid_terms_3=0, method_changes_365d=1)


def test_a_reject_is_forgotten_after_a_hundred_and_twenty_days(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + REJECT)
    check(home, "2026-05-13", rejects_120d=1, reject_unpaid_days=119)
    check(home, "2026-05-14", rejects_120d=0, reject_unpaid_days=0)


def test_a_day_of_payment_that_drifts(check: Check) -> None:
    home = household(
        entries=YEAR
        + """| 2025-01-08 à 2025-10-08 | virement | -400,00 | | | |
             | 2025-11-25 à 2026-01-25 | virement | -400,00 | | | |"""
    )
    check(home, "2026-01-31", payment_delay_days=20, payment_delay_drift_days=17, unpaid_terms_3=0)


def test_two_payments_in_a_day_are_no_change_of_method(check: Check) -> None:
    home = household(
        entries=YEAR
        + """| 2025-11-08 à 2026-01-08 | virement | -200,00 | | | |
             | 2025-11-08 à 2026-01-08 | espèces  | -200,00 | | | |"""
    )
    check(home, "2026-01-31", method_changes_365d=0)


def test_an_account_without_a_payment(check: Check) -> None:
    home = household(entries=YEAR)
    check(home, "2026-01-31", days_since_payment=None, payment_delay_days=None, payment_delay_drift_days=None, paid_share_3=0)


def test_fewer_than_three_judged_terms_say_nothing_of_a_share(check: Check) -> None:
    home = household(entries="| valeur | écriture | montant | période |\n| 2026-01-05 à 2026-02-05 | loyer | 400,00 | mois |")
    check(home, "2026-03-05", judged_terms=2, unpaid_terms_3=2, paid_share_3=None, debt_rise_3_terms=0.0)


def test_a_debt_made_good_is_no_advance_on_the_next_term(check: Check) -> None:
    """October missed and paid in November with November's; December missed again: two terms, not one."""
    home = household(
        entries=YEAR
        + """| 2025-01-08 à 2025-09-08 | prélèvement | -400,00 | | | |
             | 2025-11-08              | prélèvement | -800,00 | | | |
             | 2026-01-08              | prélèvement | -400,00 | | | |"""
    )
    check(home, "2026-01-31", unpaid_terms_3=1, unpaid_terms_6=2, current_cents=400_00)


def test_the_instalments_of_a_plan_are_no_advance_on_the_rent(check: Check) -> None:
    """Ten months at 100 € above the rent pay an old debt: the January rent is missed all the same."""
    home = household(
        entries=YEAR
        + """| 2025-01-02              | reprise de solde | 2000,00 | | | |
             | 2025-01-08 à 2025-12-08 | virement    | -500,00 | | | |"""
    )
    check(home, "2026-01-31", unpaid_terms_3=1, unpaid_terms_12=1)


def test_a_year_paid_ahead_misses_nothing_until_it_is_used_up(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture    | montant  | période |
        | 2025-01-05 à 2026-02-05 | loyer       |   400,00 | mois    |
        | 2025-01-02              | virement    | -4800,00 |         |
        """
    )
    check(home, "2026-01-09", unpaid_terms_12=0, debt_rise_3_terms=0.0, overdue_cents=0, days_since_payment=372)
    check(home, "2026-01-30", unpaid_terms_12=1, unpaid_terms_3=1, debt_rise_3_terms=1.0)
    check(home, "2026-03-02", unpaid_terms_12=2, debt_rise_3_terms=2.0)


def test_a_recall_of_benefit_that_leaves_a_credit_pays_the_terms_that_follow(check: Check) -> None:
    home = household(entries=PAID_TO_NOVEMBER + "| 2025-11-28 | rappel APL | -900,00 | | | |")
    check(home, "2026-01-31", unpaid_terms_3=0, unpaid_terms_12=0, debt_rise_3_terms=0.0, current_cents=-100_00)


def test_a_recall_that_repays_missing_benefit_is_no_advance(check: Check) -> None:
    """Three months of benefit came at once: the household's own share of January is missing."""
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-10-05 à 2026-01-05 | loyer       |  400,00 | mois    |
        | 2025-10-08 à 2025-12-08 | prélèvement | -150,00 |         |
        | 2026-01-20              | rappel APL  | -750,00 |         |
        | 2026-01-25              | APL         | -250,00 | 2026-01 |
        """,
        benefits="| mois du droit | droit |\n| 2025-10 à 2026-01 | 250,00 |",
    )
    check(home, "2026-01-31", unpaid_terms_3=1, current_cents=150_00, benefit_gap_cents=0)


def test_a_benefit_above_the_rent_is_the_household_s_to_spend(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2025-10-05 à 2026-01-05 | loyer       |  400,00 | mois    |
        | 2025-10-25 à 2025-12-25 | APL         | -450,00 | mois    |
        | 2026-01-25              | APL         | -300,00 | 2026-01 |
        """
    )
    check(home, "2026-01-31", unpaid_terms_3=0, unpaid_terms_12=0, current_cents=-50_00)


def test_a_term_missed_long_ago_is_forgotten_even_when_no_term_follows(check: Check) -> None:
    home = household(entries="| valeur | écriture | montant | période |\n| 2025-01-05 à 2025-03-05 | loyer | 400,00 | mois |")
    check(home, "2025-05-08", unpaid_terms_3=3)
    check(home, "2025-05-10", unpaid_terms_3=2)
    check(home, "2025-07-07", unpaid_terms_3=1)
    check(home, "2025-07-08", unpaid_terms_3=0)


def test_rent_paid_early_by_a_household_with_an_old_debt_is_paid_rent(check: Check) -> None:
    """Paid on the 1st, due on the 5th: the rent of March comes on the last day but one of February's window."""
    home = household(
        entries="""
        | valeur                  | écriture         | montant | période |
        | 2025-06-05              | reprise de solde | 2000,00 |         |
        | 2025-07-05 à 2026-04-05 | loyer            |  400,00 | mois    |
        | 2025-07-01 à 2026-04-01 | virement         | -400,00 |         |
        """
    )
    check(home, "2026-04-02", unpaid_terms_3=0, unpaid_terms_12=0)
    check(home, "2026-04-30", unpaid_terms_3=0, unpaid_terms_12=0)


def test_a_recall_of_more_than_a_year_ago_is_no_advance_either(check: Check) -> None:
    """Three months of benefit missed in 2024 came as one recall in January 2025; a year later, January's share is missing."""
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2024-10-05 à 2026-01-05 | loyer       |  400,00 | mois    |
        | 2025-01-25 à 2026-01-25 | APL         | -250,00 | mois    |
        | 2024-10-08 à 2025-12-08 | prélèvement | -150,00 |         |
        | 2025-01-20              | rappel APL  | -750,00 |         |
        """,
        benefits="| mois du droit | droit |\n| 2024-10 à 2026-01 | 250,00 |",
    )
    check(home, "2026-01-31", unpaid_terms_3=1, unpaid_terms_12=1, current_cents=150_00)
