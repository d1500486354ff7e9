"""A small backtest as its files would say it: one question, six Sundays, made up so that every sentence occurs."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel.backtest.figures import CUTS, STRATA

DAYS = [date(2025, 9, 14) + timedelta(days=28 * n) for n in range(6)]
SHARES = {
    "pose": 0.30,
    "points": 0.45,
    "points_menages": 0.44,
    "hgb": 0.40,
    "hgb_monotone": 0.46,
    "hgb_menages": 0.41,
    "hgb_monotone_menages": 0.45,
    "balance": 0.35,
    "debt_age": 0.20,
    "random": 0.10,
}
COUNTS = dict.fromkeys(("left_clear", "left_owing", "moved", "died", "objection", "plan", "frozen", "history_ends", "helped"), 0)
ASKED = {"rows": 300, "leases": 60, "households": 58, "events": 60, "non_events": 230} | COUNTS | {"plan": 8, "helped": 2}


def files(folder: Path, *, score: str = "derive", without: tuple[str, ...] = (), **context: Any) -> Path:
    """Write every file that a report reads, for one question, `without` some models; `context` changes what it says."""
    shares = {model: share for model, share in SHARES.items() if model not in without}
    servable = [model for model in ("pose", "points") if model in shares]
    frames = {
        "figures": pd.DataFrame([_figure(score, *key) for key in _keys(shares)]),
        "comparisons": pd.DataFrame([_compared(score, shares, model, other) for model, other in _pairs(shares)]),
        "calibration": pd.DataFrame([_band(model, n, score) for model in shares if model.startswith("points") for n in (1, 2)]),
        "verdicts": pd.DataFrame([_verdict(score, shares, model) for model in servable]),
        "leads": pd.DataFrame([_lead(score, model) for model in shares]),
        "spread": pd.DataFrame([_spread(score, model, day) for model in servable for day in DAYS]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        columns = frame if len(frame) else pd.DataFrame([_band("points", 1, score)]).iloc[:0]
        columns.to_parquet(folder / f"{name}.parquet", index=False)
    (folder / "context.json").write_text(json.dumps(_context(score) | context), encoding="utf-8")
    return folder


def _keys(shares: dict[str, float]) -> list[tuple[str, float, date, str, str]]:
    return [(*item, day, cut, stratum) for item in shares.items() for day in DAYS for cut in CUTS for stratum in STRATA]


def _figure(score: str, model: str, share: float, day: date, cut: str, stratum: str) -> dict[str, Any]:
    share += 0.02 * (DAYS.index(day) % 3 - 1)
    head = {"as_of": pd.Timestamp(day), "score": score, "horizon": 90, "model": model, "stratum": stratum, "cut": cut}
    numbers = {"k": 20, "stock": 60, "eligible": 50, "labelled": 48, "unlabelled": 2, "events": 10, "false_alarms": 12.5}
    return head | numbers | {"precision_worst": share - 0.05, "precision": share, "precision_best": share + 0.05, "recall": share}


def _pairs(shares: dict[str, float]) -> list[tuple[str, str]]:
    wanted = [
        *((model, "balance") for model in ("pose", "points")),
        *(("points" + end, opaque + end) for end in ("", "_menages") for opaque in ("hgb", "hgb_monotone")),
    ]
    return [(model, other) for model, other in wanted if {model, other} <= set(shares)]


def _compared(score: str, shares: dict[str, float], model: str, other: str) -> dict[str, Any]:
    found = {"precision": shares[model], "precision_against": shares[other], "difference": shares[model] - shares[other]}
    average = {"average_precision": 0.50, "average_precision_against": 0.55}
    head = {"score": score, "model": model, "against": other, "stratum": "tous", "cut": "capacite", "days": len(DAYS)}
    return head | found | average | {"low": found["difference"] - 0.08, "high": found["difference"] + 0.08}


def _band(model: str, band: int, score: str) -> dict[str, Any]:
    edges = {
        "from_value": 0.1 * band,
        "to_value": 0.1 * band + 0.1,
        "predicted": 0.1 * band + 0.05,
        "observed": 0.1 * band + 0.07,
    }
    return (
        {"model": model, "band": band}
        | edges
        | {"observed_low": 0.05, "observed_high": 0.4, "n": 150, "events": 30, "score": score}
    )


def _verdict(score: str, shares: dict[str, float], model: str) -> dict[str, Any]:
    found = shares[model] - shares["balance"]
    serves = "score" if found >= 0 else "balance"
    head = {"score": score, "model": model, "serves": serves, "rule": "balance", "difference": found, "days": len(DAYS)}
    return head | {"low": found - 0.08, "high": found + 0.08, "sentence": ""}


def _lead(score: str, model: str) -> dict[str, Any]:
    return {"model": model, "hits": 31.5, "low": 2.0, "median": 14.0, "high": 40.0, "score": score}


def _spread(score: str, model: str, day: date) -> dict[str, Any]:
    scale = 1.0 if model == "points" else 100.0
    values = {f"p{rank}": scale * rank / 200 for rank in (10, 25, 50, 75, 90)}
    return {"model": model, "as_of": pd.Timestamp(day), "n": 50} | values | {"high_share": 0.1, "score": score}


def _context(score: str) -> dict[str, Any]:
    return {
        "landlord_id": "essai",
        "landlord_name": "Bailleur <essai> & fils",
        "is_synthetic": True,
        "last_delivery": "2026-06-30",
        "horizon_days": 90,
        "test_days": [day.isoformat() for day in DAYS],
        "capacity": {score: 20, "commun": 28},
        "tables": {score: {"name": score, "title": "Dérive d'impayé", "version": "2026-11", "hash": "ab" * 32}},
        "asked": {score: ASKED},
    }
