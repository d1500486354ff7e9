"""The backtest's files from a drawn past: which, whole, and the same when made again."""

import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from riskmodel import fit
from riskmodel.errors import NothingKnown
from riskmodel.settings import Landlord
from riskmodel.steps import backtest
from tests.unit.backtest.drawn import drifts, panel, sundays

DAYS = sundays(9)
LATER = pd.DataFrame({"lease_id": pd.Series(dtype="string"), "helped_on": pd.Series(dtype="object")})


@pytest.fixture(scope="module")
def past() -> backtest.Past:
    """Nine Sundays, the last two of which are tests; a third of forty households drifts."""
    rows = panel(
        *(
            (drifts if n % 3 == 0 else dict)(
                as_of=day,
                lease_id=f"B{n}",
                household_id=f"M{n}",
                management_unit=f"UG{n % 2}",
                legal_terms=n % 7 / 5,
                overdue_terms=1.2 if n % 3 == 0 else 0.3,
                decrochage_on=day + timedelta(days=20) if n % 4 == 0 else None,
                failed_attempts_180d=3 if n % 4 == 0 else 0,
            )
            for day in DAYS
            for n in range(40)
        )
    )
    landlord = Landlord("essai", "Bailleur essai", "canonique", Path("inbox"), is_synthetic=True, default_capacity=10)
    return backtest.Past(landlord, date(2026, 1, 1), rows, DAYS[-2:], LATER)


@pytest.fixture(scope="module")
def folder(past: backtest.Past, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of one backtest; fitting has tests of its own."""
    target = tmp_path_factory.mktemp("figures")
    written(past, target)
    return target


def written(past: backtest.Past, folder: Path) -> None:
    nothing = pd.DataFrame(columns=["as_of", "lease_id", "model", "value"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fit, "predictions", lambda *_, **__: nothing)
        backtest.write(past, dict(backtest.measures(past)), folder)


def test_every_file_is_there_and_no_trace_of_its_making(folder: Path) -> None:
    names = {f"{name}.parquet" for name in ("figures", "comparisons", "calibration", "regret", "verdicts", "leads", "spread")}
    assert {path.name for path in folder.iterdir()} == names | {"figures.csv", "context.json"}
    found = pd.read_parquet(folder / "figures.parquet")
    assert set(found["score"]) == {"derive", "decrochage", "commun"}
    assert set(found["as_of"].dt.date) == set(DAYS[-2:])
    assert {"pose", "logistic", "tree", "balance", "union", "union_best"} <= set(found["model"])


def test_one_list_for_both_is_judged_against_the_best_rules_of_each(folder: Path) -> None:
    against = pd.read_parquet(folder / "comparisons.parquet").query("score == 'commun' and is_best_rule")["against"]
    means = pd.read_parquet(folder / "figures.parquet").query("score == 'commun' and stratum == 'tous' and cut == 'capacite'")
    rules = means[means["model"].isin(["balance", "balance_terms", "union", "union_best"])].groupby("model")["precision"].mean()
    assert set(against) == {rules.idxmax()}


def test_capacity_is_that_of_all_units_shared_between_the_scores(past: backtest.Past) -> None:
    assert [past.capacity(score) for score in ("derive", "decrochage", "commun")] == [14, 6, 20]


def test_the_context_says_what_the_figures_rest_on(folder: Path) -> None:
    context = json.loads((folder / "context.json").read_text(encoding="utf-8"))
    assert context["is_synthetic"] is True
    assert context["test_days"] == [day.isoformat() for day in DAYS[-2:]]
    assert context["capacity"] == {"derive": 14, "decrochage": 6, "commun": 20}
    asked = {score: found["rows"] - found["events"] - found["non_events"] for score, found in context["asked"].items()}
    assert asked == {"derive": 0, "decrochage": 0, "commun": 0}


def test_made_again_the_files_are_the_same(past: backtest.Past, folder: Path, tmp_path: Path) -> None:
    written(past, tmp_path)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_a_landlord_without_a_closed_sunday_is_told_so(past: backtest.Past, monkeypatch: pytest.MonkeyPatch) -> None:
    unasked = past.panel.assign(in_drift=False, in_contact=False)
    monkeypatch.setattr(backtest, "source", lambda *_: (None, date(2026, 1, 1)))
    monkeypatch.setattr(backtest.outcomes, "panel", lambda *_: unasked)
    settings = type("Settings", (), {"runs": Path("runs")})()
    with pytest.raises(NothingKnown, match="aucun dimanche passé"):
        backtest.read_past(settings, "essai", 3)
