"""Documents may not import the contract: these tests keep their words in step with it."""

import pytest

from riskmodel.contracts import overindebtedness, plans, procedures
from riskmodel.documents import labels
from riskmodel.features.dictionary import FEATURES
from riskmodel.score import published


def test_every_stage_of_the_procedure_has_its_words() -> None:
    assert set(labels.STAGES) == (set(procedures.STEPS) - {"pcs_signed", "closed"}) | {"none"}


def test_every_framework_and_overindebtedness_step_has_its_words() -> None:
    assert set(labels.FRAMEWORKS) == set(plans.FRAMEWORKS)
    assert set(labels.OVERINDEBTEDNESS) == set(overindebtedness.OVERINDEBTEDNESS_STEPS) | {"none"}


def test_every_named_input_is_a_feature() -> None:
    assert set(labels.INPUTS) <= {feature.name for feature in FEATURES}


@pytest.mark.parametrize("name", ["derive", "decrochage"])
def test_every_input_of_a_published_table_has_its_words(name: str) -> None:
    assert {entry.feature for entry in published(name).inputs} <= set(labels.INPUTS)
