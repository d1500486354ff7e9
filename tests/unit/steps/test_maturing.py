"""What one past Sunday was worth: the score beside the rules, at equal length in the same rows, whoever was helped apart."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from riskmodel import outcomes
from riskmodel.score import published
from riskmodel.settings import Landlord
from riskmodel.steps.maturing import Past, Shown, chosen, happened, records, week_of
from riskmodel.steps.receive import receive
from riskmodel.steps.source import source
from riskmodel.steps.track import replayed_days
from tests.factory import house
from tests.flow import tiny

NOBODY = pd.DataFrame({"lease_id": [], "helped_on": []})


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The six households of the tiny landlord on a Sunday, all asked about drift and watched to the end without an event."""
    folder = tmp_path_factory.mktemp("passe")
    settings = house(folder)
    tiny.deliver_evenings(folder / "inbox")
    receive(settings, "essai", tiny.SUNDAY)
    known, last = source(settings, "essai")
    panel = outcomes.panel(known, [tiny.REPLAYED], last, folder / "histoire")
    blank = {f"{score}_{column}": None for score in outcomes.SCORES for column in ("on", "end", "end_on")}
    return panel.assign(in_drift=True, in_contact=True, stratum="precoce", **blank)


def past(panel: pd.DataFrame, **values: Any) -> Past:
    landlord = Landlord("essai", "Bailleur essai", "canonique", Path("inbox"), default_capacity=2)
    tables = {name: published(name) for name in outcomes.SCORES}
    return replace(Past(tiny.REPLAYED, panel, tables, landlord, NOBODY), **values)


def event(panel: pd.DataFrame, *leases: str) -> pd.DataFrame:
    """The same day with a drift of these leases thirty days later."""
    on = panel["lease_id"].map(dict.fromkeys(leases, tiny.REPLAYED + timedelta(days=30))).astype("object")
    return panel.assign(derive_on=on.where(on.notna(), None))


def line(found: Past, model: str, stratum: str = "tous", score: str = "derive") -> dict[str, Any]:
    return next(told for told in records(found) if (told["score"], told["model"], told["stratum"]) == (score, model, stratum))


def shown(*leases: str, order: str = "score") -> dict[str, Shown]:
    return {"derive": Shown(frozenset(leases), order), "decrochage": Shown(frozenset(), "score")}


def test_no_rule_is_judged_on_a_row_that_a_persons_answer_kept_away(measured: pd.DataFrame) -> None:
    """What nobody could have shown is no order's hit or miss; it stays among the events that recall is about."""
    told = past(event(measured, "B6"), shown=shown("B1", "B2"))
    free, quiet = line(told, "balance"), line(replace(told, muted=frozenset({("B6", "derive")})), "balance")
    assert (free["hits"], quiet["hits"]) == (1, 0)
    assert (free["listed"], free["events"]) == (quiet["listed"], quiet["events"])
    assert line(told, "score") == line(replace(told, muted=frozenset({("B6", "derive")})), "score")


def test_a_served_list_is_judged_on_the_rows_that_were_shown(measured: pd.DataFrame) -> None:
    found = past(event(measured, "B1", "B2"), shown=shown("B1", "B3"))
    own = line(found, "score")
    assert (own["k"], own["listed"], own["hits"], own["events"], own["eligible"]) == (2, 2, 1, 2, 6)
    assert (own["kind"], own["is_served"], own["lead_days"]) == ("servi", True, 30.0)


def test_every_rule_lists_as_many_rows_in_each_unit_as_the_list_did(measured: pd.DataFrame) -> None:
    found = past(measured, shown=shown("B1", "B3", "B2"))
    assert {told["k"] for told in records(found) if told["score"] == "derive" and told["stratum"] == "tous"} == {3}


def test_a_helped_household_is_neither_a_hit_nor_a_false_alarm(measured: pd.DataFrame) -> None:
    helped = pd.DataFrame({"lease_id": ["B1"], "helped_on": [tiny.REPLAYED + timedelta(days=2)]})
    own = line(past(event(measured, "B1", "B3"), shown=shown("B1", "B3"), treated=helped), "score")
    assert (own["k"], own["listed"], own["hits"], own["treated"], own["eligible"]) == (2, 1, 1, 1, 5)


def test_help_before_the_day_or_after_the_window_is_no_help_of_this_list(measured: pd.DataFrame) -> None:
    days = [tiny.REPLAYED, tiny.REPLAYED + timedelta(days=91)]
    helped = pd.DataFrame({"lease_id": ["B1", "B3"], "helped_on": days})
    own = line(past(measured, shown=shown("B1", "B3"), treated=helped), "score")
    assert (own["listed"], own["treated"]) == (2, 0)


def test_when_a_rule_served_its_rows_are_those_shown_and_the_score_is_judged_beside_it(measured: pd.DataFrame) -> None:
    found = past(event(measured, "B1"), shown=shown("B1", order="debt_age"))
    assert (line(found, "debt_age")["hits"], line(found, "debt_age")["is_served"]) == (1, True)
    assert (line(found, "score")["k"], line(found, "score")["is_served"]) == (1, False)


def test_a_replay_lists_what_the_table_flags_within_each_units_places(measured: pd.DataFrame) -> None:
    own = line(past(measured), "score")
    assert (own["kind"], own["is_served"], own["version"]) == ("rejoué", False, "2026-11")
    assert own["k"] <= 2


def test_strata_share_out_the_whole_and_contact_has_one(measured: pd.DataFrame) -> None:
    late = measured.assign(stratum=["avance"] * 2 + ["precoce"] * 4)
    found = past(late, shown=shown("B1", "B3", "B6"))
    early, late_line, whole = (line(found, "score", name) for name in ("precoce", "avance", "tous"))
    for count in ("k", "listed", "eligible"):
        assert early[count] + late_line[count] == whole[count]
    assert {told["stratum"] for told in records(found) if told["score"] == "decrochage"} == {"tous"}


def test_the_order_of_rows_changes_nothing(measured: pd.DataFrame) -> None:
    turned = measured.iloc[::-1].reset_index(drop=True)
    assert records(past(event(turned, "B5"))) == records(past(event(measured, "B5")))


def test_what_came_of_each_lease_is_told_with_help_beside_the_event(measured: pd.DataFrame) -> None:
    helped = pd.DataFrame({"lease_id": ["B2"], "helped_on": [tiny.REPLAYED + timedelta(days=2)]})
    told = happened(past(event(measured, "B1"), treated=helped), "derive")
    assert (told["B1"], told["B2"]) == ((1, False), (0, True))


def test_ties_are_settled_by_a_lot_and_missing_values_come_last() -> None:
    rows = pd.DataFrame({"lease_id": list("abcd"), "management_unit": ["U"] * 3 + ["V"]})
    value = pd.Series([1.0, None, 2.0, None])
    assert list(chosen(rows, value, {"U": 2}, "2026-S30")) == [True, False, True, False]
    same = chosen(rows, pd.Series([1.0] * 4), {"U": 1, "V": 1}, "2026-S30")
    assert (int(same.sum()), bool(same[3])) == (2, True)


def test_a_sunday_belongs_to_the_week_that_follows() -> None:
    assert week_of(date(2026, 11, 1)) == "2026-S45"
    assert week_of(date(2027, 1, 3)) == "2027-S01"


def test_replayed_sundays_are_the_same_whatever_week_they_are_counted_from() -> None:
    first, ledger = date(2026, 11, 1), date(2020, 1, 1)
    now = replayed_days(first, first, ledger)
    later = replayed_days(first, first + timedelta(days=200), ledger)
    assert len(later) == 13
    assert now == later[: len(now)]
    assert {(after - before).days for before, after in pairwise(later)} == {28}
    assert now[-1] + timedelta(days=105) <= first
    assert later[-1] < first


def test_a_sunday_without_half_a_year_of_ledger_is_not_replayed() -> None:
    days = replayed_days(date(2026, 11, 1), date(2026, 11, 1), date(2026, 1, 5))
    assert days == [tiny.REPLAYED]
