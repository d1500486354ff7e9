"""What must hold for any household and any published table."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskmodel.features.dictionary import FEATURES, Feature
from riskmodel.score import PublishedTable, apply, reasons
from tests.properties.tables import KEPT

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "BIGINT": st.integers(-50, 2_000) | st.integers(0, 5),
    "DOUBLE": st.integers(0, 3_000).map(lambda hundredths: hundredths / 100),
    "BOOLEAN": st.booleans(),
    "DATE": st.dates(),
    "VARCHAR": st.sampled_from(["", "a", "kept", "UG01"]),
}
DTYPES = {"BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean", "DATE": "object", "VARCHAR": "object"}


def value(feature: Feature) -> st.SearchStrategy[Any]:
    return st.none() | VALUES[feature.type]


TABLES = list(KEPT.values())
INPUTS = {entry.feature for table in TABLES for entry in table.inputs} | {"lease_id", "overdue_cents", "oldest_unpaid_on"}
people = st.fixed_dictionaries({feature.name: value(feature) for feature in FEATURES})
households = st.fixed_dictionaries({feature.name: value(feature) for feature in FEATURES if feature.name in INPUTS})
tables = pytest.mark.parametrize("table", TABLES, ids=KEPT)


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {f.name: pd.Series([row[f.name] for row in rows], dtype=DTYPES[f.type]) for f in FEATURES if f.name in rows[0]}
    )


@tables
@given(household=households)
def test_points_add_up_to_the_score_and_stay_within_a_hundred(table: PublishedTable, household: dict[str, Any]) -> None:
    found = apply(table, frame(household)).loc[0]
    points = found.drop(["lease_id", "score"])
    assert found["score"] == points.sum() <= 100
    assert (points >= 0).all()


@tables
@given(household=households)
def test_the_reasons_are_the_points_in_words(table: PublishedTable, household: dict[str, Any]) -> None:
    told = reasons(table, frame(household).to_dict("records")[0])
    found = apply(table, frame(household)).loc[0]
    assert {reason["input"]: reason["points"] for reason in told} == {
        entry.feature: found[f"points_{entry.feature}"] for entry in table.inputs if found[f"points_{entry.feature}"]
    }


@tables
@given(household=households, steps=st.data())
def test_an_input_that_goes_up_never_takes_points_away(
    table: PublishedTable, household: dict[str, Any], steps: st.DataObject
) -> None:
    entry = steps.draw(st.sampled_from(table.inputs))
    low, high = sorted([steps.draw(st.integers(0, 500)), steps.draw(st.integers(0, 500))])
    kind = next(feature.type for feature in FEATURES if feature.name == entry.feature)
    cast = {"BOOLEAN": bool, "DOUBLE": lambda hundredths: hundredths / 100, "BIGINT": int}[kind]
    before, after = ({**household, entry.feature: cast(level)} for level in (low, high))
    scores = apply(table, frame(before, after))["score"]
    assert scores[0] <= scores[1] if entry.sign == "up" else scores[0] >= scores[1]


@tables
@given(household=households)
def test_nothing_known_gives_the_declared_points_of_unknown(table: PublishedTable, household: dict[str, Any]) -> None:
    nothing = {**household, **{entry.feature: None for entry in table.inputs}}
    assert apply(table, frame(nothing)).loc[0, "score"] == sum(entry.unknown.points for entry in table.inputs)


@tables
@given(one=people, other=people)
def test_whatever_is_not_in_the_table_changes_nothing(table: PublishedTable, one: dict[str, Any], other: dict[str, Any]) -> None:
    swapped = {**other, **{entry.feature: one[entry.feature] for entry in table.inputs}}
    scores = apply(table, frame(one, swapped))["score"]
    assert scores[0] == scores[1]


@tables
@given(rows=st.lists(households, min_size=2, max_size=5), order=st.randoms(use_true_random=False))
def test_the_order_of_households_does_not_matter(table: PublishedTable, rows: list[dict[str, Any]], order: Any) -> None:
    named = [{**row, "lease_id": f"B{rank}"} for rank, row in enumerate(rows)]
    shuffled = sorted(named, key=lambda _: order.random())
    straight, mixed = (apply(table, frame(*some)).sort_values("lease_id", ignore_index=True) for some in (named, shuffled))
    pd.testing.assert_frame_equal(straight, mixed)
