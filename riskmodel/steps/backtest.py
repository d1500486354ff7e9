"""What scores, challengers and simple rules would have been worth on a landlord's past Sundays, written as files of figures."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel import backtest, fit, outcomes, register
from riskmodel.backtest import calibration, comparing, figures, fitted, questions, rankers, telling
from riskmodel.backtest.labels import BEST_UNION, HAND_SET
from riskmodel.backtest.sheet import sheet
from riskmodel.errors import NothingKnown
from riskmodel.register import decisions
from riskmodel.score import apply, published
from riskmodel.settings import Landlord, Settings
from riskmodel.steps.capacity import landlord_on
from riskmodel.steps.maturing import places
from riskmodel.steps.source import source

TRAINING_DAYS = 15
"""Sundays measured before the first test day, for what is fitted: the first four have windows still open on it."""

SCORES = outcomes.SCORES
SERVABLE = (HAND_SET, "points")
"""Models a verdict is given on: those whose kind can serve a list."""

PROBABILITIES = (
    *("points", "hgb", "hgb_monotone", "points_menages", "hgb_menages", "hgb_monotone_menages"),
    *("logistic", "tree"),
)
CLOSING = timedelta(days=questions.HORIZON + questions.CLOSING_DAYS)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Past:
    """All that a backtest reads: the landlord, its newest delivery, past days with what came next, test days, who was helped."""

    landlord: Landlord
    last_delivery: date
    panel: pd.DataFrame
    test_days: list[date]
    treated: pd.DataFrame

    def capacity(self, score: str) -> int:
        """Rows a week of all teams together: those for one score, or all of them for one list of both."""
        units = self.panel.loc[self.panel["as_of"] == self.test_days[-1], "management_unit"]
        return sum(sum(places(self.landlord, units, name).values()) for name in (SCORES if score == "commun" else (score,)))


@dataclass(frozen=True)
class Measured:
    """Figures of one question and what is read from them."""

    figures: pd.DataFrame
    comparisons: pd.DataFrame
    calibration: pd.DataFrame
    regret: pd.DataFrame
    verdicts: pd.DataFrame
    leads: pd.DataFrame
    spread: pd.DataFrame


def run(settings: Settings, landlord_id: str, days: int = 13, *, progress: Progress | None = None) -> dict[str, Any]:
    """Measure the last `days` four-weekly Sundays whose 90-day window is closed and write the files of docs/backtest.md; the
    folder, the days and the frames back.

    `progress` is told a stage in French and how much of it is done. The same deliveries give the same figures. Raises
    NothingKnown without a delivery, or without a closed Sunday.
    """
    past = read_past(settings, landlord_id, days, progress)
    measured = dict(measures(past, progress))
    folder = settings.outputs / landlord_id / "backtest" / past.last_delivery.isoformat()
    write(past, measured, folder)
    return {"folder": folder, "days": past.test_days, "landlord": past.landlord, "measured": measured}


def read_past(settings: Settings, landlord_id: str, days: int, progress: Progress | None = None) -> Past:
    """The panel of test days and of the days before them, each day measured once and kept."""
    pinned, last_delivery = source(settings, landlord_id)
    calendar = outcomes.sundays(last_delivery, days + TRAINING_DAYS + 4)
    closed = [day for day in calendar if day + CLOSING <= last_delivery]
    wanted = closed[-(days + TRAINING_DAYS) :]
    folder = settings.runs / landlord_id / "histoire" / last_delivery.isoformat()
    panel = outcomes.panel(pinned, wanted, last_delivery, folder, _stage(progress, "Jours passés mesurés"))
    asked = {day for day, rows in panel.groupby("as_of") if rows["in_drift"].any() or rows["in_contact"].any()}
    test_days = [day for day in wanted[-days:] if day in asked]
    if not test_days:
        raise NothingKnown(
            f"{landlord_id} : aucun dimanche passé dont la fenêtre de 90 jours soit close. Revenez avec plus d'historique."
        )
    with register.open_register(settings.register_url)() as session:
        treated = decisions.treated(session, landlord_id)
    return Past(landlord_on(settings, landlord_id, last_delivery), last_delivery, panel, test_days, treated)


def measures(past: Past, progress: Progress | None = None) -> Iterator[tuple[str, Measured]]:
    """Drift, contact, then one list for both."""
    told = _stage(progress, "Questions mesurées")
    values: dict[outcomes.Score, pd.DataFrame] = {}
    for done, score in enumerate(SCORES, start=1):
        own = model_values(past, score)
        found = measure(past, score, own)
        values[score] = pd.concat([own, _best_rule(past, score, found.figures)])
        yield score, found
        if told:
            told(done, 3)
    yield "commun", measure(past, "commun", joint_values(past, values))
    if told:
        told(3, 3)


def model_values(past: Past, score: outcomes.Score) -> pd.DataFrame:
    """Values of the hand-set table, of fitted tables and challengers (by time; by time and household), and of the yardsticks."""
    parts = [_hand_set(past, score), fitted.predictions(past.panel, score, past.test_days, treated=past.treated)]
    for by_household, suffix in ((False, ""), (True, "_menages")):
        found = fit.predictions(past.panel, score, past.test_days, by_household=by_household, treated=past.treated)
        parts.append(found.assign(model=found["model"] + suffix))
    return pd.concat([part.assign(as_of=pd.to_datetime(part["as_of"])) for part in parts if len(part)], ignore_index=True)


def joint_values(past: Past, values: Mapping[outcomes.Score, pd.DataFrame]) -> pd.DataFrame:
    """One list for both questions: the two orders of each model, and the two best rules, taken in turn where both exist."""
    drift, contact = (_orders(values[score]) for score in SCORES)
    stock = dict(iter(questions.eligible(past.panel, "commun").groupby("as_of")))
    columns = ["as_of", "lease_id", "model", "value"]
    found = [
        rankers.union(stock[as_of], drift[as_of, model], contact[as_of, model])
        .rename("value")
        .reset_index()
        .assign(as_of=as_of, model=model)
        for as_of, model in sorted(drift.keys() & contact.keys())
        if model in (*SERVABLE, BEST_UNION)
    ]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def _orders(values: pd.DataFrame) -> dict[Any, pd.Series]:
    """Values by lease, for each day and model."""
    return {key: rows.set_index("lease_id")["value"] for key, rows in values.groupby(["as_of", "model"])}


def measure(past: Past, score: str, values: pd.DataFrame) -> Measured:
    """Everything that is written about one question."""
    panel, capacity = past.panel[past.panel["as_of"].isin(past.test_days)], past.capacity(score)
    given = figures.orders(panel, score, values, treated=past.treated)
    read = figures.read(given, questions.stock_sizes(panel), score, capacity, questions.HORIZON)
    listed = figures.listed(given, capacity)
    models = [name for name in values["model"].unique() if score != "commun"]
    return Measured(
        figures=read,
        comparisons=comparing.comparisons(read, listed),
        calibration=calibration.bands(given, models, probabilities=PROBABILITIES).assign(score=score),
        regret=backtest.regret(read).assign(score=score),
        verdicts=pd.DataFrame([_verdict(read, model, listed) for model in SERVABLE if model in set(read["model"])]),
        leads=telling.leads(given, listed).assign(score=score),
        spread=telling.spread(given, [name for name in models if name in SERVABLE]).assign(score=score),
    )


def write(past: Past, measured: dict[str, Measured], folder: Path) -> None:
    """The files of docs/backtest.md, each written aside then renamed: a killed run leaves the former ones whole."""
    folder.mkdir(parents=True, exist_ok=True)
    frames = {
        name: pd.concat([getattr(found, name) for found in measured.values()], ignore_index=True)
        for name in Measured.__annotations__
    }
    for name, frame in frames.items():
        _put(folder / f"{name}.parquet", frame.to_parquet(index=False))
    _put(folder / "figures.csv", sheet(frames["figures"], is_synthetic=past.landlord.is_synthetic))
    _put(folder / "context.json", json.dumps(_context(past), ensure_ascii=False, indent=1).encode())


def _hand_set(past: Past, score: str) -> pd.DataFrame:
    rows = questions.eligible(past.panel[past.panel["as_of"].isin(past.test_days)], score)
    value = apply(published(score), rows)["score"].astype("float64")
    return rows[["as_of", "lease_id"]].reset_index(drop=True).assign(model=HAND_SET, value=value)


def _best_rule(past: Past, score: str, read: pd.DataFrame) -> pd.DataFrame:
    """Values of the rule that did best on the test days: chosen after the fact, which favours it."""
    rows = questions.eligible(past.panel[past.panel["as_of"].isin(past.test_days)], score)
    return rankers.ranked(rows, [backtest.best_rule(read)]).assign(model=BEST_UNION)


def _verdict(read: pd.DataFrame, model: str, listed: pd.DataFrame) -> dict[str, Any]:
    found = asdict(backtest.verdict(read, model, listed=listed))
    return {"score": read["score"].iloc[0], "model": model} | {name: value for name, value in found.items() if name != "shares"}


def _context(past: Past) -> dict[str, Any]:
    tested = past.panel[past.panel["as_of"].isin(past.test_days)]
    return {
        "landlord_id": past.landlord.landlord_id,
        "landlord_name": past.landlord.name,
        "is_synthetic": past.landlord.is_synthetic,
        "last_delivery": past.last_delivery.isoformat(),
        "horizon_days": questions.HORIZON,
        "test_days": [day.isoformat() for day in past.test_days],
        "capacity": {score: past.capacity(score) for score in (*SCORES, "commun")},
        "tables": {score: published(score).identity() for score in SCORES},
        "asked": {score: telling.asked(tested, score, questions.HORIZON, past.treated) for score in (*SCORES, "commun")},
    }


def _put(target: Path, content: bytes) -> None:
    aside = target.with_suffix(f"{target.suffix}.tmp")
    aside.write_bytes(content)
    aside.replace(target)


def _stage(progress: Progress | None, stage: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    told = progress
    return lambda done, total: told(stage, done, total)
