"""From the panel to a proposed table: what was tried, what the rule picked, what it is worth, all in one text for a person."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from riskmodel import outcomes
from riskmodel import score as scoring
from riskmodel.errors import TooLittleHistory
from riskmodel.fit import content as printing
from riskmodel.fit.catalogue import Candidate, candidates, entries
from riskmodel.fit.choosing import FEWEST_EVENTS, Told, judge, pick, regret, test_days, threshold
from riskmodel.fit.estimator import PointsTable
from riskmodel.fit.history import EVENT, HORIZONS, SETTLED_DAYS, History, history
from riskmodel.fit.shadow import calibration, compare
from riskmodel.fit.telling import notes
from riskmodel.fit.threads import one_thread
from riskmodel.fit.training import Training, fit_table, links, probability, scores_out_of_fold, totals
from riskmodel.outcomes import Score
from riskmodel.weekly.selection import DRIFT_SHARE

HORIZON = 90
FEWEST_DAYS = 6
_SHARES = {"derive": DRIFT_SHARE, "decrochage": 1 - DRIFT_SHARE}
BY_HAND = "La table posée à la main continue de servir."
_WINDOW = pd.Timedelta(days=HORIZON + SETTLED_DAYS)


@dataclass(frozen=True)
class Proposal:
    """A table nobody has approved yet.

    `content` and `toml` are the file; `candidates` has a row a candidate and test day (`candidate`, `as_of`, `precision`,
    `rows`), `regret` a row a past day, `challenger` a row a split and model; `notes` are French sentences for whoever approves.
    """

    content: dict[str, Any]
    toml: str
    candidates: pd.DataFrame
    regret: pd.DataFrame
    challenger: pd.DataFrame
    notes: tuple[str, ...]


def places(capacity: int, score: Score) -> int:
    """Rows of a score's tab in a week, when the landlord's teams can review `capacity` rows in all."""
    return max(1, round(_SHARES[score] * capacity))


@one_thread()
def propose(
    panel: pd.DataFrame,
    score: Score,
    capacity: int,
    version: str,
    *,
    treated: pd.DataFrame | None = None,
    origin: Mapping[str, str] | None = None,
    progress: Told | None = None,
) -> Proposal:
    """The table that the rule of docs/fit.md picks for `score`, fitted on every closed day of `panel`, printed as `version`.

    `capacity`: rows a week of all the landlord's teams, both scores together. `treated`: households helped (`lease_id`,
    `helped_on`), which teach nothing for the window they were helped in. `origin`: what else the file should say of where the
    panel comes from (landlord, versions of the data). Raises TooLittleHistory when too few days are closed or too few events
    known.
    """
    known = history(panel, score, entries(score), treated)
    tests = _enough(known)
    every = candidates(score)
    judged = judge(known, every, tests, places(capacity, score), progress)
    allowed = judged[judged["candidate"].isin([candidate.name for candidate in every if candidate.is_eligible])]
    chosen = next(candidate for candidate in every if candidate.name == pick(allowed))
    lost = regret(allowed, _WINDOW)
    challenger = compare(known, chosen, tests, places(capacity, score))
    made = _made(known, chosen, version, score, capacity)
    made["training"] = {**(origin or {}), **_training(known, panel, score)}
    made["metrics"] = _metrics(judged, chosen, lost, challenger, calibration(known, chosen, tests))
    made["candidates"] = _summary(judged, every, chosen)
    return Proposal(made, scoring.text(made), judged, lost, challenger, notes(judged, every, chosen, lost, made))


def _enough(known: History) -> list[int]:
    """Test days; refuses a past too short or too quiet to learn from."""
    days = known.closed(HORIZON)
    events = int((known.outcome[HORIZON][known.rows(HORIZON, days)] == EVENT).sum())
    tests = test_days(known, HORIZON)
    if len(days) < FEWEST_DAYS or events < FEWEST_EVENTS or not tests:
        raise TooLittleHistory(
            f"Historique trop court pour ajuster une table : {len(days)} dates closes (il en faut {FEWEST_DAYS}), "
            f"{events} événements (il en faut {FEWEST_EVENTS}, connus avant une date d'essai). {BY_HAND}"
        )
    return tests


def _made(known: History, chosen: Candidate, version: str, score: Score, capacity: int) -> dict[str, Any]:
    days = known.closed(HORIZON)
    table = fit_table(known, chosen, Training(days))
    printed = printing.inputs(chosen, table)
    if not printed:
        raise TooLittleHistory(f"Aucune entrée n'annonce les événements connus : aucune table à proposer. {BY_HAND}")
    unseen = scores_out_of_fold(known, chosen, days)
    lines = links(known, unseen, {horizon: known.closed(horizon) for horizon in HORIZONS}, table.total)
    minimum = _minimum(known, totals(known, chosen, table), table, lines[HORIZON], places(capacity, score))
    head = printing.head(score, version, minimum, table.total)
    return {**head, "links": printing.written_links(lines), "input": printed}


def _minimum(known: History, scores: np.ndarray, table: PointsTable, line: tuple[float, float], spots: int) -> int:
    rows = known.rows(HORIZON, known.closed(HORIZON))
    chances = probability(line, np.arange(table.total + 1))
    return threshold(scores[rows], known.day[rows], chances, float((known.outcome[HORIZON][rows] == EVENT).mean()), spots)


def _training(known: History, panel: pd.DataFrame, score: Score) -> dict[str, Any]:
    days = known.closed(HORIZON)
    rows = known.rows(HORIZON, days)
    return {
        "horizon": HORIZON,
        "fitted_on": known.days[-1],
        "days": [known.days[day] for day in days],
        "rows": int(rows.sum()),
        "events": int((known.outcome[HORIZON][rows] == EVENT).sum()),
        "counts": {str(key): int(count) for key, count in outcomes.counts(panel, score, HORIZON).items()},
        "unknown_shares": _unknown_shares(known, rows),
        "panel_digest": _digest(known),
    }


def _unknown_shares(known: History, rows: np.ndarray) -> dict[str, float]:
    """Share of training rows in which each input is unknown."""
    seen = np.bincount(known.value_of[rows], minlength=len(known.values))
    missing = np.isnan(known.values).T @ seen / max(seen.sum(), 1)
    return {entry.feature: round(float(share), 4) for entry, share in zip(known.entries, missing, strict=True)}


def _digest(known: History) -> str:
    """SHA-256 of everything the fit read, whatever the order of the rows."""
    read = pd.DataFrame(known.raw[known.raw_of], columns=[entry.feature for entry in known.entries])
    read = read.assign(lease=known.lease, day=known.day, fold=known.fold, **{f"y{h}": y for h, y in known.outcome.items()})
    hashes = np.sort(pd.util.hash_pandas_object(read, index=False).to_numpy())
    return hashlib.sha256(hashes.tobytes() + repr(known.days).encode()).hexdigest()


def _metrics(
    judged: pd.DataFrame, chosen: Candidate, lost: pd.DataFrame, challenger: pd.DataFrame, calibration_error: float
) -> dict[str, float]:
    """Means over test days at capacity; calibration over all of them; table and challengers side by side on the last ones."""
    figures = {
        "precision": judged.loc[judged["candidate"] == chosen.name, "precision"].mean(),
        "calibration_error": calibration_error,
        "regret_mean": lost["regret"].mean(),
        "regret_max": lost["regret"].max(),
    }
    for row in challenger.to_dict("records"):
        kept = ("precision", "average_precision", "auc", "calibration_error")
        figures |= {f"{row['split']}_{row['model']}_{name}": row[name] for name in kept}
    return {name: round(float(value), 4) for name, value in figures.items() if np.isfinite(value)}


def _summary(judged: pd.DataFrame, every: Sequence[Candidate], chosen: Candidate) -> list[dict[str, Any]]:
    precision, rows = judged.groupby("candidate")["precision"].mean(), judged.groupby("candidate")["rows"].first()
    return [
        {
            "name": candidate.name,
            "precision": round(float(precision[candidate.name]), 4),
            "rows": int(rows[candidate.name]),
            "is_eligible": candidate.is_eligible,
            "is_proposed": candidate.name == chosen.name,
        }
        for candidate in every
    ]
