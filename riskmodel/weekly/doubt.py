"""Households about which the data do not let anything be said. Doubt is not risk: they stand on a tab of their own."""

from typing import Any

import pandas as pd

from riskmodel.score.french import counted, euros
from riskmodel.weekly.cohort import FEWEST_TERMS, is_flagged_by_balance, is_really_unpaid, sure


def doubts(stock: pd.DataFrame) -> pd.Series:
    """The doubt in a French sentence, on the index of `stock`; missing where the ledger can be read.

    A household that really owes a net term with a known right needs no longer history to be spoken of.
    """
    doubt = pd.Series(pd.NA, index=stock.index, dtype="object")
    short = (sure(stock["due_terms"] < FEWEST_TERMS) | sure(stock["judged_terms"] < FEWEST_TERMS)) & ~is_really_unpaid(stock)
    gap = sure(stock["erp_gap_cents"] != 0)
    doubt = doubt.mask(short, stock["judged_terms"].map(_too_short))
    return doubt.mask(gap, stock["erp_gap_cents"].map(_gap))


def is_in_question(stock: pd.DataFrame, minimum: int) -> pd.Series:
    """Whether the doubt matters: the balance or the score would flag the household, or the gap alone is a net term."""
    big_gap = sure(stock["erp_gap_cents"].abs() >= stock["net_term_cents"])
    return is_flagged_by_balance(stock) | sure(stock["derive"] >= minimum) | big_gap


def _too_short(judged: Any) -> str:
    known = "aucun terme jugé" if pd.isna(judged) or judged == 0 else counted(judged, "terme jugé", "termes jugés")
    return f"Historique trop court : {known}, il en faut {FEWEST_TERMS} pour lire un rythme de paiement."


def _gap(cents: Any) -> str | None:
    if pd.isna(cents):
        return None
    return f"Le solde de l'ERP s'écarte de {euros(cents)} de la somme des écritures : compte à vérifier avant tout contact."
