"""One stage of the night of a generated landlord, run in a process of its own so that its time and memory are its own.

`python -m benchmarks.stages STAGE FOLDER` prints what was counted as JSON; every stage leaves its files for the next.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks import pandas_features as in_pandas
from benchmarks.generate import FULL_DAY, LANDLORD, NIGHT, generate
from riskmodel import fit, outcomes, settings
from riskmodel.fit.catalogue import reference
from riskmodel.fit.history import history
from riskmodel.fit.threads import one_thread
from riskmodel.fit.training import Training, fit_boosted, fit_table
from riskmodel.settings import Settings
from riskmodel.steps import features, receive, score, source, weekly_list

MONDAY = date(2026, 11, 2)
TRAINING_DAYS = 24
SCANNED = (
    "lease_id",
    "entry_id",
    "booked_on",
    "value_on",
    "period",
    "kind",
    "amount_cents",
    "method",
    "reverses",
    "visible_from",
)
"""Columns of the entries that features read: the scan decodes them once and adds nothing up."""

Counts = dict[str, object]


def installation(folder: Path) -> Settings:
    """Settings of an installation of its own under `folder`: nothing is shared between sizes."""
    return settings.load({"VIGIE_HOME": str(folder / "home"), "VIGIE_LANDLORDS": str(folder / "bailleurs")})


def draw(folder: Path) -> Counts:
    """A landlord of as many households as the folder's name says, and an empty installation."""
    homes = int(folder.name)
    shutil.rmtree(folder, ignore_errors=True)
    generate(folder, homes)
    declared = folder / "bailleurs" / f"{LANDLORD}.toml"
    declared.parent.mkdir()
    declared.write_text('name = "Banc d’essai"\nprofile = "canonique"\ninbox = ".."\nis_synthetic = true\n', encoding="utf-8")
    manifest = json.loads((folder / LANDLORD / FULL_DAY.isoformat() / "manifest.json").read_text(encoding="utf-8"))
    night = json.loads((folder / LANDLORD / NIGHT.isoformat() / "manifest.json").read_text(encoding="utf-8"))
    return {"entries": manifest["tables"]["entries"]["rows"], "night_entries": night["tables"]["entries"]["rows"]}


def receive_full(folder: Path) -> Counts:
    """The first delivery: 36 months of every table."""
    return dict(receive.receive(installation(folder), LANDLORD, FULL_DAY))


def receive_night(folder: Path) -> Counts:
    """An incremental delivery of one day."""
    return dict(receive.receive(installation(folder), LANDLORD, NIGHT))


def build_features(folder: Path) -> Counts:
    """Features of every lease in force, from the lake."""
    return dict(features.build(installation(folder), LANDLORD, NIGHT))


def score_leases(folder: Path) -> Counts:
    """Both points tables, each applied by two scorers that must agree."""
    return dict(score.score(installation(folder), LANDLORD, NIGHT))


def build_lists(folder: Path) -> Counts:
    """Monday: every unit's list frozen in the register and written as workbook, CSV and PDF."""
    summary = weekly_list.build(installation(folder), LANDLORD, MONDAY)
    return {name: value for name, value in summary.items() if isinstance(value, int)}


def scan(folder: Path) -> Counts:
    """One pass over the files of the ledger in the lake, decoding the columns that features read."""
    pinned, _ = source.source(installation(folder), LANDLORD)
    con = duckdb.connect(config={"memory_limit": "2GB"})
    read = ", ".join(f"max({column})" for column in SCANNED)
    rows = con.execute(f"SELECT count(*), {read} FROM read_parquet({pinned.lake.files('entries', pinned.pins)})").fetchall()
    return {"rows": rows[0][0]}


def pandas_features(folder: Path) -> Counts:
    """The core of the ledger page in vectorised pandas, compared with the SQL column by column."""
    pinned, _ = source.source(installation(folder), LANDLORD)
    found = in_pandas.compute(pinned, NIGHT)
    found.to_parquet(folder / "pandas.parquet")
    return {"leases": len(found), "features": len(in_pandas.FEATURES)}


def measure_past(folder: Path) -> Counts:
    """Features and outcomes of two years of four-weekly Sundays, from the lake."""
    return {"rows": len(_panel(folder))}


def fit_tables(folder: Path) -> Counts:
    """Both proposals: a dozen candidates on eight test days, the rule, links, threshold, and the challenger beside."""
    panel = _panel(folder)
    made = {name: fit.propose(panel, name, int(folder.name) // 1000, "banc") for name in outcomes.SCORES}
    return {name: len(proposal.content["input"]) for name, proposal in made.items()}


def fit_one(folder: Path) -> Counts:
    """Processor seconds of one fit on all closed days, table and boosted trees on the same rows, each in one thread."""
    panel, found = _panel(folder), {}
    for name in outcomes.SCORES:
        candidate = reference(name)
        known = history(panel, name, candidate.entries)
        all_days = Training(known.closed(90))
        table, boosted = partial(fit_table, known, candidate, all_days), partial(fit_boosted, known, candidate, all_days, True)
        found |= {f"{name}_rows": int(all_days.mask(known).sum()), f"{name}_table": _seconds(table)}
        found |= {f"{name}_boosted": _seconds(boosted)}
    return found


def _panel(folder: Path) -> pd.DataFrame:
    pinned, last_delivery = source.source(installation(folder), LANDLORD)
    return outcomes.panel(pinned, outcomes.sundays(last_delivery, TRAINING_DAYS), last_delivery, folder / "histoire")


def _seconds(task: Callable[[], object]) -> float:
    started = time.process_time()
    with one_thread():
        task()
    return round(time.process_time() - started, 2)


def agree(folder: Path) -> Counts:
    """Stop unless pandas and SQL give the same value in every cell that both compute."""
    found = pd.read_parquet(folder / "pandas.parquet")
    target = installation(folder).runs / LANDLORD / NIGHT.isoformat() / "features.parquet"
    by_sql = pd.read_parquet(target, columns=list(found.columns)).sort_values("lease_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, by_sql, check_dtype=False, check_exact=True)
    return {"cells": found.size}


STAGES: dict[str, Callable[[Path], Counts]] = {
    stage.__name__: stage
    for stage in (
        draw,
        receive_full,
        receive_night,
        build_features,
        score_leases,
        build_lists,
        scan,
        pandas_features,
        agree,
        measure_past,
        fit_tables,
        fit_one,
    )
}

if __name__ == "__main__":
    print(json.dumps(STAGES[sys.argv[1]](Path(sys.argv[2]))))
