"""Proof over rules: the score serves while it is at least as good as the best simple rule at the team's capacity.

The best rule is chosen on the very days it is then compared on, which favours it: the doubt is given to the rule.
"""

from dataclasses import dataclass, field
from math import isnan

import pandas as pd

from riskmodel.backtest.figures import SHARES
from riskmodel.backtest.intervals import Paired, paired, precisions
from riskmodel.backtest.labels import BEST_UNION, HAPPENED, SAME, counted_points, label, percent, points
from riskmodel.backtest.rankers import RULES


@dataclass(frozen=True)
class Verdict:
    """Which order `serves` (« score » or a ranker's name), against which best `rule`, by what mean difference in precision at
    capacity over how many days; `shares` are the differences at shares of the stock; `sentence` says it in French."""

    serves: str
    rule: str
    difference: float
    low: float
    high: float
    days: int
    sentence: str
    shares: dict[str, Paired] = field(default_factory=dict)


def best_rule(figures: pd.DataFrame, cut: str = "capacite", *, stratum: str = "tous") -> str:
    """The simple rule with the highest mean precision over the days; chance is not a rule, nor are fitted yardsticks.

    For one list of both questions the best rules of each in turn count as one, where they were measured. On equal means the first
    in the order of `rankers.RULES`, so that the answer does not depend on the order of rows.
    """
    rules = [name for name in (*RULES[str(figures["score"].iloc[0])], BEST_UNION) if name != "random"]
    means = precisions(figures, cut, stratum=stratum).mean().reindex(rules)
    return str(means.round(12).fillna(-1.0).idxmax())


def verdict(figures: pd.DataFrame, model: str, *, listed: pd.DataFrame | None = None) -> Verdict:
    """Whether `model` or the best simple rule serves, from the figures of one score.

    The score serves while its mean paired difference is zero or more; without a day to compare, it serves and nothing is proven.
    """
    rule = best_rule(figures)
    found = paired(figures, model, rule, listed=listed)
    serves = rule if found.mean < -SAME else "score"
    shares = {cut: paired(figures, model, rule, cut) for cut in SHARES}
    sentence = _sentence(figures, model, rule, found)
    return Verdict(serves, rule, found.mean, found.low, found.high, found.n_days, sentence, shares)


def _sentence(figures: pd.DataFrame, model: str, rule: str, found: Paired) -> str:
    if not found.n_days:
        return "Aucune semaine passée n'est encore mûre : rien n'est prouvé, le score sert en attendant."
    score = str(figures["score"].iloc[0])
    both = precisions(figures)[[model, rule]].dropna().mean()
    return (
        f"Sur {found.n_days}\u00a0dimanche{'s' if found.n_days > 1 else ''}, à la capacité de l'équipe, {percent(both[model])} "
        f"des ménages listés par le score {HAPPENED[score]} dans les {int(figures['horizon'].iloc[0])}\u00a0jours, contre "
        f"{percent(both[rule])} avec la meilleure règle simple ({label(rule)}). Écart\u00a0: {counted_points(found.mean)}"
        f"{_interval(found)} {'La règle sert.' if found.mean < -SAME else 'Le score sert.'}"
    )


def _interval(found: Paired) -> str:
    if isnan(found.low):
        return ", sans intervalle (trop peu de jours)."
    doubt = " ; l'intervalle contient zéro, l'écart n'est pas établi" if found.low <= 0 <= found.high else ""
    return f", intervalle à 95\u00a0% de {points(found.low)} à {points(found.high)}{doubt}."
