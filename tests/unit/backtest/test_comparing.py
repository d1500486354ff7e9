"""Who is compared with whom, and the sheet people open."""

import csv
from io import StringIO

import pandas as pd
import pytest

from riskmodel.backtest import figures, run
from riskmodel.backtest.comparing import comparisons, pairs
from riskmodel.backtest.labels import counted_points, percent, points
from riskmodel.backtest.sheet import COLUMNS, sheet
from tests.unit.backtest.drawn import drifts, panel, sundays, values


@pytest.fixture(scope="module")
def stock() -> pd.DataFrame:
    """Six Sundays on which every third of twelve households drifts, and owes the more the later it stands."""
    return panel(
        *(
            (drifts if n % 3 == 0 else dict)(as_of=day, lease_id=f"B{n}", household_id=f"M{n}", legal_terms=n / 10, legal_cents=n)
            for day in sundays(6)
            for n in range(12)
        )
    )


@pytest.fixture(scope="module")
def given(stock: pd.DataFrame) -> pd.DataFrame:
    """A perfect table, and boosted trees that are wrong about everybody."""
    right = [float(int(lease[1:]) % 3 == 0) for lease in stock["lease_id"]]
    wrong = [1 - value for value in right]
    return pd.concat([values(stock, "pose", right), values(stock, "points", right), values(stock, "hgb", wrong)])


def test_models_meet_the_best_rule_the_yardsticks_and_their_challengers(stock: pd.DataFrame, given: pd.DataFrame) -> None:
    found = pairs(run(stock, "derive", 3, given))
    rule = found[0][1]
    assert found == [("pose", rule), ("points", rule), ("points", "hgb"), ("hgb", rule)]


def test_a_comparison_says_both_precisions_and_their_difference(stock: pd.DataFrame, given: pd.DataFrame) -> None:
    table = comparisons(run(stock, "derive", 3, given), figures.listed(figures.orders(stock, "derive", given), 3))
    line = table.query("model == 'points' and against == 'hgb' and stratum == 'tous' and cut == 'capacite'").iloc[0]
    assert (line["precision"], line["precision_against"], line["difference"], line["days"]) == (1.0, 0.0, 1.0, 6)
    assert line["average_precision"] == 1.0
    assert not line["is_best_rule"]
    assert table.query("model == 'pose'")["is_best_rule"].all()


def test_the_sheet_is_french_and_says_when_data_are_invented(stock: pd.DataFrame, given: pd.DataFrame) -> None:
    text = sheet(run(stock, "derive", 3, given), is_synthetic=True)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert list(rows[0]) == [*COLUMNS.values(), "nature"]
    line = next(row for row in rows if row["ordre"] == "table posée à la main" and row["strate"] == "tous")
    assert (line["jour"], line["precision"], line["nature"]) == ("05/01/2025", "1,0", "Données synthétiques")


def test_shares_and_differences_are_written_as_a_french_reader_expects() -> None:
    assert percent(0.4125) == "41,2\u00a0%"
    assert [counted_points(value) for value in (0.0194, -0.02)] == ["+1,9\u00a0point", "−2,0\u00a0points"]
    assert (points(0.034), points(-0.034), points(0.0), points(-0.0001), points(-1e-12)) == (
        "+3,4",
        "−3,4",
        "+0,0",
        "−0,0",
        "+0,0",
    )
