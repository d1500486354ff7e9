"""The files of a backtest read back, one question at a time, with what a report asks of them."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel.backtest import intervals
from riskmodel.backtest.figures import CUTS, STRATA
from riskmodel.backtest.intervals import Paired
from riskmodel.backtest.labels import FITTED, HAND_SET
from riskmodel.errors import NothingKnown

FRAMES = ("figures", "comparisons", "calibration", "verdicts", "leads", "spread")
OPAQUE = ("hgb_monotone", "hgb")
"""The challengers split by time; those that never saw the household have `UNSEEN` after their name."""

UNSEEN = "_menages"
WHOLE = "tous"
CAPACITY = "capacite"


@dataclass(frozen=True)
class Evidence:
    """One landlord's backtest: `context` as written, and what was measured by question."""

    context: dict[str, Any]
    questions: tuple["Question", ...]

    @property
    def days(self) -> list[date]:
        """The Sundays that were measured."""
        return [date.fromisoformat(day) for day in self.context["test_days"]]


@dataclass(frozen=True)
class Question:
    """One question's rows of every file, and the counts of what was asked."""

    score: str
    asked: dict[str, int]
    capacity: int
    figures: pd.DataFrame
    comparisons: pd.DataFrame
    calibration: pd.DataFrame
    verdicts: pd.DataFrame
    leads: pd.DataFrame
    spread: pd.DataFrame

    @property
    def horizon(self) -> int:
        """Days in which the event was looked for."""
        return int(self.figures["horizon"].iloc[0])

    @property
    def rule(self) -> str:
        """The best simple rule at capacity."""
        return str(self.verdicts["rule"].iloc[0])

    @property
    def models(self) -> list[str]:
        """Tables that can serve a list, the fitted one first where there was enough past to fit it."""
        there = set(self.verdicts["model"])
        return [name for name in ("points", HAND_SET) if name in there]

    @cached_property
    def opaque(self) -> str | None:
        """The challenger with the highest mean precision at capacity among those split by time."""
        means = self.mean("precision").reindex(list(OPAQUE)).dropna()
        return None if means.empty else str(means.idxmax())

    def at(self, cut: str = CAPACITY, stratum: str = WHOLE) -> pd.DataFrame:
        """The figures of one length and stratum."""
        return self.figures[(self.figures["cut"] == cut) & (self.figures["stratum"] == stratum)]

    def mean(self, column: str, cut: str = CAPACITY, stratum: str = WHOLE) -> pd.Series:
        """Mean over days by model."""
        return self.at(cut, stratum).groupby("model")[column].mean()

    def over_days(self, model: str, column: str, cut: str = CAPACITY, stratum: str = WHOLE) -> Paired:
        """Mean over days of one share, with the interval that days drawn again give, kept between 0 and 1."""
        found = intervals.of_days(self._shares[column, cut, stratum][model].dropna(), self.horizon)
        return Paired(found.mean, max(found.low, 0.0), min(found.high, 1.0), found.n_days)

    @cached_property
    def _shares(self) -> dict[tuple[str, str, str], pd.DataFrame]:
        """Precision and recall at every length and stratum: one row a day, one column an order."""
        asked = product(("precision", "recall"), CUTS, STRATA)
        return {key: intervals.by_day(self.figures, *key) for key in asked}

    def against(self, model: str, other: str) -> Any:
        """The line of `comparisons` on two orders at capacity, all strata; None where they were not compared."""
        rows = self.comparisons[(self.comparisons["cut"] == CAPACITY) & (self.comparisons["stratum"] == WHOLE)]
        return next((line for line in lines(rows) if (line.model, line.against) == (model, other)), None)

    def verdict(self, model: str) -> Any:
        """The line of `verdicts` on one table."""
        return next(line for line in lines(self.verdicts) if line.model == model)

    def orders(self) -> list[str]:
        """Every order measured, the tables first, then by mean precision at capacity."""
        means = self.mean("precision").sort_values(ascending=False, kind="stable")
        rest = [str(name) for name in means.index if name not in self.models]
        return [*self.models, *sorted(rest, key=lambda name: (name.endswith(UNSEEN), name in OPAQUE or name in FITTED))]


def lines(rows: pd.DataFrame) -> list[Any]:
    """Rows one by one, columns as attributes."""
    return list(rows.itertuples(index=False))


def read(folder: Path) -> Evidence:
    """The files that `steps.backtest` wrote in `folder`; raises NothingKnown naming those that are missing."""
    missing = [name for name in [*(f"{name}.parquet" for name in FRAMES), "context.json"] if not (folder / name).is_file()]
    if missing:
        raise NothingKnown(
            f"{folder} : il manque {', '.join(missing)}. Refaites la mesure : riskmodel backtest run, suivi du bailleur."
        )
    context = json.loads((folder / "context.json").read_text(encoding="utf-8"))
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in FRAMES}
    return Evidence(context, tuple(_question(context, frames, score) for score in context["asked"]))


def _question(context: dict[str, Any], frames: dict[str, pd.DataFrame], score: str) -> Question:
    own = {name: frame[frame["score"] == score].reset_index(drop=True) for name, frame in frames.items()}
    return Question(score, context["asked"][score], int(context["capacity"][score]), **own)
