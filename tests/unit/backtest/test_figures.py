"""Figures read by hand on a few households."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from riskmodel.backtest import figures, run
from riskmodel.backtest.rankers import RULES
from tests.unit.backtest.drawn import DAY, cut_short, drifts, panel, values

MODEL = "pose"


def read(
    stock: pd.DataFrame, by: list[float], *, k: int = 2, stratum: str = "tous", cut: str = "capacite", **more: object
) -> pd.Series:
    """The one line of the model's figures."""
    found = run(stock, "derive", k, values(stock, MODEL, by), **more)  # type: ignore[arg-type]
    line = found[(found["model"] == MODEL) & (found["stratum"] == stratum) & (found["cut"] == cut)]
    assert len(line) == 1
    return line.iloc[0]


def test_a_list_of_two_with_one_event_of_two() -> None:
    found = read(panel(drifts(40), {}, drifts(80), {}), [9, 8, 7, 6])
    assert (found["precision"], found["recall"], found["lift"]) == (0.5, 0.5, 1.0)
    assert (found["hits"], found["false_alarms"], found["lead_days"]) == (1, 1, 40)
    assert (found["k"], found["listed"], found["eligible"], found["events"], found["stock"]) == (2, 2, 4, 2, 4)


def test_rows_cut_short_take_a_place_and_count_on_neither_side() -> None:
    found = read(panel(drifts(), cut_short(), {}, {}), [9, 8, 7, 6], k=3)
    assert (found["listed"], found["listed_unlabelled"], found["labelled"], found["unlabelled"]) == (3, 1, 3, 1)
    assert (found["precision"], found["lift"]) == (0.5, 1.5)


def test_helped_households_are_unknown_and_not_misses() -> None:
    helped = pd.DataFrame({"lease_id": ["B2"], "helped_on": [DAY + timedelta(days=20)]})
    stock = panel(drifts(), {}, {})
    assert read(stock, [9, 8, 7])["precision"] == 0.5
    assert read(stock, [9, 8, 7], treated=helped)["precision"] == 1.0


def test_a_tie_at_the_cut_is_read_three_ways() -> None:
    found = read(panel(drifts(), {}, drifts(), {}), [9, 5, 5, 5])
    assert (found["precision_worst"], found["precision_best"]) == (0.5, 1.0)
    assert found["precision"] == pytest.approx(2 / 3)


def test_a_household_without_a_value_comes_after_all_others() -> None:
    found = read(panel({}, drifts(), {}), [float("nan"), -5, -6], k=1)
    assert found["precision"] == 1.0


def test_a_household_the_model_left_out_still_has_to_be_found() -> None:
    stock = panel(drifts(), drifts(), {})
    found = run(stock, "derive", 1, values(stock, MODEL, [1, 2, 3])[:1])
    line = found[(found["model"] == MODEL) & (found["stratum"] == "tous") & (found["cut"] == "capacite")].iloc[0]
    assert (line["eligible"], line["events"], line["recall"]) == (3, 2, 0.5)


def test_only_eligible_households_are_ranked_and_counted() -> None:
    found = read(panel(drifts(in_drift=False), {}, drifts()), [9, 8, 7], k=1)
    assert (found["stock"], found["eligible"], found["events"], found["precision"]) == (3, 2, 1, 0.0)


def test_shares_are_of_the_stock_rounded_up() -> None:
    stock = panel(*({"in_drift": n < 40} for n in range(101)))
    found = run(stock, "derive", 5).query("model == 'balance' and stratum == 'tous'").set_index("cut")["k"]
    assert found.to_dict() == {"capacite": 5, "1%": 2, "2%": 3, "5%": 6, "10%": 11}


def test_strata_are_ranked_on_their_own() -> None:
    stock = panel(drifts(stratum="avance"), {"stratum": "avance"}, drifts(), {}, {})
    early, late = (read(stock, [9, 8, 3, 2, 1], k=1, stratum=name) for name in ("precoce", "avance"))
    assert (early["eligible"], early["precision"], early["stock"]) == (3, 1.0, 3)
    assert (late["eligible"], late["precision"], late["stock"]) == (2, 1.0, 2)


def test_lead_time_is_the_median_of_hits_weighted_by_their_chance_to_be_listed() -> None:
    assert read(panel(drifts(10), drifts(30), drifts(50)), [3, 2, 1], k=3)["lead_days"] == 30
    assert read(panel(drifts(10), drifts(30)), [2, 1], k=2)["lead_days"] == 20
    assert read(panel(drifts(10), drifts(80), drifts(80), drifts(80)), [9, 1, 1, 1], k=2)["lead_days"] == 45
    assert np.isnan(read(panel({}, {}, drifts()), [3, 2, 1], k=2)["lead_days"])


def test_a_day_whose_window_is_open_has_no_figures() -> None:
    later = DAY + timedelta(weeks=4)
    stock = panel(drifts(), {}, {"known_until": later + timedelta(days=104), "as_of": later, "lease_id": "B1"})
    assert run(stock, "derive", 2)["as_of"].unique().tolist() == [pd.Timestamp(DAY)]


def test_every_rule_is_measured_on_every_cut_and_stratum() -> None:
    found = run(panel(drifts(), {}), "derive", 1)
    assert set(found["model"]) == set(RULES["derive"])
    assert len(found) == len(RULES["derive"]) * len(figures.CUTS) * len(figures.STRATA)


def test_one_list_for_both_questions_counts_either_event() -> None:
    lost = {"decrochage_on": date(2026, 4, 1), "in_drift": False}
    half_watched = {"decrochage_end": "objection", "decrochage_end_on": date(2026, 3, 9)}
    stock = panel(drifts(), lost, half_watched, {}, {"in_drift": False, "in_contact": False})
    found = run(stock, "commun", 4).query("model == 'union' and stratum == 'tous' and cut == 'capacite'").iloc[0]
    assert (found["eligible"], found["events"], found["unlabelled"], found["hits"]) == (4, 2, 1, 2)


def test_figures_do_not_depend_on_the_order_of_rows_or_on_identifiers() -> None:
    stock = panel(*(drifts() if n % 3 == 0 else {"legal_cents": n, "legal_terms": n % 5 / 2} for n in range(30)))
    renamed = stock.assign(lease_id=stock["lease_id"].map(lambda lease: f"Z{99 - int(lease[1:])}"))
    by = [float(n % 7) for n in range(30)]
    there = run(stock, "derive", 10, values(stock, MODEL, by))
    for other in (stock.assign(value=by).sample(frac=1, random_state=3), renamed.assign(value=by)):
        back = run(other.drop(columns="value"), "derive", 10, values(other, MODEL, other["value"].tolist()))
        unlotted = [frame[frame["model"] != "random"].reset_index(drop=True) for frame in (there, back)]
        pd.testing.assert_frame_equal(*unlotted)


def test_rows_on_the_lists_carry_their_chance() -> None:
    stock = panel(drifts(), {}, drifts(), {})
    given = figures.orders(stock, "derive", values(stock, MODEL, [9, 5, 5, 5]))
    found = figures.listed(given, 2).query("model == @MODEL").set_index("lease_id")["chance"]
    assert found.to_dict() == pytest.approx({"B1": 1.0, "B2": 1 / 3, "B3": 1 / 3, "B4": 1 / 3})
