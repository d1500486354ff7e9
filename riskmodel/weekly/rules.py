"""A tab that a simple rule orders: what the rule saw of each household, in a sentence, without points."""

from typing import Any

import pandas as pd

from riskmodel.score.french import fill, placeholders

SEEN: dict[str, str] = {
    "balance": "Solde exigible de {legal_cents}",
    "balance_terms": "Solde exigible de {legal_cents}, soit {legal_terms}",
    "debt_age": "Plus ancien terme impayé : échéance du {oldest_unpaid_on}, jours écoulés : {oldest_unpaid_days}",
    "rising": "Solde exigible de {legal_terms}, en hausse de {debt_rise_3_terms} sur trois mois",
    "unpaid_6": "Termes non soldés à temps sur les 6 derniers : {unpaid_terms_6}",
    "unpaid_12": "Termes non soldés à temps sur les 12 derniers : {unpaid_terms_12}",
    "first_miss": "Dette courante de {overdue_cents} ; termes non soldés à temps sur les 12 derniers : {unpaid_terms_12}",
    "payment_silence": "Jours depuis le dernier paiement : {days_since_payment}",
    "paid_less": (
        "Part payée des 3 derniers termes : {paid_share_3} % ; recul du jour de paiement : {payment_delay_drift_days} j ; "
        "plans rompus dans l'année : {plans_broken_365d}"
    ),
    "plan_missed": "Échéances de plan manquées : {plan_missed}",
    "statutory": "Solde exigible de {legal_cents}, soit {legal_terms}",
    "silence": "Jours depuis le dernier échange : {days_since_two_way} ; tentatives en six mois : {attempts_180d}",
    "unanswered": "Demandes sans suite : {obligations_unmet} ; courriers revenus en un an : {mail_returned_365d}",
}
"""The household's figures that each rule reads, by the rule's name; a rule that is not here shows its label alone."""


def said(rule: str, label: str, household: dict[str, Any]) -> str:
    """Why a rule shows a household: its label, then the household's own figures as far as they are known."""
    head = f"Règle « {label} »"
    parts = [part for part in SEEN.get(rule, "").split(" ; ") if part and _is_known(part, household)]
    return f"{head} : {' ; '.join(fill(part, household) for part in parts)}." if parts else f"{head}."


def _is_known(part: str, household: dict[str, Any]) -> bool:
    return not any(pd.isna(household[name]) for name in placeholders(part))
