"""A simple rule that orders a tab in place of its score."""

import re
from typing import Any

import pytest

from riskmodel import REPOSITORY
from riskmodel.features.dictionary import FEATURES
from riskmodel.score.french import placeholders
from riskmodel.weekly import rules
from riskmodel.weekly.compose import compose
from riskmodel.weekly.frozen import FrozenList
from riskmodel.weekly.stock import assemble, place
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, features, placed

AGE = {"orders": {"derive": "debt_age", "decrochage": "score"}, "rules": {"derive": "âge de la dette"}}


def ruled(*households: dict[str, Any], values: list[float | None], capacity: int = 6, **said: Any) -> FrozenList:
    on = edition(capacity, **(said or AGE))
    scored = placed(*households)[["derive", "decrochage", "has_objected", "is_deceased"]]
    frame = features(*households).set_index("lease_id", drop=False)
    stock = frame.join(scored).assign(rule_derive=values)
    stock.index.name = None
    return compose(place(stock, on), on, {}).lists[0]


def test_rows_stand_in_the_order_of_the_rule_and_only_those_it_ranks() -> None:
    made = ruled(OWES_A_TERM, {**OWES_A_TERM, "rejects_120d": 2}, OWES_A_TERM, values=[90.0, None, 120.0])
    assert [row.lease_id for row in made.tab("derive")] == ["B3", "B1"]


def test_they_show_the_rule_and_the_household_s_own_figure_and_no_points() -> None:
    (row,) = ruled({**OWES_A_TERM, "oldest_unpaid_days": 90}, values=[90.0]).tab("derive")
    assert (row.drift, row.decrochage, row.reasons, row.probability) == (None, None, (), None)
    assert row.why == "Règle « âge de la dette »."
    named = {"orders": {"derive": "unpaid_6"}, "rules": {"derive": "termes non soldés sur 6"}}
    (row,) = ruled(OWES_A_TERM, values=[2.0], **named).tab("derive")
    assert row.why == "Règle « termes non soldés sur 6 » : Termes non soldés à temps sur les 6 derniers : 2."


def test_the_list_says_what_orders_each_tab_and_quotes_no_score_beyond_the_capacity() -> None:
    made = ruled(*[OWES_A_TERM] * 9, values=[float(n) for n in range(9)])
    assert made.orders == {"derive": "debt_age", "decrochage": "score"}
    assert made.counts["coupe_derive"] == 3
    assert "coupe_derive_score" not in made.counts
    assert "coupe_decrochage_score" in made.counts


def test_the_other_tab_keeps_its_score_and_its_points() -> None:
    (row,) = ruled(LOST, values=[None]).tab("decrochage")
    assert row.decrochage == sum(reason.points for reason in row.reasons) == 60
    assert row.drift is None


def test_a_household_that_both_tabs_ask_for_stands_where_it_is_nearer_the_top() -> None:
    both = {**OWES_A_TERM, **LOST}
    made = ruled(OWES_A_TERM, both, both, values=[10.0, 99.0, 5.0])
    assert [row.lease_id for row in made.tab("derive")] == ["B2", "B1"]
    assert [row.lease_id for row in made.tab("decrochage")] == ["B3"]
    made = ruled(OWES_A_TERM, both, {**LOST, "silence_days": 400}, values=[99.0, 10.0, None])
    assert [row.lease_id for row in made.tab("derive")] == ["B1"]


def test_a_rule_does_not_bring_back_who_owes_nothing_nor_who_objects() -> None:
    on = edition(**AGE)
    frame = features({}, OWES_A_TERM)
    scores = placed({}, OWES_A_TERM)[["lease_id", "derive", "decrochage"]].melt("lease_id", var_name="table", value_name="score")
    rights = frame[["lease_id"]].assign(has_objected=[False, True], is_deceased=False)
    stock = assemble(frame, scores[scores["lease_id"] != "B2"], rights).assign(rule_derive=[3.0, 90.0])
    assert compose(place(stock, on), on, {}).lists[0].rows == ()


@pytest.mark.parametrize("rule", rules.SEEN)
def test_every_sentence_asks_for_features(rule: str) -> None:
    names = set(placeholders(rules.SEEN[rule]))
    assert names
    assert names <= {feature.name for feature in FEATURES}


def test_every_rule_of_the_repository_that_reads_one_household_has_its_sentence() -> None:
    written = {path.stem for path in (REPOSITORY / "sql" / "rankers").glob("*.sql")}
    assert written - {"random", "union"} == set(rules.SEEN)


def test_figures_that_are_not_known_are_left_out() -> None:
    household = {"days_since_two_way": None, "attempts_180d": 3}
    said = rules.said("silence", "silence", household)
    assert said == "Règle « silence » : tentatives en six mois : 3."
    assert not re.search(r"inconnu|None|nan", said)
