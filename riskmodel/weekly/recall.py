"""How much of what happened the lists had seen: estimated from drawn rows, each counting for those it was drawn among.

A row is *positive* when the event came within the horizon, or when a reviewer decided to help: a help decision may be the very
reason why nothing happened, and the person who decided had seen a need. A row whose outcome cannot be said, and that nobody
helped, is left out.
"""

from dataclasses import dataclass, replace

import pandas as pd
from scipy.special import gammaincinv, ndtri

FEWEST_ROWS = 30
"""Below, a share is "too few to say". The number of rows is fixed before outcomes: refusing on it bends no estimate."""
CONFIDENCE = 0.95
NO_DRAW = "Rappel non calculé : aucune ligne tirée au sort n'est encore échue, rien ne dit combien de ménages la liste manque."
NOTHING_TO_FIND = (
    "Rappel non calculé : aucun événement parmi les ménages listés ni parmi les tirés au sort, rien n'était à retrouver."
)


@dataclass(frozen=True)
class Interval:
    """A share between 0 and 1 with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """What matured lists were worth. A figure that cannot be said is None, and `refusal` says in a sentence why there is no
    recall: never 0, never a blank."""

    listed: int
    hits: int
    drawn: int
    drawn_hits: int
    precision: Interval | None = None
    base_rate: Interval | None = None
    recall: Interval | None = None
    refusal: str | None = None


def estimate(rows: pd.DataFrame) -> Estimate:
    """Precision among rows listed for themselves, base rate and recall of one score, from the rows of matured lists.

    `rows`: one row a household shown, inside the score's cohort: `is_drawn`, `probability` (its chance of being drawn; 1 for a
    row listed for itself), `event` (1, 0 or missing), `is_helped`. The base rate is Hájek's ratio (sum of 1/chance of the
    positive rows over that of all rows, a listed row counting for 1); recall is the listed positives over the estimated total.
    Their intervals are those of a weighted sum of rare counts (Tiwari, Clegg and Zou 2006, with a binomial variance): they stay
    honest when two drawn rows, or none, are positive. Precision's is Wilson's.
    """
    known = rows[rows["event"].notna() | rows["is_helped"].astype(bool)]
    positive = known["event"].eq(1).fillna(False).astype(bool) | known["is_helped"].astype(bool)
    is_drawn = known["is_drawn"].astype(bool)
    listed, hits, drawn_hits = int((~is_drawn).sum()), int(positive[~is_drawn].sum()), int(positive[is_drawn].sum())
    precision = wilson(hits, listed) if listed >= FEWEST_ROWS else None
    counted = Estimate(listed, hits, int(is_drawn.sum()), drawn_hits, precision)
    if counted.drawn < FEWEST_ROWS:
        return replace(counted, refusal=_too_few(counted.drawn))
    return _with_recall(counted, _missed(known[is_drawn], positive[is_drawn]), (1 / known.loc[is_drawn, "probability"]).sum())


def _with_recall(counted: Estimate, missed: tuple[float, float, float], households: float) -> Estimate:
    """`missed` and `households`: positives and households that were not listed, as estimated from the draws."""
    base = Interval(*(min((counted.hits + number) / (counted.listed + households), 1.0) for number in missed))
    if not counted.hits and not counted.drawn_hits:
        return replace(counted, base_rate=base, refusal=NOTHING_TO_FIND)
    value, low, high = missed
    found = (counted.hits / (counted.hits + number) if counted.hits else 0.0 for number in (value, high, low))
    return replace(counted, base_rate=base, recall=Interval(*found))


def _too_few(drawn: int) -> str:
    return (
        f"Rappel : trop peu pour le dire ({drawn} lignes tirées au sort et échues, il en faut {FEWEST_ROWS})."
        if drawn
        else NO_DRAW
    )


def wilson(hits: int, total: int) -> Interval:
    """A share and its Wilson interval."""
    z2 = float(ndtri((1 + CONFIDENCE) / 2)) ** 2
    share = hits / total
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = (z2 * share * (1 - share) / total + z2**2 / (4 * total**2)) ** 0.5 / (1 + z2 / total)
    return Interval(share, max(middle - half, 0.0), min(middle + half, 1.0))


def _missed(drawn: pd.DataFrame, positive: pd.Series) -> tuple[float, float, float]:
    """Positives among households that were not listed, with their interval: a gamma law of the same mean and variance, whose
    upper end supposes one more positive of average weight. A row drawn with certainty is known, and varies by nothing."""
    weights = 1 / drawn["probability"].astype(float)
    variance = weights * (weights - 1)
    if not variance.any():
        return (float(positive.sum()),) * 3
    total = float(weights[positive].sum())
    spread = float(variance[positive].sum()) * (1 - total / (float(weights.sum()) + 1))
    low, high = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    return total, _gamma(total, spread, low), _gamma(total + float(weights.mean()), spread + float(variance.mean()), high)


def _gamma(mean: float, variance: float, share: float) -> float:
    """Quantile of the gamma law of this mean and variance."""
    return float(variance / mean * gammaincinv(mean**2 / variance, share)) if variance else mean
