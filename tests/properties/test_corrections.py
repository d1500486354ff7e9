"""Disputing a fact can only lower a household's scores, whatever the table, the household and the fact; nobody else's moves."""

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from riskmodel.features.dictionary import FEATURES
from riskmodel.people.corrections import unknown
from riskmodel.people.facts import facts
from riskmodel.score import PublishedTable, apply
from tests.properties.tables import tables
from tests.properties.test_score import frame, people

some_facts = st.lists(st.sampled_from(list(facts().values())), min_size=1, unique=True)
any_table = st.one_of(tables("derive"), tables("decrochage"))


@given(any_table, people, people, some_facts)
def test_a_dispute_takes_exactly_the_points_of_its_inputs(
    table: PublishedTable, household: dict[str, Any], other: dict[str, Any], disputed: list[Any]
) -> None:
    rows = frame({**household, "lease_id": "B1"}, {**other, "lease_id": "B2"})
    inputs = {name for fact in disputed for name in fact.inputs}
    before, after = apply(table, rows), apply(table, unknown(rows, {"B1": tuple(inputs)}))
    assert after.loc[1].equals(before.loc[1])
    taken = sum(before.at[0, f"points_{entry.feature}"] for entry in table.inputs if entry.feature in inputs)
    assert after.at[0, "score"] == before.at[0, "score"] - taken <= before.at[0, "score"]


@given(people, some_facts)
def test_a_dispute_leaves_every_other_figure_of_the_household_as_it_was(household: dict[str, Any], disputed: list[Any]) -> None:
    rows = frame({**household, "lease_id": "B1"})
    inputs = {name for fact in disputed for name in fact.inputs}
    masked = unknown(rows, {"B1": tuple(inputs)})
    kept = [feature.name for feature in FEATURES if feature.name not in inputs]
    pd.testing.assert_frame_equal(masked[kept], rows[kept])
    assert masked[sorted(inputs)].isna().all(axis=None)
