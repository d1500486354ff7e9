"""docs/ledger.md §§ 3 and 4: what is owed in law, and how much of it is late benefit, frozen, technical, current."""

from datetime import date

import pytest

from tests.spec.conftest import Check
from tests.spec.drawing import household

THREE_RENTS = """
    | valeur                  | écriture | montant | période |
    | 2026-01-05 à 2026-03-05 | loyer    |  400,00 | mois    |
"""


def test_a_deposit_is_outside_the_balance(check: Check) -> None:
    home = household(entries=THREE_RENTS + "| 2026-01-06 | dépôt de garantie | 400,00 | |")
    check(home, "2026-03-10", legal_cents=1_200_00, erp_cents=1_200_00, current_cents=1_200_00)


def test_a_benefit_received_ahead_of_its_term_is_an_advance_and_not_a_credit(check: Check) -> None:
    home = household(
        lease={"rent_term": "in_arrears"},
        entries="""
        | valeur     | écriture | montant | période |
        | 2026-01-25 | APL      | -150,00 | 2026-01 |
        | 2026-02-05 | loyer    |  400,00 | 2026-01 |
        """,
    )
    check(home, "2026-01-31", legal_cents=-150_00, benefit_advance_cents=150_00, current_cents=0)
    check(home, "2026-02-05", legal_cents=250_00, benefit_advance_cents=0, current_cents=250_00)


def test_a_benefit_whose_term_is_older_than_the_ledger_is_an_ordinary_credit(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture    | montant | période |
        | 2026-01-02 | APL         | -150,00 | 2025-12 |
        | 2026-01-05 | loyer       |  400,00 | 2026-01 |
        | 2026-01-08 | prélèvement | -250,00 |         |
        """
    )
    check(home, "2026-01-31", legal_cents=0, benefit_advance_cents=0, current_cents=0)


def test_a_missing_benefit_older_than_a_year_is_the_household_s_again(check: Check) -> None:
    home = household(
        entries="| valeur | écriture | montant | période |\n| 2025-02-05 | loyer | 400,00 | mois |",
        benefits="| mois du droit | droit |\n| 2025-02 | 150,00 |",
    )
    check(home, "2026-02-04", benefit_gap_cents=150_00, current_cents=250_00)
    check(home, "2026-02-05", benefit_gap_cents=0, current_cents=400_00)


@pytest.mark.parametrize(
    ("aid", "last_quiet_day", "first_late_day"), [("APL", "2026-02-06", "2026-02-07"), ("ALF", "2026-02-17", "2026-02-18")]
)
def test_a_benefit_is_late_twelve_days_after_its_usual_day(
    check: Check, aid: str, last_quiet_day: str, first_late_day: str
) -> None:
    home = household(
        entries="| valeur | écriture | montant | période |\n| 2026-01-05 | loyer | 400,00 | mois |",
        benefits=f"| mois du droit | droit | aide |\n| 2026-01 | 150,00 | {aid} |",
    )
    check(home, last_quiet_day, benefit_late_months=0, benefit_gap_cents=150_00)
    check(home, first_late_day, benefit_late_months=1, benefit_gap_cents=150_00)


def test_a_recall_fills_the_gap_and_no_month_is_late_any_more(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture    | montant | période |
        | 2026-01-05 à 2026-02-05 | loyer       |  400,00 | mois    |
        | 2026-01-08 à 2026-02-08 | prélèvement | -250,00 |         |
        | 2026-03-10              | rappel APL  | -300,00 |         |
        """,
        benefits="| mois du droit | droit |\n| 2026-01 à 2026-02 | 150,00 |",
    )
    check(home, "2026-03-09", benefit_gap_cents=300_00, benefit_late_months=1, current_cents=0, legal_cents=300_00)
    check(home, "2026-03-10", benefit_gap_cents=0, benefit_late_months=0, current_cents=0, legal_cents=0)


def test_payments_settle_the_oldest_debits_whatever_they_were_meant_for(check: Check) -> None:
    home = household(entries=THREE_RENTS + "| 2026-03-08 | virement | -500,00 | 2026-03 |")
    check(home, "2026-03-20", current_cents=700_00, current_terms=1.75, oldest_unpaid_on=date(2026, 2, 5), oldest_unpaid_days=43)


def test_a_tenth_of_a_term_does_not_make_it_old(check: Check) -> None:
    home = household(entries=THREE_RENTS + "| 2026-03-08 | virement | -760,00 | |")
    check(home, "2026-03-20", current_cents=440_00, oldest_unpaid_on=date(2026, 3, 5))
    one_cent_more = household(entries=THREE_RENTS + "| 2026-03-08 | virement | -759,99 | |")
    check(one_cent_more, "2026-03-20", current_cents=440_01, oldest_unpaid_on=date(2026, 2, 5))


def test_terms_are_counted_in_hundredths_rounded_down(check: Check) -> None:
    home = household(entries=THREE_RENTS + "| 2026-03-08 | virement | -0,01 | |")
    check(home, "2026-03-20", current_terms=2.99, legal_terms=2.99)


def test_on_the_same_day_a_regularisation_is_newer_than_the_rent(check: Check) -> None:
    home = household(
        entries="""
        | valeur     | écriture       | montant | période |
        | 2026-03-05 | loyer          |  400,00 | 2026-03 |
        | 2026-03-05 | régularisation |  300,00 |         |
        | 2026-03-08 | virement       | -350,00 |         |
        """
    )
    check(home, "2026-03-20", technical_cents=300_00, current_cents=50_00, oldest_unpaid_on=date(2026, 3, 5))


@pytest.mark.parametrize("word", ["régularisation", "frais", "pénalité", "indu APL"])
def test_what_is_not_rent_is_technical(check: Check, word: str) -> None:
    home = household(entries=THREE_RENTS + f"| 2026-03-08 | virement | -1200,00 | |\n| 2026-03-09 | {word} | 80,00 | |")
    check(home, "2026-03-20", technical_cents=80_00, current_cents=0, technical_shock_cents=80_00, legal_cents=80_00)


@pytest.mark.parametrize(
    ("word", "lag"),
    [("prélèvement", 8), ("virement", 5), ("carte", 5), ("chèque", 14), ("espèces", 5), ("mandat", 8), ("tutelle", 8)],
)
def test_a_term_is_in_transit_for_as_long_as_its_means_of_payment_takes(check: Check, word: str, lag: int) -> None:
    home = household(
        lease={"payment_method": None},
        entries=f"""
        | valeur                  | écriture | montant | période |
        | 2026-01-05 à 2026-03-05 | loyer    |  400,00 | mois    |
        | 2026-01-08 à 2026-02-08 | {word}   | -400,00 |         |
        """,
    )
    check(home, f"2026-03-{4 + lag:02}", current_cents=400_00, in_transit_cents=400_00, overdue_cents=0, overdue_terms=0.0)
    check(home, f"2026-03-{5 + lag:02}", in_transit_cents=0, overdue_cents=400_00, overdue_terms=1.0)


def test_of_two_means_of_payment_the_slower_one_is_waited_for(check: Check) -> None:
    drawn = """
        | valeur                  | écriture | montant | période |
        | 2026-01-05 à 2026-03-05 | loyer    |  400,00 | mois    |
        | 2026-01-08              | chèque   | -400,00 |         |
        | 2026-02-08              | virement | -400,00 |         |
    """
    check(household(entries=drawn), "2026-03-18", in_transit_cents=400_00, overdue_cents=0)
    check(household(entries=drawn), "2026-03-19", in_transit_cents=0, overdue_cents=400_00)
    check(household(lease={"payment_method": "cheque"}, entries=drawn), "2026-03-18", in_transit_cents=400_00)


def test_a_means_of_payment_is_forgotten_after_a_year(check: Check) -> None:
    drawn = """
        | valeur     | écriture | montant | période |
        | 2025-03-18 | chèque   |  -10,00 |         |
        | 2026-03-05 | loyer    |  410,00 | mois    |
    """
    check(household(entries=drawn), "2026-03-17", in_transit_cents=400_00)
    check(household(entries=drawn), "2026-03-18", in_transit_cents=0)


def test_without_a_payment_the_lease_says_how_long_money_travels(check: Check) -> None:
    entries = "| valeur | écriture | montant | période |\n| 2026-03-05 | loyer | 400,00 | mois |"
    check(household(lease={"payment_method": "cheque"}, entries=entries), "2026-03-18", in_transit_cents=400_00)
    check(household(lease={"payment_method": None}, entries=entries), "2026-03-09", in_transit_cents=400_00)
    check(household(lease={"payment_method": None}, entries=entries), "2026-03-10", in_transit_cents=0)


def test_an_older_debt_is_not_in_transit_with_the_new_term(check: Check) -> None:
    check(household(entries=THREE_RENTS), "2026-03-10", current_cents=1_200_00, in_transit_cents=400_00, overdue_cents=800_00)


PLAN = "| cadre | signé | première | échéance | nombre | dette |\n| amiable | 2025-12-01 | 2026-01-05 | 100,00 | 12 | 1200,00 |"
OLD_DEBT = """
    | valeur                  | écriture         | montant | période |
    | 2025-01-05              | reprise de solde | 1200,00 |         |
    | 2025-12-05 à 2026-02-05 | loyer            |  400,00 | mois    |
    | 2025-12-06              | virement         | -400,00 |         |
"""


def test_what_a_plan_does_not_ask_for_yet_is_frozen(check: Check) -> None:
    home = household(entries=OLD_DEBT + "| 2026-01-06 à 2026-02-06 | virement | -500,00 | |", plans=PLAN)
    check(home, "2026-02-20", legal_cents=1_000_00, frozen_cents=1_000_00, current_cents=0, oldest_unpaid_on=None)


def test_an_instalment_due_and_not_paid_is_current(check: Check) -> None:
    home = household(entries=OLD_DEBT + "| 2026-01-06 à 2026-02-06 | virement | -400,00 | |", plans=PLAN)
    check(home, "2026-02-20", legal_cents=1_200_00, frozen_cents=1_000_00, current_cents=200_00)


def test_instalments_of_the_31st_fall_due_on_the_last_day_of_shorter_months(check: Check) -> None:
    home = household(
        entries="| valeur | écriture | montant | période |\n| 2023-01-05 | reprise de solde | 1200,00 | |",
        plans="""
        | cadre   | signé      | première   | échéance | nombre | dette   |
        | amiable | 2024-01-02 | 2024-01-31 | 100,00   | 12     | 1200,00 |
        """,
    )
    check(home, "2024-02-28", frozen_cents=1_100_00)
    check(home, "2024-02-29", frozen_cents=1_000_00)
    check(home, "2024-03-30", frozen_cents=1_000_00)
    check(home, "2024-03-31", frozen_cents=900_00)


def test_a_negative_balance_is_a_credit_and_owes_nothing(check: Check) -> None:
    home = household(entries=THREE_RENTS + "| 2026-03-08 | virement | -1500,00 | |")
    check(home, "2026-03-20", legal_cents=-300_00, current_cents=-300_00, overdue_cents=0, legal_terms=0.0, oldest_unpaid_days=0)
