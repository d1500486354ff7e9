"""Each simple rule on a stock written by hand: who comes first, who is not ranked."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from riskmodel import REPOSITORY
from riskmodel.backtest import rankers
from tests.unit.backtest.drawn import panel


def ranked(name: str, *households: dict[str, Any]) -> list[str]:
    """Leases that the rule ranks, first to last."""
    value = rankers.rank(panel(*households), name).dropna()
    return value.sort_values(ascending=False, kind="stable").index.tolist()


def test_every_rule_is_one_file_and_has_a_french_name() -> None:
    files = {path.stem for path in (REPOSITORY / "sql" / "rankers").glob("*.sql")}
    assert files == set(rankers.NAMES)
    assert files == {name for rules in rankers.RULES.values() for name in rules}


@pytest.mark.parametrize("name", rankers.NAMES)
def test_a_rule_says_in_its_first_line_who_uses_it(name: str) -> None:
    first, second = (REPOSITORY / "sql" / "rankers" / f"{name}.sql").read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("-- ")
    assert first.endswith(".")
    assert not second.startswith("--")


def test_balance_puts_the_largest_exigible_debt_first() -> None:
    assert ranked("balance", {"legal_cents": 10}, {"legal_cents": 90_000}, {"legal_cents": -5}) == ["B2", "B1", "B3"]


def test_balance_in_terms_lets_a_small_rent_come_before_a_large_one() -> None:
    assert ranked("balance_terms", {"legal_terms": 0.5}, {"legal_terms": 1.7}) == ["B2", "B1"]


def test_debt_age_ranks_nobody_who_owes_nothing() -> None:
    assert ranked("debt_age", {"oldest_unpaid_days": 31}, {"oldest_unpaid_days": 0}, {"oldest_unpaid_days": 200}) == ["B3", "B1"]


def test_rising_needs_a_term_and_a_tenth_more_than_three_months_ago() -> None:
    stable, small = {"legal_terms": 2.0, "debt_rise_3_terms": 0.09}, {"legal_terms": 0.89, "debt_rise_3_terms": 0.5}
    at_both_bounds, more = {"legal_terms": 0.9, "debt_rise_3_terms": 0.1}, {"legal_terms": 1.5, "debt_rise_3_terms": 0.1}
    assert ranked("rising", stable, small, at_both_bounds, more) == ["B4", "B3"]


@pytest.mark.parametrize("name", ["unpaid_6", "unpaid_12"])
def test_most_unpaid_terms_come_first(name: str) -> None:
    assert ranked(name, {name.replace("unpaid_", "unpaid_terms_"): 1}, {name.replace("unpaid_", "unpaid_terms_"): 4}) == [
        "B2",
        "B1",
    ]


def test_first_miss_needs_a_clean_year_before_it() -> None:
    not_judged_yet = {"overdue_terms": 0.5}
    judged = {"overdue_terms": 0.9, "unpaid_terms_12": 1, "unpaid_terms_3": 1}
    old_miss = {"overdue_terms": 0.9, "unpaid_terms_12": 1, "unpaid_terms_3": 0}
    second = {"overdue_terms": 0.9, "unpaid_terms_12": 2, "unpaid_terms_3": 1}
    young = {"overdue_terms": 0.9, "unpaid_terms_12": 1, "unpaid_terms_3": 1, "judged_terms": 11}
    paid_since = {"overdue_terms": 0.0, "unpaid_terms_12": 1, "unpaid_terms_3": 1}
    assert ranked("first_miss", not_judged_yet, judged, old_miss, second, young, paid_since) == ["B2", "B1"]


def test_payment_silence_puts_the_longest_first_and_does_not_rank_whoever_never_paid() -> None:
    assert ranked("payment_silence", {"days_since_payment": 5}, {"days_since_payment": 80}, {"days_since_payment": None}) == [
        "B2",
        "B1",
    ]


def test_paid_less_counts_the_three_signs() -> None:
    less, later, both = {"paid_share_3": 89}, {"payment_delay_drift_days": 3}, {"paid_share_3": 50, "payment_delay_drift_days": 9}
    none, plans = {"paid_share_3": 90, "payment_delay_drift_days": 2, "plans_broken_365d": 1}, {"plans_broken_365d": 2}
    unknown = {"paid_share_3": None, "payment_delay_drift_days": None, "plans_broken_365d": None}
    assert ranked("paid_less", less, later, both, none, plans, unknown) == ["B3", "B1", "B2", "B5"]


def test_plan_missed_ranks_only_missed_plans() -> None:
    assert ranked("plan_missed", {"plan_missed": 1}, {"plan_missed": 0}, {"plan_missed": 3}, {"plan_missed": None}) == [
        "B3",
        "B1",
    ]


@pytest.mark.parametrize(("as_of", "listed"), [(date(2026, 12, 31), ["B2"]), (date(2027, 1, 1), ["B2", "B3", "B4"])])
def test_the_statutory_list_follows_the_rule_in_force_on_its_day(as_of: date, listed: list[str]) -> None:
    households: list[dict[str, Any]] = [
        {"legal_terms": 1.99, "legal_cents": 45_000},
        {"legal_terms": 2.0, "legal_cents": 30_000, "oldest_unpaid_on": date(2026, 9, 30)},
        {"legal_terms": 1.0, "legal_cents": 45_001},
        {"legal_terms": 0.2, "legal_cents": 9_000, "oldest_unpaid_on": date(2026, 9, 30)},
        {"legal_terms": 0.1, "legal_cents": 9_000, "oldest_unpaid_on": date(2026, 10, 2)},
    ]
    assert ranked("statutory", *({"as_of": as_of, **household} for household in households)) == listed


def test_silence_needs_two_attempts_and_counts_from_the_lease_for_whoever_never_answered() -> None:
    one_try = {"attempts_180d": 1, "days_since_two_way": 900}
    tried, never = (
        {"attempts_180d": 2, "days_since_two_way": 200},
        {"attempts_180d": 3, "tenancy_days": 400, "days_since_two_way": None},
    )
    assert ranked("silence", one_try, tried, never) == ["B3", "B2"]


def test_unanswered_adds_requests_and_mail() -> None:
    assert ranked("unanswered", {"obligations_unmet": 1}, {"obligations_unmet": 1, "mail_returned_365d": 2}, {}) == ["B2", "B1"]
    assert ranked("unanswered", {"obligations_unmet": None, "mail_returned_365d": 1}) == ["B1"]


def test_chance_is_drawn_again_each_day_and_not_by_the_order_of_rows() -> None:
    stock = panel(*({} for _ in range(30)))
    first = rankers.rank(stock, "random")
    assert first.nunique() == 30
    assert first.sort_index().equals(rankers.rank(stock[::-1], "random").sort_index())
    later = rankers.rank(stock.assign(as_of=date(2026, 3, 8)), "random")
    assert list(first.sort_values().index) != list(later.sort_values().index)


def test_the_union_takes_one_of_each_list_in_turn() -> None:
    owes = [{"legal_terms": terms} for terms in (1.8, 1.2, 0.4)]
    silent = [{"attempts_180d": 2, "days_since_two_way": days, "in_drift": False} for days in (500, 300)]
    assert ranked("union", *owes, *silent) == ["B1", "B4", "B2", "B5", "B3"]


def test_the_union_lists_once_whoever_is_on_both_lists() -> None:
    both = {"legal_terms": 1.8, "attempts_180d": 2, "days_since_two_way": 500}
    assert ranked("union", both, {"legal_terms": 1.2}, {"legal_terms": 0.4, "in_contact": False}) == ["B1", "B2", "B3"]


@pytest.mark.parametrize("name", rankers.NAMES)
def test_rows_come_back_lease_by_lease_whatever_their_order(name: str) -> None:
    stock = panel({"legal_terms": 1.5, "legal_cents": 9}, {"plan_missed": 1}, {"attempts_180d": 2, "days_since_two_way": 5})
    there, back = rankers.rank(stock, name), rankers.rank(stock[::-1], name)
    assert there.index.tolist() == ["B1", "B2", "B3"]
    assert there.sort_index().equals(back.sort_index())


def test_a_ranker_sees_the_dictionary_and_the_day_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = pa.Table.from_pandas
    tables = SimpleNamespace(
        Table=SimpleNamespace(from_pandas=lambda given, **how: seen.extend(given.columns) or real(given, **how))
    )
    monkeypatch.setattr(rankers, "pa", tables)
    rankers.rank(panel({"derive_on": date(2026, 4, 1)}), "balance")
    assert set(seen) == set(rankers.SEEN)
    assert not {"derive_on", "derive_end", "decrochage_on", "in_drift", "stratum", "attempted"} & set(seen)


@pytest.mark.parametrize("name", rankers.NAMES)
def test_no_rule_names_what_came_next(name: str) -> None:
    text = (REPOSITORY / "sql" / "rankers" / f"{name}.sql").read_text(encoding="utf-8")
    for word in ("derive_", "decrochage", "attempted", "outcomes", "stratum", "cannot_say"):
        assert word not in text
