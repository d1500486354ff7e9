"""One row a day and household asked: what the list said of it, what happened, what was done. Never written, only counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Day:
    """One matured day of one score. `asked`: the rows a list could rank, with `label` (1, 0, below 0 when it cannot be said) and
    `lead_days`; `points` and `probability` on its index; `listed`: leases on the list for themselves. On a day that was served,
    `decided` tells for each decided lease whether help followed, and `drawn` the chance of each drawn lease."""

    as_of: date
    asked: pd.DataFrame
    points: pd.Series
    probability: pd.Series
    listed: Collection[str]
    listed_before: Collection[str]
    is_served: bool
    decided: Mapping[str, bool] = field(default_factory=dict)
    drawn: Mapping[str, float] = field(default_factory=dict)


def standing(day: Day, contacts: pd.DataFrame) -> pd.DataFrame:
    """The rows `fairness` and `calibration` read.

    A household that was helped counts as one that needed it (`event` 1), or the best helped groups would look missed; the
    announced probability is judged without it (`outcome` missing).
    """
    asked = day.asked
    leases = asked["lease_id"]
    helped = leases.map(dict(day.decided)).astype("boolean")
    label = asked["label"].astype("Int64")
    outcome = label.where(label >= 0).mask(helped.fillna(False))
    own = contacts[contacts["as_of"] == day.as_of].set_index("lease_id")
    return pd.DataFrame(
        {
            "as_of": day.as_of,
            "lease_id": leases,
            "household_id": asked["household_id"],
            "score": day.points.astype("int64"),
            "probability": day.probability,
            "listed": leases.isin(set(day.listed)),
            "repeated": leases.isin(set(day.listed_before)),
            "event": outcome.mask(helped.fillna(False), 1),
            "outcome": outcome,
            "lead_days": asked["lead_days"],
            "attempts": leases.map(own["attempts"]).fillna(0).astype("int64"),
            "answers": leases.map(own["answers"]).fillna(0).astype("int64"),
            "helped": helped,
            "weight": _weights(day, leases),
        }
    )


def _weights(day: Day, leases: pd.Series) -> pd.Series:
    """1 where everyone's outcome is known because nobody acted on the list. On a served day, 1 for the listed, the inverse of
    their chance for the drawn, 0 for the others; 0 for all when nothing was drawn: recall is then refused."""
    if not day.is_served:
        return pd.Series(1.0, leases.index)
    if not day.drawn:
        return pd.Series(0.0, leases.index)
    chances = leases.map(dict(day.drawn)).astype("float64")
    return (1 / chances).fillna(0.0).mask(leases.isin(set(day.listed)), 1.0)
