"""The two published tables: what they promise must hold in the files themselves."""

import pytest

from riskmodel import REPOSITORY
from riskmodel.features.dictionary import FEATURES
from riskmodel.score import PublishedTable, published
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.score.page import markdown
from riskmodel.score.reading import PUBLISHED

MONEY_OR_TERMS = {feature.name for feature in FEATURES if feature.unit in ("centimes", "termes nets", "termes")}


@pytest.fixture(params=PUBLISHED, ids=PUBLISHED)
def table(request: pytest.FixtureRequest) -> PublishedTable:
    return published(request.param)


def test_a_table_never_gives_more_than_a_hundred_points(table: PublishedTable) -> None:
    assert table.total == 100


def test_a_table_has_few_inputs_all_allowed_and_all_in_the_dictionary(table: PublishedTable) -> None:
    names = {entry.feature for entry in table.inputs}
    assert len(names) <= 15
    assert names <= {feature.name for feature in FEATURES}
    assert not names & FORBIDDEN.keys()


def test_no_single_input_can_put_a_household_on_the_list_except_a_debt_of_a_term_and_a_half(table: PublishedTable) -> None:
    alone = {entry.feature for entry in table.inputs if entry.most >= table.minimum}
    assert alone <= {"overdue_terms"}


def test_the_table_for_loss_of_contact_looks_at_no_debt() -> None:
    assert not {entry.feature for entry in published("decrochage").inputs} & MONEY_OR_TERMS


def test_unknown_never_adds_points_to_a_hand_set_table(table: PublishedTable) -> None:
    assert [entry.unknown.points for entry in table.inputs] == [0] * len(table.inputs)


def test_the_page_of_points_is_the_one_written_from_the_tables() -> None:
    assert (REPOSITORY / "docs" / "points.md").read_text(encoding="utf-8") == markdown()
