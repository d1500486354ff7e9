"""Who is asked about on each day, and what happened to them: the rows that every order is judged on, the same for all."""

import pandas as pd

from riskmodel import outcomes
from riskmodel.backtest.ties import UNKNOWN

COHORTS: dict[str, tuple[outcomes.Score, ...]] = {
    "derive": ("derive",),
    "decrochage": ("decrochage",),
    "commun": ("derive", "decrochage"),
}
"""The scores behind each question; « commun » is one list for both."""

ELIGIBLE = {"derive": "in_drift", "decrochage": "in_contact"}
HORIZON = 90
"""Days in which the event is looked for, unless another horizon is asked for."""

CLOSING_DAYS = 15
"""Days that a debt has to stay before it is an event: a window closes that much after its horizon."""

KEPT = ["as_of", "lease_id", "household_id", "stratum"]


def eligible(panel: pd.DataFrame, score: str) -> pd.DataFrame:
    """The rows of `panel` that a list may rank, whatever orders them, with `as_of` as a timestamp."""
    mask = pd.concat([_sure(panel[ELIGIBLE[part]]) for part in COHORTS[score]], axis=1).any(axis=1)
    return panel[mask].assign(as_of=pd.to_datetime(panel.loc[mask, "as_of"]))


def asked(panel: pd.DataFrame, score: str, horizon: int = HORIZON, treated: pd.DataFrame | None = None) -> pd.DataFrame:
    """Eligible rows with `label` (1 event, 0 none, UNKNOWN cut short or helped) and `lead_days` from the day to the event.

    Days on which no window is closed are left out. In « commun » one event of either kind is enough, and both questions put to a
    household must have been watched to the end for a 0.
    """
    rows = eligible(panel, score)
    labels = pd.concat([_labels(rows, part, horizon, treated) for part in COHORTS[score]], axis=1)
    leads = pd.concat([_lead_days(rows, part) for part in COHORTS[score]], axis=1)
    label = labels.max(axis=1).mask((labels == UNKNOWN).any(axis=1) & (labels.max(axis=1) < 1), UNKNOWN)
    found = rows[KEPT].assign(label=label.astype("int64"), lead_days=leads.where(labels == 1).min(axis=1))
    closed = found.groupby("as_of")["label"].transform("max") > UNKNOWN
    return found[closed].reset_index(drop=True)


def stock_sizes(panel: pd.DataFrame) -> pd.DataFrame:
    """Leases of each day, in all (« tous ») and by stratum, whether or not they are eligible."""
    by_stratum = panel.assign(as_of=pd.to_datetime(panel["as_of"])).groupby(["as_of", "stratum"]).size().unstack(fill_value=0)
    whole = panel.groupby(pd.to_datetime(panel["as_of"])).size()
    return by_stratum.assign(tous=whole).reindex(columns=["tous", "precoce", "avance"], fill_value=0)


def _labels(rows: pd.DataFrame, score: outcomes.Score, horizon: int, treated: pd.DataFrame | None) -> pd.Series:
    """One column a score; a household the question is not put to has neither event nor unknown."""
    label = outcomes.labels(rows, score, horizon, treated).astype("Int64").fillna(UNKNOWN).astype("int64")
    return label.where(_sure(rows[ELIGIBLE[score]]), 0).rename(score)


def _lead_days(rows: pd.DataFrame, score: str) -> pd.Series:
    return (pd.to_datetime(rows[f"{score}_on"]) - rows["as_of"]).dt.days.astype("float64").rename(score)


def _sure(mask: pd.Series) -> pd.Series:
    return mask.astype("boolean").fillna(False).astype(bool)
