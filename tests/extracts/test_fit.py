"""On a big extract a table is fitted, read back, and stands beside its boosted challenger. Figures are said, never tuned to."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from riskmodel import fit, outcomes
from riskmodel.lake import Source
from riskmodel.outcomes import Score
from riskmodel.score import apply, parse
from riskmodel.score.second import score_in_sql

LAST_DELIVERY = date(2026, 10, 31)
CAPACITY = 80


@pytest.fixture(scope="module")
def panel(canonical_lake: Source, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    closed = [day for day in outcomes.sundays(LAST_DELIVERY, 13) if (LAST_DELIVERY - day).days >= 105]
    return outcomes.panel(canonical_lake, closed, LAST_DELIVERY, tmp_path_factory.mktemp("histoire"))


@pytest.mark.parametrize("score", outcomes.SCORES)
def test_a_fitted_table_is_read_back_and_scored_alike_in_python_and_in_sql(
    score: Score, panel: pd.DataFrame, tmp_path: Path
) -> None:
    made = fit.propose(panel, score, CAPACITY, "essai")
    table = parse(made.toml)
    assert table.total == 100
    day = panel[panel["as_of"] == panel["as_of"].max()]
    day.drop(columns="as_of").to_parquet(tmp_path / "features.parquet")
    ours, theirs = apply(table, day).sort_values("lease_id"), score_in_sql(table, tmp_path / "features.parquet")
    assert list(ours["score"]) == list(theirs["score"])
    figures = made.challenger.set_index(["split", "model"])
    own, boosted = (figures.loc[("temps_et_menage", model)] for model in ("points", "hgb_monotone"))
    print(made.toml.partition("[metrics]")[2].partition("[[input]]")[0])
    assert own["auc"] > boosted["auc"] - 0.05
