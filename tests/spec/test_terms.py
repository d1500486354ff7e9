"""docs/ledger.md §§ 1 and 2: which leases are read, what a term is, and what of it the household must find."""

from datetime import date

import pytest

from tests.spec.conftest import Check, Read
from tests.spec.drawing import household

RENT = """
    | valeur     | écriture | montant | période |
    | 2026-02-05 | loyer    |  400,00 | mois    |
"""


def test_a_lease_is_read_from_its_first_day(read: Read) -> None:
    home = household(lease={"start_date": date(2026, 2, 1), "signed_on": date(2026, 1, 15)})
    assert read(home, "2026-01-31") == {}
    assert read(home, "2026-02-01")["tenancy_days"] == 0


def test_a_lease_is_read_until_its_keys_are_back_and_a_future_end_is_not_known(read: Read) -> None:
    home = household(lease={"end_date": date(2026, 3, 31)})
    assert read(home, "2026-03-30") != {}
    assert read(home, "2026-03-31") == {}


def test_a_lease_is_terminated_on_the_day_it_says_so_whatever_its_occupancy(check: Check) -> None:
    home = household(lease={"terminated_on": date(2026, 3, 10), "occupancy": "occupant_without_title"})
    check(home, "2026-03-09", is_terminated=False)
    check(home, "2026-03-10", is_terminated=True)


def test_a_term_adds_rent_and_charges_and_takes_off_the_rls(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période |
        | 2026-02-05 | loyer    |  350,00 | mois    |
        | 2026-02-05 | charges  |   80,00 | mois    |
        | 2026-02-05 | RLS      |  -30,00 | mois    |
        """
    )
    check(home, "2026-02-10", due_terms=1, gross_term_cents=400_00, net_term_cents=400_00, legal_cents=400_00)


def test_a_term_billed_ahead_is_not_due_before_its_day(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période | comptabilisée |
        | 2026-02-05 | loyer    |  400,00 | mois    | 2026-01-20    |
        """
    )
    check(home, "2026-02-04", due_terms=0, net_term_cents=None, gross_term_cents=None, legal_cents=0, erp_cents=400_00)
    check(home, "2026-02-04", current_terms=None, overdue_terms=None, legal_terms=None, oldest_unpaid_on=None)
    check(home, "2026-02-05", due_terms=1, net_term_cents=400_00, legal_cents=400_00, legal_terms=1.0)


def test_an_entry_booked_later_is_not_known_yet(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période | comptabilisée |
        | 2026-02-05 | loyer    |  400,00 | mois    | 2026-02-12    |
        """
    )
    check(home, "2026-02-11", due_terms=0, legal_cents=0, erp_cents=0)


def test_terme_echu_without_a_period_is_the_month_before(check: Check) -> None:
    entries = """
        | valeur     | écriture | montant | période |
        | 2026-01-25 | APL      | -150,00 | mois    |
        | 2026-02-05 | loyer    |  400,00 |         |
    """
    check(household(lease={"rent_term": "in_arrears"}, entries=entries), "2026-02-10", net_term_cents=250_00)
    check(household(lease={"rent_term": "in_advance"}, entries=entries), "2026-02-10", net_term_cents=400_00)


def test_a_credit_note_does_not_move_the_due_date_of_its_term(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période | comptabilisée |
        | 2026-02-01 | loyer    |  -20,00 | 2026-02 | 2026-01-20    |
        | 2026-02-05 | loyer    |  400,00 | 2026-02 | 2026-01-20    |
        """
    )
    check(home, "2026-02-04", due_terms=0)
    check(home, "2026-02-05", due_terms=1, net_term_cents=380_00, oldest_unpaid_on=date(2026, 2, 5))


def test_the_benefit_received_for_the_month_is_taken_off(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période |
        | 2026-02-05 | loyer    |  400,00 | mois    |
        | 2026-02-25 | APL      | -150,00 | mois    |
        """,
        benefits="""
        | mois du droit | droit  |
        | 2026-02       | 160,00 |
        """,
    )
    check(home, "2026-02-28", net_term_cents=250_00, benefit_gap_cents=0, current_cents=250_00)


def test_a_benefit_expected_and_not_received_is_a_gap_and_not_a_debt(check: Check) -> None:
    home = household(entries=RENT, benefits="| mois du droit | droit |\n| 2026-02 | 150,00 |")
    check(home, "2026-02-28", net_term_cents=250_00, benefit_gap_cents=150_00, current_cents=250_00, legal_cents=400_00)


@pytest.mark.parametrize(("month", "net"), [("2026-01", 250_00), ("2025-12", 250_00), ("2025-11", 400_00)])
def test_a_right_not_renewed_yet_is_expected_for_two_more_months(check: Check, month: str, net: int) -> None:
    home = household(entries=RENT, benefits=f"| mois du droit | droit |\n| {month} | 150,00 |")
    check(home, "2026-02-10", net_term_cents=net)


def test_a_right_that_nobody_confirmed_for_three_months_is_expected_no_more(check: Check) -> None:
    home = household(entries=RENT, benefits="| mois du droit | droit |\n| 2025-12 | 150,00 |")
    check(home, "2026-05-03", benefit_gap_cents=150_00, current_cents=250_00)
    check(home, "2026-05-04", benefit_gap_cents=0, current_cents=400_00)


@pytest.mark.parametrize("fate", ["versée au | locataire", "état | suspendu", "état | fini"])
def test_a_right_suspended_ended_or_paid_to_the_tenant_is_not_expected_here(check: Check, fate: str) -> None:
    title, word = fate.split(" | ")
    home = household(
        entries=RENT,
        benefits=f"""
        | mois du droit | droit  | {title} |
        | 2025-12       | 150,00 |         |
        | 2026-01       | 150,00 | {word}  |
        """,
    )
    check(home, "2026-02-10", net_term_cents=400_00, benefit_gap_cents=0)


def test_a_right_known_later_is_not_expected_yet(check: Check) -> None:
    home = household(entries=RENT, benefits="| mois du droit | droit | su le |\n| 2026-02 | 150,00 | 2026-03-10 |")
    check(home, "2026-03-09", net_term_cents=400_00, has_known_right=False)
    check(home, "2026-03-10", net_term_cents=250_00, has_known_right=True)


def test_a_benefit_above_the_rent_leaves_nothing_to_find_and_a_credit(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période |
        | 2026-02-05 | loyer    |  400,00 | mois    |
        | 2026-02-25 | APL      | -450,00 | mois    |
        """
    )
    check(home, "2026-02-28", net_term_cents=30_00, legal_cents=-50_00, current_cents=-50_00, current_terms=0.0)


def test_the_net_term_is_the_mean_of_three_terms_old_enough_to_be_judged_and_never_under_thirty_euros(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période |
        | 2025-11-05 | loyer    |  300,00 | mois    |
        | 2025-12-05 | loyer    |  400,00 | mois    |
        | 2026-01-05 | loyer    |  410,00 | mois    |
        | 2026-02-05 | loyer    |  420,01 | mois    |
        """
    )
    check(home, "2026-03-01", due_terms=4, net_term_cents=370_00)
    check(home, "2026-03-02", due_terms=4, net_term_cents=410_00)
    small = household(entries="| valeur | écriture | montant | période |\n| 2026-02-05 | loyer | 12,00 | mois |")
    check(small, "2026-02-10", net_term_cents=30_00, gross_term_cents=12_00, current_terms=0.4)


SLS = """
    | valeur     | écriture | montant | période |
    | 2026-02-05 | loyer    |  400,00 | mois    |
    | 2026-02-05 | SLS      |  200,00 | mois    |
"""


def test_an_sls_set_on_an_answer_belongs_to_the_term(check: Check) -> None:
    home = household(
        entries=SLS,
        obligations="""
        | demande     | envoyée    | pour le    | réponse    |
        | enquête SLS | 2025-10-15 | 2025-11-15 | 2026-02-04 |
        """,
    )
    check(home, "2026-02-10", gross_term_cents=600_00, technical_cents=0, current_cents=600_00)


def test_the_maximum_sls_of_a_survey_without_answer_is_technical(check: Check) -> None:
    home = household(
        entries=SLS,
        obligations="""
        | demande     | envoyée    | pour le    | réponse    |
        | enquête SLS | 2025-10-15 | 2025-11-15 | 2026-03-01 |
        """,
    )
    check(home, "2026-02-10", gross_term_cents=400_00, technical_cents=200_00, current_cents=400_00, technical_shock_cents=200_00)
    check(home, "2026-03-10", gross_term_cents=400_00, technical_cents=200_00)


def test_an_sls_survey_of_the_year_before_last_says_nothing(check: Check) -> None:
    home = household(entries=SLS, obligations="| demande | envoyée | pour le |\n| enquête SLS | 2025-02-05 | 2025-03-05 |")
    check(home, "2026-02-10", gross_term_cents=600_00, technical_cents=0)


def test_an_sls_given_back_only_lowers_the_balance(check: Check) -> None:
    home = household(
        entries=SLS + "| 2026-03-10 | SLS | -200,00 | 2026-02 |",
        obligations="| demande | envoyée | pour le | réponse |\n| enquête SLS | 2025-10-15 | 2025-11-15 | 2026-03-01 |",
    )
    check(home, "2026-03-12", gross_term_cents=400_00, legal_cents=400_00, technical_cents=200_00, current_cents=200_00)


def test_until_a_term_can_be_judged_the_first_one_stands_for_all(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période |
        | 2026-02-05 | loyer    |  400,00 | 2026-01 |
        | 2026-02-10 | loyer    |  100,00 | 2026-02 |
        """
    )
    check(home, "2026-03-01", net_term_cents=400_00, gross_term_cents=400_00)
    check(home, "2026-03-07", net_term_cents=250_00, gross_term_cents=250_00)


def test_a_month_of_credit_notes_counts_for_nothing_in_the_net_term(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture | montant | période |
        | 2025-12-05 | loyer    |  400,00 | mois    |
        | 2026-01-05 | RLS      |  -90,00 | mois    |
        | 2026-02-05 | loyer    |  500,00 | mois    |
        """
    )
    check(home, "2026-03-02", net_term_cents=300_00, gross_term_cents=270_00)
