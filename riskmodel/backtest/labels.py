"""French names of what is compared, as figures, sentences and reports print them."""

from riskmodel.backtest.rankers import NAMES

FITTED = {"logistic": "régression logistique à quatre variables", "tree": "arbre de profondeur trois"}
"""Yardsticks fitted on the training dates: shown beside the rules, never served."""

BEST_UNION = "union_best"
"""For one list of both questions: the best simple rule of each, taken in turn."""

HAND_SET = "pose"
MODELS = {
    HAND_SET: "table posée à la main",
    "points": "table ajustée",
    "hgb": "arbres boostés, sans contrainte",
    "hgb_monotone": "arbres boostés, monotones",
    "points_menages": "table ajustée, ménages jamais vus",
    "hgb_menages": "arbres boostés, ménages jamais vus",
    "hgb_monotone_menages": "arbres boostés monotones, ménages jamais vus",
}
SCORES = {"derive": "dérive d'impayé", "decrochage": "décrochage", "commun": "liste commune"}
HAPPENED = {"derive": "ont dérivé", "decrochage": "ont décroché", "commun": "ont dérivé ou décroché"}
STRATA = {"tous": "tous", "precoce": "précoce (moins d'un terme)", "avance": "avancé (un à deux termes)"}
CUTS = {"capacite": "capacité", "1%": "1 % du stock", "2%": "2 % du stock", "5%": "5 % du stock", "10%": "10 % du stock"}


SAME = 1e-9
"""Two mean precisions nearer than that are equal: sums of the same figures in another order."""


def label(model: str) -> str:
    """The French name of a ranker, of a fitted yardstick or of a model."""
    return (NAMES | FITTED | MODELS | {BEST_UNION: "la meilleure règle de chaque question, à tour de rôle"})[model]


def percent(value: float) -> str:
    """`0.412` gives « 41,2 % »."""
    return f"{100 * value:.1f}\u00a0%".replace(".", ",")


def points(value: float) -> str:
    """A difference between two precisions, signed, in hundredths: `-0.004` gives « −0,4 »."""
    return f"{'−' if value < -SAME else '+'}{abs(100 * value):.1f}".replace(".", ",")


def counted_points(value: float) -> str:
    """The same with its noun: the plural begins at two, « +1,9 point », « −2,0 points »."""
    return f"{points(value)}\u00a0{'point' if round(1000 * abs(value)) < 20 else 'points'}"
