"""Which candidate is proposed: the rule of docs/fit.md, fixed before any figure was looked at, and what it would have cost."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from riskmodel.fit.catalogue import Candidate
from riskmodel.fit.history import EVENT, History
from riskmodel.fit.measures import precision_at
from riskmodel.fit.training import Training, fit_table, totals

NEAR = 0.02
"""Precision within which two tables are held to be as good as each other."""
TEST_DAYS = 8
FEWEST_EVENTS = 30

Told = Callable[[int, int], None]


def test_days(history: History, horizon: int) -> list[int]:
    """The last eight closed days before which enough was known to fit a table: thirty events and as many non-events."""
    found = []
    for day in reversed(history.closed(horizon)):
        rows = history.rows(horizon, history.known_by(horizon, history.days[day]))
        events = int((history.outcome[horizon][rows] == EVENT).sum())
        if min(events, int(rows.sum()) - events) >= FEWEST_EVENTS:
            found.append(day)
    return sorted(found[:TEST_DAYS])


def judge(
    history: History, candidates: Sequence[Candidate], tests: Sequence[int], places: int, told: Told | None = None
) -> pd.DataFrame:
    """Precision at `places` of every candidate on every test day, fitted on the days closed by then.

    One row a candidate and day: `candidate`, `as_of`, `precision`, and `rows`, how many rows of the table fitted on every closed
    day give points.
    """
    found = []
    for done, candidate in enumerate(candidates, start=1):
        final = fit_table(history, candidate, Training(history.closed(90)))
        rows = sum(int((points > 0).sum()) for points in final.points_)
        found += [(candidate.name, history.days[day], _precision(history, candidate, day, places), rows) for day in tests]
        if told:
            told(done, len(candidates))
    return pd.DataFrame(found, columns=["candidate", "as_of", "precision", "rows"])


def pick(judged: pd.DataFrame) -> str:
    """The rule: among candidates within 0.02 of the day's best on most days, the one with the fewest rows.

    When none is near on most days, those near on the most days stand instead. Equal rows: nearer on more days, then better on
    average, then first in the alphabet.
    """
    best = judged.groupby("as_of")["precision"].transform("max")
    scored = judged.assign(near=judged["precision"] >= best - NEAR - 1e-12)
    by_name = scored.groupby("candidate").agg(
        near=("near", "sum"), precision=("precision", "mean"), rows=("rows", "first"), days=("near", "size")
    )
    usual = by_name[by_name["near"] * 2 > by_name["days"]]
    standing = usual if len(usual) else by_name[by_name["near"] == by_name["near"].max()]
    ordered = standing.reset_index().sort_values(["rows", "near", "precision", "candidate"], ascending=[True, False, False, True])
    return str(ordered["candidate"].iloc[0])


def regret(judged: pd.DataFrame, window: pd.Timedelta) -> pd.DataFrame:
    """What the rule would have lost on past days: `as_of`, `picked`, its `precision`, the day's `best`, and their difference.

    On each day the rule knows only the test days whose window had ended; days on which none had are left out.
    """
    day = pd.to_datetime(judged["as_of"])
    found = []
    for today in sorted(day.unique()):
        known, now = judged[day + window <= today], judged[day == today].set_index("candidate")["precision"]
        if len(known):
            picked = pick(known)
            found.append((today.date(), picked, now[picked], now.max(), now.max() - now[picked]))
    return pd.DataFrame(found, columns=["as_of", "picked", "precision", "best", "regret"])


def _precision(history: History, candidate: Candidate, day: int, places: int) -> float:
    table = fit_table(history, candidate, Training(history.known_by(90, history.days[day])))
    rows = history.rows(90, [day])
    return precision_at(totals(history, candidate, table)[rows], (history.outcome[90][rows] == EVENT).astype(float), places)


def threshold(scores: np.ndarray, days: np.ndarray, chances: np.ndarray, rate: float, places: int) -> int:
    """The score from which the list may show a household, by the rule of docs/fit.md.

    The highest score that twice `places` households reach on an average day, so that those just under the cut are seen; never
    below the first score whose probability (`chances`, from 0 up) reaches `rate`, what an average household of the cohort runs;
    at least 1 and at most the table's total.
    """
    total = len(chances) - 1
    reached = np.cumsum(np.bincount(scores, minlength=total + 1)[::-1])[::-1] / max(len(np.unique(days)), 1)
    enough = np.flatnonzero(reached >= 2 * places)
    likely = np.flatnonzero(chances >= rate)
    wide = int(enough.max()) if len(enough) else 1
    return int(np.clip(max(wide, int(likely.min()) if len(likely) else total), 1, total))
