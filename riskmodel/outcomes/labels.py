"""From outcomes to labels: an event, a watch without one to its end, or a row that cannot be used, and why."""

from datetime import timedelta
from typing import Literal

import pandas as pd

from riskmodel.outcomes.calendar import CONFIRMED_DAYS

Score = Literal["derive", "decrochage"]
SCORES: tuple[Score, ...] = ("derive", "decrochage")
HORIZONS = (30, 90, 180)
COHORTS = {"derive": "in_drift", "decrochage": "in_contact"}
"""Whom a list may rank, by score."""

CENSORED = ("left_clear", "left_owing", "moved", "died", "objection", "plan", "frozen", "history_ends")
"""Why a row has neither an event nor a watch to the end."""


def labels(panel: pd.DataFrame, score: Score, horizon: int, treated: pd.DataFrame | None = None) -> pd.Series:
    """`Int8` on the index of `panel`: 1 an event within `horizon` days, 0 watched to the end without one, missing when the row
    cannot be used: out of the score's cohort, stopped or history over before the horizon closed (15 days after it), or treated.

    `treated` has `lease_id` and `helped_on`: a household helped within the horizon is neither an event nor a non-event.
    """
    watch = _watch(panel, score, horizon)
    label = pd.Series(pd.NA, index=panel.index, dtype="Int8")
    label = label.mask(watch == "watched", 0).mask(watch == "event", 1)
    return label if treated is None else label.mask(_is_treated(panel, horizon, treated))


def counts(panel: pd.DataFrame, score: Score, horizon: int) -> dict[str, int]:
    """How many rows of the score's cohort have an event, none, or a reason for neither: `events`, `non_events` and each code of
    CENSORED, always all of them; their sum is the cohort."""
    found = _watch(panel, score, horizon).value_counts()
    names = {"events": "event", "non_events": "watched"} | {code: code for code in CENSORED}
    return {name: int(found.get(state, 0)) for name, state in names.items()}


def _watch(panel: pd.DataFrame, score: Score, horizon: int) -> pd.Series:
    """`event`, `watched` or a code of CENSORED; missing out of the cohort."""
    as_of, event, end, known = (
        pd.to_datetime(panel[name]) for name in ("as_of", f"{score}_on", f"{score}_end_on", "known_until")
    )
    closes = as_of + timedelta(days=horizon + CONFIRMED_DAYS)
    state = pd.Series("watched", index=panel.index, dtype="object")
    state = state.mask(end < closes, panel[f"{score}_end"].astype("object"))
    state = state.mask(event <= as_of + timedelta(days=horizon), "event")
    state = state.mask((known < closes) & (state.isin(["watched", "event"])), "history_ends")
    return state.where(panel[COHORTS[score]].astype("boolean").fillna(False).astype(bool), pd.NA)


def _is_treated(panel: pd.DataFrame, horizon: int, treated: pd.DataFrame) -> pd.Series:
    """Whether help of the same lease began within the horizon of the row."""
    asked = pd.DataFrame({"lease_id": panel["lease_id"], "as_of": pd.to_datetime(panel["as_of"]), "row": range(len(panel))})
    helped = treated.assign(helped_on=pd.to_datetime(treated["helped_on"]))[["lease_id", "helped_on"]]
    met = asked.merge(helped, on="lease_id")
    within = (met["helped_on"] > met["as_of"]) & (met["helped_on"] <= met["as_of"] + timedelta(days=horizon))
    return pd.Series(asked["row"].isin(met.loc[within, "row"]).to_numpy(), index=panel.index)
