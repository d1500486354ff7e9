"""Accounts that the tests of explanations share: a year of rent paid until July 2026, then what went wrong."""

from tests.lakes import Rows
from tests.spec.drawing import household

RENT = """
    | valeur                  | écriture    | montant | période | réf | annule |
    | 2025-08-05 à 2026-10-05 | loyer       |  400,00 | mois    |     |        |
    | 2025-08-07 à 2026-07-07 | prélèvement | -400,00 |         |     |        |
"""
AIDED = """
    | valeur                  | écriture    | montant | période | réf | annule |
    | 2025-08-05 à 2026-10-05 | loyer       |  400,00 | mois    |     |        |
    | 2025-08-25 à 2026-07-25 | APL         | -250,00 | mois    |     |        |
    | 2025-08-07 à 2026-10-07 | prélèvement | -150,00 |         |     |        |
"""
SILENT = """
    | le               | canal     | sens    | issue              |
    | 2026-02-01       | téléphone | entrant | joint              |
    | 2026-08-03 10:00 | téléphone | sortant | sans réponse       |
    | 2026-08-20 10:00 | lettre    | sortant | NPAI               |
    | 2026-09-10 09:00 | SMS       | sortant | message            |
    | 2026-09-10 15:00 | visite    | sortant | sans réponse       |
    | 2026-09-24 10:00 | accueil   | sortant | rendez-vous manqué |
"""
UNMET = """
    | demande     | envoyée    | pour le    | relance    |
    | assurance   | 2026-03-01 | 2026-04-01 | 2026-04-15 |
    | enquête OPS | 2026-05-01 | 2026-06-01 | 2026-06-15 |
"""
PLAN = """
    | cadre   | signé      | première   | échéance | nombre | dette  |
    | amiable | 2026-05-20 | 2026-06-10 |    50,00 |     12 | 600,00 |
"""
BREAK = """
    | mois du droit     | droit  | état     | su le      |
    | 2025-08 à 2026-07 | 250,00 |          | 2025-08-20 |
    | 2026-08           | 250,00 | suspendu | 2026-08-20 |
    | 2026-09           | 100,00 |          | 2026-09-20 |
"""


def renter(*lines: str, account: str = RENT, **drawn: str) -> Rows:
    """The household B1 with these lines of ledger besides, and other tables as drawn."""
    return household(entries=account + "\n".join(lines), **drawn)
