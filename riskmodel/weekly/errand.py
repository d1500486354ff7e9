"""Calls that no score and no date ask for: a debt or a request nobody followed, benefit that stays away, an old charge.

None of them says that a household is at risk; each says that somebody should call, and about what.
"""

from typing import Any

import pandas as pd

from riskmodel.score.french import counted, euros
from riskmodel.weekly.cohort import FEWEST_TERMS, ONE_TERM, SOME_DEBT_TERMS, is_flagged_by_balance, sure


def errands(stock: pd.DataFrame) -> pd.Series:
    """What to call about, in a French sentence, on the index of `stock`; missing where there is nothing."""
    flagged = is_flagged_by_balance(stock) & sure(stock["overdue_terms"] < ONE_TERM)
    late = flagged & sure(stock["benefit_late_months"] > 0) & sure(stock["benefit_gap_cents"] > 0)
    technical = flagged & sure(stock["technical_cents"] >= SOME_DEBT_TERMS * stock["net_term_cents"])
    owes = sure(stock["overdue_terms"] >= SOME_DEBT_TERMS) & sure(stock["due_terms"] >= FEWEST_TERMS)
    alone = sure(stock["is_to_contact"]) & (owes | sure(stock["obligations_unmet"] > 0))
    errand = pd.Series(pd.NA, index=stock.index, dtype="object")
    for mask, sentence in ((technical, _technical), (late, _late_benefit), (alone, _never_called)):
        errand = errand.mask(mask, pd.Series({lease: sentence(row) for lease, row in stock[mask].iterrows()}, dtype="object"))
    return errand


def _technical(row: pd.Series) -> str:
    return f"Régularisation, SLS provisoire ou frais : {euros(row['technical_cents'])} encore dus. Proposer un échéancier."


def _late_benefit(row: pd.Series) -> str:
    months = counted(row["benefit_late_months"], "mois d'aide au logement non reçu", "mois d'aide au logement non reçus")
    return f"{months} ({euros(row['benefit_gap_cents'])}) : voir les droits avec la CAF ou la MSA."


def _never_called(row: pd.Series) -> str:
    debt = [f"dette courante de {euros(row['overdue_cents'])}"] if _known(row["overdue_terms"]) >= SOME_DEBT_TERMS else []
    unmet = _known(row["obligations_unmet"])
    asked = [counted(int(unmet), "demande sans suite", "demandes sans suite")] if unmet else []
    return f"Aucune tentative depuis 180 jours, aucun échange depuis un an : {' et '.join(debt + asked)}."


def _known(value: Any) -> Any:
    """A figure in which "unknown" counts as none."""
    return 0 if pd.isna(value) else value
