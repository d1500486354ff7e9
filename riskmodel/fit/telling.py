"""What whoever approves a proposed table should know, in French sentences."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from riskmodel.fit.catalogue import Candidate
from riskmodel.fit.choosing import NEAR

YEAR_OF_DAYS = 13


def notes(
    judged: pd.DataFrame, every: Sequence[Candidate], chosen: Candidate, lost: pd.DataFrame, content: dict[str, Any]
) -> tuple[str, ...]:
    """The sentences, most important first."""
    days = content["training"]["days"]
    told = [
        f"Candidate retenue : {chosen.name}, {len(content['input'])} entrées. Règle : le moins de lignes, parmi celles qui "
        f"restent le plus souvent à {points(NEAR)} de la meilleure sur {judged['as_of'].nunique()} dates d'essai.",
        _regret(lost),
        _actions(judged, every),
        f"Ajustée sur {len(days)} dates, du {days[0]:%d/%m/%Y} au {days[-1]:%d/%m/%Y}, "
        f"{content['training']['events']} événements.",
    ]
    if len(days) < YEAR_OF_DAYS:
        told.append("Moins d'une année de dates : les saisons (régularisations, rentrée, fin d'année) ne sont pas toutes vues.")
    silent = [entry.label for entry in chosen.entries if entry.feature not in {i["feature"] for i in content["input"]}]
    if silent:
        told.append(f"Entrées essayées qui n'ajoutent aucun point, non imprimées : {', '.join(silent)}.")
    return tuple(sentence for sentence in told if sentence)


def points(share: float) -> str:
    """« 2,0 points », « −0,3 point »: a difference of shares, in hundredths; the plural begins at two."""
    hundredths = round(100 * share, 1)
    return f"{hundredths:.1f} {'points' if abs(hundredths) >= 2 else 'point'}".replace(".", ",").replace("-", "−")


def _regret(lost: pd.DataFrame) -> str:
    if lost.empty:
        return "Regret de la règle : inconnu, aucune date d'essai n'en suit une autre déjà close."
    return (
        f"Regret de la règle sur {len(lost)} dates passées : {points(lost['regret'].mean())} de précision en moyenne, "
        f"{points(lost['regret'].max())} au pire."
    )


def _actions(judged: pd.DataFrame, every: Sequence[Candidate]) -> str:
    """What the inputs that the landlord's acts alone can raise would have brought, same cuts and penalty."""
    means = judged.groupby("candidate")["precision"].mean()
    pairs = [(c.name, c.name.replace("avec-actions", "complet")) for c in every if not c.is_eligible]
    if not pairs:
        return ""
    gain = sum(means[with_] - means[without] for with_, without in pairs) / len(pairs)
    return (
        "Entrées que les seuls actes du bailleur peuvent faire monter : laissées de côté ; "
        f"avec elles, la précision aurait changé de {points(gain)} en moyenne."
    )
