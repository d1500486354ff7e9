"""The cohorts in SQL and the list in pandas say the same of every household, on stocks full of odd figures."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from riskmodel.features import FEATURES, blocks
from riskmodel.outcomes.day import COHORTS, WHOLE
from tests.measured import by_lease, said_by_the_list
from tests.unit.weekly.stocks import CALM, features

AS_OF = date(2026, 11, 1)
TERMS = [None, 0.0, 0.09, 0.1, 0.5, 0.89, 0.9, 1.2, 1.89, 1.9, 3.0]
CENTS = [0, 0, 1, 20_000, 39_999, 40_000, 90_000]
ODD: dict[str, list[Any]] = {
    "management_unit": ["UG01", "UG02", "UG03", None],
    "tenancy_days": [0, 20, 60, 91, 92, 93, 2_000],
    "is_terminated": [False, False, False, True],
    "due_terms": [0, 2, 3, 30, 30],
    "judged_terms": [0, 2, 3, 12, 12],
    "net_term_cents": [40_000, 55_000, None],
    "overdue_terms": TERMS,
    "legal_terms": TERMS,
    "oldest_unpaid_days": [0, 29, 30, 60],
    "benefit_gap_cents": CENTS,
    "benefit_late_months": [None, 0, 0, 1, 2],
    "in_transit_cents": CENTS,
    "technical_cents": CENTS,
    "technical_shock_cents": [0, 5_000],
    "frozen_cents": CENTS,
    "has_known_right": [None, True, True, False],
    "plan_state": [None, "none", "none", "kept", "missed", "broken"],
    "overindebtedness_step": [None, "none", "none", "filed", "admissible", "closed"],
    "erp_gap_cents": [None, 0, 0, 0, -1],
    "attempts_180d": [None, 0, 3],
    "failed_attempts_180d": [None, 2, 3],
    "failed_channels_180d": [None, 1, 2],
    "mail_returned_365d": [0, 1, 2],
    "obligations_unmet": [None, 0, 1, 2],
}


def stock_of(households: list[dict[str, Any]], chance: random.Random) -> pd.DataFrame:
    return features(*households).assign(
        has_objected=pd.array([chance.random() < 0.05 for _ in households], dtype="boolean"),
        is_deceased=pd.array([chance.random() < 0.05 for _ in households], dtype="boolean"),
    )


def cohorts_of(stock: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """What sql/cohorts says of the stock."""
    target = folder / "stock.parquet"
    with duckdb.connect() as con:
        con.register("frame", stock)
        types = ", ".join(f"CAST({feature.name} AS {feature.type}) AS {feature.name}" for feature in FEATURES)
        con.execute(f"CREATE VIEW stock AS SELECT {types}, has_objected, is_deceased FROM frame")
        blocks.run(con, AS_OF, WHOLE, COHORTS)
        con.execute(f"COPY (FROM drift JOIN contact USING (lease_id)) TO '{target}' (FORMAT parquet)")
    return pd.read_parquet(target, dtype_backend="numpy_nullable").set_index("lease_id").loc[stock["lease_id"]]


def assert_same(stock: pd.DataFrame, folder: Path) -> pd.DataFrame:
    found, said = cohorts_of(stock, folder), said_by_the_list(stock, AS_OF)
    assert by_lease(found[["cause", "doubt", "drift_asked", "in_drift"]]) == said
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_cohorts_and_the_list_agree_on_every_odd_household(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    drawn = [{name: chance.choice(values) for name, values in ODD.items()} for _ in range(1_500)]
    found = assert_same(stock_of(drawn, chance), tmp_path)
    assert found["cause"].nunique() >= 6
    assert set(found["cannot_say"].dropna()) == {"balance_gap", "short_history"}
    assert found["in_drift"].sum() > 10


@pytest.mark.parametrize(
    ("touched", "calm", "is_incident"), [(6, 14, False), (7, 13, True), (7, 12, False), (60, 140, False), (61, 139, True)]
)
def test_an_incident_of_a_whole_landlord_is_seen_alike(touched: int, calm: int, is_incident: bool, tmp_path: Path) -> None:
    fresh = CALM | {"overdue_terms": 1.2, "legal_terms": 1.2, "oldest_unpaid_days": 20}
    found = assert_same(stock_of([fresh] * touched + [CALM] * calm, random.Random(1)), tmp_path)
    assert set(found["cause"].dropna()) == ({"incident"} if is_incident else set())


def test_missing_benefit_of_a_whole_unit_is_an_incident_alike(tmp_path: Path) -> None:
    late = CALM | {"benefit_late_months": 1, "legal_terms": 1.2, "management_unit": "UG02"}
    found = assert_same(
        stock_of([late] * 13 + [CALM | {"management_unit": "UG02"}] * 7 + [CALM] * 40, random.Random(1)), tmp_path
    )
    assert found["cause"].value_counts().to_dict() == {"incident": 13}
