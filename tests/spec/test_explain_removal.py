"""docs/explain.md: accounts a rent officer can read, and what would have kept each household off the list."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from riskmodel.explain import removal
from riskmodel.features.scenarios import Scenario, whatif
from riskmodel.score import apply, published
from tests.edited import edited
from tests.lakes import Rows, features_of, laid_out
from tests.spec.drawing import household

RENT = """
    | valeur                  | écriture    | montant | période | réf | annule |
    | 2025-08-05 à 2026-10-05 | loyer       |  400,00 | mois    |     |        |
"""


def answer(rows: Rows, day: str, folder: Path, score: str = "derive", minimum: int | None = None) -> list[str]:
    """What would have removed the flag of B1. The real pipeline, given rows edited by hand, must find the score announced."""
    as_of, table = date.fromisoformat(day), published(score)
    table = replace(table, minimum=minimum or table.minimum)
    found = removal(laid_out(folder, rows), as_of, "B1", table)
    edits = tuple(fact.edit for fact in found.facts)
    for features, after in (
        (features_of(laid_out(folder, edited(rows, "B1", edits)), as_of, folder), found.score_after),
        (whatif(laid_out(folder, rows), as_of, {"B1": Scenario("B1")}), found.score_before),
    ):
        scored = apply(table, features).set_index("lease_id")["score"]
        assert scored["B1"] == after
    assert found.score_after < table.minimum <= found.score_before
    return [sentence.replace("\u00a0", " ") for sentence in found.sentences]


def test_the_month_that_was_rejected_and_not_paid_again(tmp_path: Path) -> None:
    rows = household(
        entries=RENT
        + """| 2025-08-07 à 2026-08-07 | prélèvement | -400,00 | | | |
             | 2026-09-07 | prélèvement | -400,00 | | P1 | |
             | 2026-09-12 | rejet | 400,00 | | | P1 |"""
    )
    assert answer(rows, "2026-10-02", tmp_path) == ["Paiement du 12/09/2026 non rejeté : 400 €"]


def test_two_summer_months_left_half_paid(tmp_path: Path) -> None:
    rows = household(
        entries=RENT
        + """| 2025-08-07 à 2026-06-07 | prélèvement | -400,00 | | | |
             | 2026-07-20 à 2026-08-20 | espèces     | -200,00 | | | |
             | 2026-09-07 à 2026-10-07 | prélèvement | -400,00 | | | |"""
    )
    assert answer(rows, "2026-10-31", tmp_path, minimum=10) == [
        "Terme du 05/07/2026 payé : 200 €",
        "Terme du 05/08/2026 payé : 200 €",
    ]


def test_instalments_left_unpaid_weigh_on_the_newest_rent(tmp_path: Path) -> None:
    """Old debt is under a plan, rents are paid, three instalments are not: the account reads them as owed on October's rent."""
    rows = household(
        entries=RENT + "| 2026-01-07 à 2026-10-07 | prélèvement | -400,00 | | | |",
        plans="""
            | cadre   | signé      | première   | échéance | nombre | dette   |
            | amiable | 2026-07-20 | 2026-08-10 |   100,00 |     20 | 2000,00 |""",
    )
    assert answer(rows, "2026-10-31", tmp_path, minimum=7) == ["Terme du 05/10/2026 payé : 300 €"]


def test_a_household_that_answers_once_is_not_lost(tmp_path: Path) -> None:
    rows = household(
        contacts="""
            | le         | canal     | sens    | issue        |
            | 2026-07-01 | téléphone | sortant | sans réponse |
            | 2026-08-01 | lettre    | sortant | NPAI         |
            | 2026-09-01 | visite    | sortant | sans réponse |"""
    )
    assert answer(rows, "2026-10-31", tmp_path, "decrochage") == ["Réponse à la tentative du 01/09/2026 (visite)"]
