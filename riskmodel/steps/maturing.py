"""What the list of one past Sunday was worth, counted once its window has closed: the score beside every simple rule, at equal
length, unit by unit, among the same rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import md5
from math import isnan
from typing import Any, Literal

import pandas as pd

from riskmodel import outcomes
from riskmodel.backtest import questions, rankers
from riskmodel.backtest.ties import UNKNOWN
from riskmodel.outcomes import Score
from riskmodel.score import PublishedTable, apply
from riskmodel.settings import Landlord
from riskmodel.weekly.selection import DRIFT_SHARE

Kind = Literal["servi", "rejoué"]
SCORE = "score"
HORIZON = questions.HORIZON
STRATA = {"derive": ("tous", "precoce", "avance"), "decrochage": ("tous",)}


@dataclass(frozen=True)
class Shown:
    """The rows that a frozen list showed for one score, drawn ones left out, and what had ordered them."""

    leases: frozenset[str]
    order: str


@dataclass(frozen=True)
class Past:
    """One past Sunday: what the lake says of it (`panel`, one day of outcomes.panel), the tables in force on it, who was helped
    since, what was shown, by score (None: no list existed, the tables are replayed), and the flags (lease, score) that a person's
    answer kept away: no order is judged on rows that none of them could have shown."""

    as_of: date
    panel: pd.DataFrame
    tables: Mapping[str, PublishedTable]
    landlord: Landlord
    treated: pd.DataFrame
    shown: Mapping[str, Shown] | None = None
    muted: frozenset[tuple[str, str]] = frozenset()

    @property
    def kind(self) -> Kind:
        """« servi » where a list was frozen, « rejoué » before the first one."""
        return "rejoué" if self.shown is None else "servi"


def records(past: Past) -> list[dict[str, Any]]:
    """Lines for the track record, one a score, order and stratum, in the register's columns."""
    return [line for name in past.tables for line in _of_score(past, name)]


def week_of(as_of: date) -> str:
    """The ISO week, « 2026-S43 », of the list that describes a Sunday."""
    year, week, _ = (as_of + timedelta(days=1)).isocalendar()
    return f"{year}-S{week:02d}"


def chosen(rows: pd.DataFrame, value: pd.Series, places: Mapping[str, int], week: str) -> pd.Series:
    """A mask on `rows`: in each unit, as many leases as it has places, the highest value first, ties settled by a lot that is the
    same for every order."""
    lots = [md5(f"{week}|{lease}".encode(), usedforsecurity=False).hexdigest() for lease in rows["lease_id"]]
    keyed = rows[["management_unit"]].assign(value=value.astype("Float64").fillna(float("-inf")), lot=lots)
    rank = keyed.sort_values(["value", "lot"], ascending=[False, True]).groupby("management_unit", sort=False).cumcount()
    return rank.reindex(rows.index) < rows["management_unit"].map(places).astype("float64").fillna(0)


def places(landlord: Landlord, units: pd.Series, score: str) -> dict[str, int]:
    """Rows of each unit that its capacity leaves to a score."""
    shares = {unit: landlord.rows_a_week(unit) for unit in units.unique()}
    return {unit: round(DRIFT_SHARE * k) if score == "derive" else k - round(DRIFT_SHARE * k) for unit, k in shares.items()}


def asked(panel: pd.DataFrame, score: str, treated: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows a list could rank on one day, with `label` and `lead_days` where the window is closed, and their features."""
    rows = questions.eligible(panel, score)
    known = questions.asked(panel, score, treated=treated)[["lease_id", "label", "lead_days"]]
    joined = rows.merge(known, on="lease_id", how="left")
    return joined.assign(label=joined["label"].fillna(UNKNOWN).astype("int64"))


def helped(past: Past) -> set[str]:
    """Leases that somebody decided to help within the window."""
    days = pd.to_datetime(past.treated["helped_on"])
    start = pd.Timestamp(past.as_of)
    return set(past.treated.loc[(days > start) & (days <= start + pd.Timedelta(days=HORIZON)), "lease_id"])


def happened(past: Past, score: Score) -> dict[str, tuple[int | None, bool]]:
    """What came of every lease of the day: its event (1, 0, None when it cannot be said), and whether help was decided."""
    label = outcomes.labels(past.panel, score, HORIZON)
    events = [None if pd.isna(value) else int(value) for value in label]
    those = helped(past)
    return {lease: (event, lease in those) for lease, event in zip(past.panel["lease_id"], events, strict=True)}


def _of_score(past: Past, name: str) -> Iterator[dict[str, Any]]:
    rows = asked(past.panel, name, past.treated)
    rows = rows.assign(is_helped=rows["lease_id"].isin(helped(past)))
    first = _first(past, name, rows)
    length = rows.loc[first, "management_unit"].value_counts().to_dict()
    first_by = past.shown[name].order if past.shown else SCORE
    week = week_of(past.as_of)
    free = rows[[(lease, name) not in past.muted for lease in rows["lease_id"]]]
    for model in (SCORE, *rankers.RULES[name]):
        listed = first if model == first_by else _best(free, _value(past, name, free, model), length, week, rows.index)
        head: dict[str, Any] = {
            "score": name,
            "as_of": past.as_of,
            "week": week_of(past.as_of),
            "kind": past.kind,
            "model": model,
        }
        head["version"] = past.tables[name].version if model == SCORE else ""
        head["is_served"] = past.shown is not None and model == first_by
        for stratum in STRATA[name]:
            inside = pd.Series(True, rows.index) if stratum == "tous" else rows["stratum"] == stratum
            yield head | {"stratum": stratum} | _counted(rows[inside], listed[inside])


def _best(free: pd.DataFrame, value: pd.Series, length: Mapping[str, int], week: str, index: pd.Index) -> pd.Series:
    return chosen(free, value, length, week).reindex(index, fill_value=False)


def _first(past: Past, name: str, rows: pd.DataFrame) -> pd.Series:
    """The rows that were shown; in a replay, those at the table's threshold or above that the capacity holds."""
    if past.shown is not None:
        return rows["lease_id"].isin(past.shown[name].leases)
    value = _value(past, name, rows, SCORE)
    kept = rows[value >= past.tables[name].minimum]
    within = chosen(kept, value[kept.index], places(past.landlord, rows["management_unit"], name), week_of(past.as_of))
    return within.reindex(rows.index, fill_value=False)


def _value(past: Past, name: str, rows: pd.DataFrame, model: str) -> pd.Series:
    if model == SCORE:
        return pd.Series(apply(past.tables[name], rows)["score"].to_numpy(), rows.index)
    return pd.Series(rankers.rank(rows, model).reindex(rows["lease_id"]).to_numpy(), rows.index)


def _counted(rows: pd.DataFrame, listed: pd.Series) -> dict[str, Any]:
    """Counts of one order: a row whose window was cut short, or whose household was helped, counts neither way."""
    known = rows["label"] != UNKNOWN
    hits = listed & (rows["label"] == 1)
    lead = float(rows.loc[hits, "lead_days"].median())
    return {
        "k": int(listed.sum()),
        "listed": int((listed & known).sum()),
        "hits": int(hits.sum()),
        "treated": int((listed & rows["is_helped"]).sum()),
        "events": int((rows["label"] == 1).sum()),
        "eligible": int(known.sum()),
        "lead_days": None if isnan(lead) else lead,
    }
