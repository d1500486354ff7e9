"""What past lists are worth together: hits of the served order beside the best simple rule's, the verdict, and the recall that
drawn rows allow to estimate."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from riskmodel import backtest
from riskmodel.backtest import rankers
from riskmodel.register import draws, track
from riskmodel.steps.maturing import HORIZON, SCORE
from riskmodel.weekly.exploration import Estimate, estimate
from riskmodel.weekly.frozen import TABS

CLOSED_AFTER = timedelta(days=105)
"""A window of 90 days, and the 15 days that a debt has to stay."""
WEEKS = 26
PROOF = 4
"""Sundays that a judgement looks back on, and the fewest that it asks for."""


@dataclass(frozen=True)
class Worth:
    """A score's matured Sundays: how many (`weeks`), served or replayed (`kind`), with which versions of the table, the verdict
    on them, what each order listed and hit (`totals`, by model), and the estimate from drawn rows."""

    score: str
    weeks: int
    kind: str
    versions: tuple[str, ...]
    verdict: backtest.Verdict
    totals: dict[str, dict[str, int]]
    drawn: Estimate

    def entry(self) -> dict[str, Any]:
        """One entry of `weekly.frozen.FrozenList.track`."""
        rule, recall = self.verdict.rule, self.drawn.recall
        return {
            "score": self.score,
            "label": _label(self.score),
            "kind": self.kind,
            "weeks": self.weeks,
            "listed": self.totals[SCORE]["listed"],
            "hits": self.totals[SCORE]["hits"],
            "treated": self.totals[SCORE]["treated"],
            "precision": self._precision(SCORE),
            "best_rule": rule,
            "best_rule_label": rankers.NAMES[rule],
            "rule_precision": self._precision(rule),
            "difference": _known(self.verdict.difference),
            "low": _known(self.verdict.low),
            "high": _known(self.verdict.high),
            "recall": recall.value if recall else None,
            "recall_low": recall.low if recall else None,
            "recall_high": recall.high if recall else None,
            "recall_refusal": self.drawn.refusal,
        }

    def _precision(self, model: str) -> float | None:
        listed = self.totals[model]["listed"]
        return self.totals[model]["hits"] / listed if listed else None


def judged(session: Session, landlord_id: str, as_of: date, score: str) -> Worth | None:
    """What a score's Sundays matured by `as_of` say; None while there is none."""
    rows = matured(session, landlord_id, as_of, score)
    if rows.empty:
        return None
    own = rows[rows["model"] == SCORE]
    sums = rows.groupby("model")[["listed", "hits", "treated"]].sum()
    totals = {
        str(model): {str(name): int(count) for name, count in line.items()} for model, line in sums.to_dict("index").items()
    }
    versions = tuple(sorted(own["version"].unique()))
    drawn = estimate(_shown(session, landlord_id, score, rows))
    return Worth(score, len(own), str(own["kind"].iloc[0]), versions, backtest.verdict(figures(rows), SCORE), totals, drawn)


def matured(session: Session, landlord_id: str, as_of: date, score: str) -> pd.DataFrame:
    """Records that judge a score on a Sunday, all orders, both strata together: the last 26 Sundays whose window had closed,
    served ones as soon as there are four, replayed ones until then. A Sunday on which the score listed nobody judges nothing."""
    rows = pd.DataFrame(track.read(session, landlord_id, as_of - CLOSED_AFTER), columns=list(track.COLUMNS))
    rows = rows[(rows["score"] == score) & (rows["stratum"] == "tous")]
    telling = rows[(rows["model"] == SCORE) & (rows["listed"] > 0)]
    served = telling[telling["kind"] == "servi"]
    kept = served if len(served) >= PROOF else telling[telling["kind"] == "rejoué"]
    return rows.merge(kept.sort_values("as_of")[["as_of", "kind"]][-WEEKS:], on=["as_of", "kind"])


def figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Records in the shape in which the backtest compares orders."""
    precision = rows["hits"].astype("float64") / rows["listed"].where(rows["listed"] > 0).astype("float64")
    return rows.assign(as_of=pd.to_datetime(rows["as_of"]), precision=precision, cut="capacite", horizon=HORIZON)


def _shown(session: Session, landlord_id: str, score: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of matured lists that people saw, as the estimate takes them: those listed for themselves, from the counts kept of
    them, and those drawn, one by one."""
    own = rows[rows["is_served"].astype(bool)]
    weeks, totals = set(own["week"]), own[["hits", "listed", "treated"]].sum()
    counts = {(1, False): totals["hits"], (0, False): totals["listed"] - totals["hits"], (None, True): totals["treated"]}
    listed = [
        {"is_drawn": False, "probability": 1.0, "event": event, "is_helped": is_helped}
        for (event, is_helped), count in counts.items()
        for _ in range(int(count))
    ]
    drawn = [row for row in draws.read(session, landlord_id) if row["week"] in weeks and row["score"] == score]
    columns = ["is_drawn", "probability", "event", "is_helped"]
    told = [{"is_drawn": True} | {name: row[name] for name in columns[1:]} for row in drawn]
    return pd.DataFrame([*listed, *told], columns=columns).astype({"event": "Int64", "is_drawn": bool, "is_helped": bool})


def _label(score: str) -> str:
    return next(label for tab, label in TABS.items() if tab == score)


def _known(figure: float) -> float | None:
    return None if isnan(figure) else figure
