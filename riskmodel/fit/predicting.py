"""What each model would have said of each household on past days, from what could be learned by then."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from riskmodel.fit.catalogue import reference
from riskmodel.fit.choosing import FEWEST_EVENTS
from riskmodel.fit.history import EVENT, History, history
from riskmodel.fit.shadow import MODELS, predicted
from riskmodel.fit.threads import one_thread
from riskmodel.outcomes import Score


@one_thread()
def predictions(
    panel: pd.DataFrame,
    score: Score,
    test_days: Sequence[date],
    *,
    models: Sequence[str] = MODELS,
    by_household: bool,
    horizon: int = 90,
    treated: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Probability of the event within `horizon` for everyone in the score's cohort on each test day: `as_of`, `lease_id`,
    `model`, `value`.

    For a test day T every model is fitted only on rows with as_of + horizon + 15 days ≤ T and, when `by_household`, on none of
    the households it answers for (five folds). "points" is the reference candidate of the catalogue, so that no choice made
    on these days flatters it. A day before which fewer than thirty events and as many non-events were known gives no row.
    """
    candidate = reference(score)
    known = history(panel, score, candidate.entries, treated)
    wanted = [day for day, as_of in enumerate(known.days) if as_of in set(test_days) and _can_learn(known, as_of, horizon)]
    parts = [
        _answers(known, day, model, predicted(known, candidate, day, model, horizon, by_household))
        for day in wanted
        for model in models
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["as_of", "lease_id", "model", "value"])


def _answers(known: History, day: int, model: str, value: np.ndarray) -> pd.DataFrame:
    leases = known.lease[known.day == day]
    return pd.DataFrame({"as_of": known.days[day], "lease_id": leases, "model": model, "value": value})


def _can_learn(known: History, test_day: date, horizon: int) -> bool:
    return all(min(counts) >= FEWEST_EVENTS for counts in _seen(known, test_day, horizon))


def _seen(known: History, test_day: date, horizon: int) -> Iterator[tuple[int, int]]:
    """Events and non-events known by a day, for the table's own horizon and for the one asked."""
    for asked in {90, horizon}:
        outcome = known.outcome[asked][known.rows(asked, known.known_by(asked, test_day))]
        yield int((outcome == EVENT).sum()), int((outcome != EVENT).sum())
