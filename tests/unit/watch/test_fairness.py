"""Figures by group: what counts as evidence, what is refused, what is hidden."""

import pandas as pd
import pytest

from riskmodel.watch import fairness, limits
from riskmodel.watch.fairness import published
from tests.unit.watch import landlord

LIMITS = limits()


def figure(found: pd.DataFrame, attribute: str, group: str, metric: str) -> pd.Series:
    (found_line,) = found[(found["attribute"] == attribute) & (found["group"] == group) & (found["metric"] == metric)].index
    return found.loc[found_line]


def test_a_group_seen_as_often_as_the_others_is_within_the_limits() -> None:
    found = fairness(*landlord.rows(), LIMITS)
    inside = figure(found, "priority_area", "inside", "recall")
    assert inside["reading"] == "within"
    assert inside["low"] < 0.6 < inside["high"]
    assert inside["ratio_low"] < 1 < inside["ratio_high"]


def test_a_group_seen_half_as_often_is_out_of_bounds_and_so_is_the_other() -> None:
    found = fairness(*landlord.rows(seen=(0.3, 0.7)), LIMITS)
    inside, outside = (figure(found, "priority_area", group, "recall") for group in ("inside", "outside"))
    assert (inside["reading"], outside["reading"]) == ("outside", "outside")
    assert inside["ratio"] == pytest.approx(1 / outside["ratio"])


def test_a_gap_that_chance_explains_is_said_to_be_unsure() -> None:
    found = fairness(*landlord.rows(160, seen=(0.45, 0.65), seed=4), LIMITS)
    inside = figure(found, "priority_area", "inside", "recall")
    assert inside["ratio"] < LIMITS.low
    assert inside["reading"] == "unsure"
    assert inside["sure_low"] < inside["ratio_low"]


def test_under_thirty_households_in_difficulty_there_is_too_little_to_say() -> None:
    found = fairness(*landlord.rows(60, seen=(0.0, 0.9), events=0.08), LIMITS)
    assert figure(found, "priority_area", "inside", "recall")["reading"] == "few"


def test_a_household_that_comes_back_six_times_is_one_household() -> None:
    found = fairness(*landlord.rows(), LIMITS)
    assert figure(found, "tous", "tous", "selection")["households"] == 400
    assert figure(found, "tous", "tous", "selection")["denominator"] == 2400


def test_without_a_followed_draw_recall_is_refused_and_precision_is_not() -> None:
    rows, groups = landlord.rows()
    found = fairness(rows.assign(weight=0.0), groups, LIMITS)
    assert figure(found, "priority_area", "inside", "recall")["reading"] == "refused"
    assert figure(found, "priority_area", "inside", "false_alarm")["reading"] == "refused"
    assert figure(found, "priority_area", "inside", "precision")["reading"] == "within"


def test_drawn_rows_stand_for_those_that_were_not() -> None:
    """One unlisted household in two is followed, each counting for two: recall comes back to what it is when all are."""
    rows, groups = landlord.rows(1200)
    whole = figure(fairness(rows, groups, LIMITS), "tous", "tous", "recall")
    rank = rows["lease_id"].str[1:].astype(int) // 2 % 2
    drawn = rows.assign(weight=rows["listed"].astype(float).where(rows["listed"], 2.0 * rank))
    estimated = figure(fairness(drawn, groups, LIMITS), "tous", "tous", "recall")
    assert estimated["value"] == pytest.approx(whole["value"], abs=0.03)
    assert estimated["high"] - estimated["low"] > whole["high"] - whole["low"]


def test_a_household_without_a_known_outcome_counts_neither_way() -> None:
    rows, groups = landlord.rows()
    found = fairness(rows.assign(event=rows["event"].mask(rows["listed"], pd.NA)), groups, LIMITS)
    assert figure(found, "tous", "tous", "precision")["denominator"] == 0
    assert figure(found, "tous", "tous", "recall")["numerator"] == 0


def test_households_without_a_known_group_are_a_group_of_their_own() -> None:
    rows, groups = landlord.rows()
    kept = groups[groups["lease_id"] >= "B0100"]
    found = fairness(rows, kept, LIMITS)
    assert figure(found, "priority_area", "unknown", "selection")["households"] == 100


def test_the_earliest_notice_of_each_household_makes_the_lead() -> None:
    found = fairness(*landlord.rows(), LIMITS)
    lead = figure(found, "tous", "tous", "lead_days")
    assert lead["value"] == 30
    assert lead["households"] <= 400


def test_a_small_cell_is_blank_and_cannot_be_found_by_subtraction() -> None:
    rows, groups = landlord.rows()
    few = groups.assign(priority_area=groups["priority_area"].mask(groups["lease_id"] < "B0008", "unknown"))
    shown = published(fairness(rows, few, LIMITS), LIMITS)
    selected = shown[(shown["attribute"] == "priority_area") & (shown["metric"] == "selection")].set_index("group")
    assert selected.loc["unknown", "is_hidden"]
    assert selected["is_hidden"].sum() == 2
    assert selected.loc[selected["is_hidden"], ["value", "numerator", "ratio"]].isna().all(axis=None)
    assert (selected.loc[~selected["is_hidden"], "households"] >= LIMITS.small_cell).all()


def test_an_empty_group_hides_nobody() -> None:
    rows, groups = landlord.rows(days=landlord.DAYS[:1])
    inside = groups["priority_area"] == "inside"
    three = groups.assign(priority_area=groups["priority_area"].mask(groups["lease_id"] < "B0008", "unknown"))
    never = rows.assign(listed=rows["listed"] & ~inside)
    shown = published(fairness(never, three, LIMITS), LIMITS)
    cells = shown[(shown["attribute"] == "priority_area") & (shown["metric"] == "attempted")].set_index("group")
    assert cells.loc["inside", "households"] == 0
    assert cells.loc[["outside", "unknown"], "is_hidden"].all()


def test_no_lease_leaves_with_the_figures() -> None:
    found = fairness(*landlord.rows(), LIMITS)
    assert not {"lease_id", "household_id"} & set(found.columns)
    assert not found.astype(str).apply(lambda column: column.str.contains(r"\b[BM]\d{4}\b")).any(axis=None)
