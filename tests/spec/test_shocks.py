"""docs/ledger.md §§ 6 and 9: housing benefit that stops, terms that jump, tables that never came."""

import pytest

from tests.spec.conftest import Check
from tests.spec.drawing import household


@pytest.mark.parametrize(("left", "is_break"), [("0,00", True), ("150,00", True), ("150,01", False)])
def test_a_benefit_cut_by_half_two_months_running(check: Check, left: str, is_break: bool) -> None:
    home = household(benefits=f"| mois du droit | droit |\n| 2025-09 à 2025-10 | 300,00 |\n| 2025-11 à 2025-12 | {left} |")
    check(home, "2026-01-15", has_benefit_break=is_break, has_known_right=True)


def test_a_single_month_without_benefit_is_no_break(check: Check) -> None:
    home = household(benefits="| mois du droit | droit |\n| 2025-09 à 2025-11 | 300,00 |")
    check(home, "2026-01-15", has_benefit_break=False)


def test_a_suspended_right_is_a_break_and_a_change_of_payee_is_none(check: Check) -> None:
    suspended = household(
        benefits="| mois du droit | droit | état |\n| 2025-09 à 2025-10 | 300,00 | |\n| 2025-11 à 2025-12 | 300,00 | suspendu |"
    )
    check(suspended, "2026-01-15", has_benefit_break=True)
    moved = household(
        benefits="""
        | mois du droit     | droit  | versée au |
        | 2025-09 à 2025-10 | 300,00 |           |
        | 2025-11 à 2025-12 | 300,00 | locataire |
        """
    )
    check(moved, "2026-01-15", has_benefit_break=False)


def test_a_share_that_jumps_is_measured_against_the_six_terms_before(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture | montant | période |
        | 2025-07-05 à 2025-12-05 | loyer    |  400,00 | mois    |
        | 2026-01-05              | loyer    |  510,00 | mois    |
        """
    )
    check(home, "2026-01-04", net_share_rise_pct=0)
    check(home, "2026-01-05", net_share_rise_pct=27)


def test_a_jump_from_a_tiny_share_is_not_measured(check: Check) -> None:
    home = household(
        entries="""
        | valeur                  | écriture | montant | période |
        | 2025-07-05 à 2025-12-05 | loyer    |   29,99 | mois    |
        | 2026-01-05              | loyer    |  400,00 | mois    |
        """
    )
    check(home, "2026-01-31", net_share_rise_pct=0)


def test_a_table_that_was_never_delivered_is_unknown_and_not_zero(check: Check) -> None:
    optional = ("benefits", "contacts", "obligations", "plans", "procedures", "overindebtedness", "balances")
    home = household(never=optional, entries="| valeur | écriture | montant | période |\n| 2026-01-05 | loyer | 400,00 | mois |")
    check(home, "2026-01-31", has_benefit_break=None, has_known_right=None, benefit_late_months=None, benefit_gap_cents=0)
    check(home, "2026-01-31", plan_state=None, plan_missed=None, is_clause_at_stake=None, frozen_cents=0, current_cents=400_00)
    check(home, "2026-01-31", stage=None, overindebtedness_step=None, erp_gap_cents=None)
    check(home, "2026-01-31", silence_days=None, is_to_contact=None, attempts_180d=None, obligations_unmet=None)
