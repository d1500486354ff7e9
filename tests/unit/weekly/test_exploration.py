"""Who is drawn, with which chance, and what nobody can read of it before deciding."""

from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from riskmodel.documents.flat import flat
from riskmodel.weekly.compose import DRAWN, NOT_DRAWN, Composed, compose
from riskmodel.weekly.exploration import Draw, draw, mixed, places, seed, strata
from riskmodel.weekly.frozen import FrozenList
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, placed

OWES = {**OWES_A_TERM, "oldest_unpaid_days": 40}
LATE = {"oldest_unpaid_days": 40, "overdue_terms": 1.2, "current_terms": 1.2, "overdue_cents": 48_000}
EARLY = {"overdue_terms": 0.3, "current_terms": 0.3, "overdue_cents": 12_000}
STOCK = (*[OWES] * 30, *[LOST] * 10, *[LATE] * 12, *[EARLY] * 20, *[{}] * 60)


def composed(*households: dict[str, Any], capacity: int = 20, **said: Any) -> Composed:
    on = edition(capacity, **said)
    return compose(placed(*households, on=on), on, {})


def scored(frozen: FrozenList) -> list[str]:
    return [row.lease_id for row in frozen.rows if row.tab in ("derive", "decrochage")]


@pytest.mark.parametrize(("capacity", "drawn"), [(0, 0), (6, 0), (7, 1), (10, 1), (13, 1), (14, 2), (20, 3), (40, 6), (100, 15)])
def test_ten_to_fifteen_places_in_a_hundred_are_drawn_and_none_below_seven(capacity: int, drawn: int) -> None:
    assert places(capacity) == drawn
    assert capacity < 7 or capacity in (11, 12, 13) or 0.10 <= drawn / capacity <= 0.15


def test_the_list_is_as_long_as_the_capacity_and_the_drawn_rows_are_among_its_own() -> None:
    made = composed(*STOCK)
    assert len(scored(made.lists[0])) == 20
    assert len(made.draws) == 3
    assert {drawn.lease_id for drawn in made.draws} <= set(scored(made.lists[0]))


def test_the_top_is_never_drawn_and_keeps_its_places() -> None:
    top = set(scored(composed(*STOCK, capacity=6).lists[0]))
    made = composed(*STOCK)
    assert top <= set(scored(made.lists[0]))
    assert not top & {drawn.lease_id for drawn in made.draws}


def test_urgencies_objections_estates_and_timing_causes_are_not_drawn_for_drift() -> None:
    urgent = {"is_clause_missed": True, "plan_framework": "pcs", "plan_missed": 1}
    waiting = {"legal_terms": 1.0, "benefit_gap_cents": 30_000}
    rights = [
        {"lease_id": "B3", "has_objected": True, "is_deceased": False},
        {"lease_id": "B4", "has_objected": False, "is_deceased": True},
    ]
    pools = strata(placed(urgent, waiting, {}, {}, EARLY, LATE, {}, rights=rights))
    assert {cell: leases for cell, leases in pools.items() if cell[0] == "derive"} == {
        ("derive", "avance"): ["B6"],
        ("derive", "precoce"): ["B5"],
        ("derive", "sans_dette"): ["B7"],
    }
    assert pools["decrochage", "sans_dette"] == ["B2", "B7"]


def test_contact_is_drawn_among_those_reachable_so_far_of_delivered_contacts() -> None:
    pools = strata(placed({}, {**LATE}, LOST, {"is_terminated": True}, {"attempts_180d": None}))
    assert (pools["decrochage", "sans_dette"], pools["decrochage", "avec_dette"]) == (["B1"], ["B2"])


def test_urgent_rows_keep_their_places_beside_a_draw() -> None:
    urgent = {"is_clause_missed": True, "plan_framework": "pcs", "plan_missed": 1}
    made = composed(*[urgent] * 3, *STOCK)
    assert len(made.lists[0].tab("urgence")) == 3
    assert len(scored(made.lists[0])) == 20


def test_a_tenth_of_all_places_stays_for_lost_contact_without_debt() -> None:
    indebted = {**LOST, "overdue_terms": 2.5, "silence_days": 400}
    made = composed(*[indebted] * 30, *[LOST] * 4, *[OWES] * 30, *[{}] * 60)
    own = {row.lease_id for row in made.lists[0].tab("decrochage")} - {drawn.lease_id for drawn in made.draws}
    assert len([lease for lease in own if 31 <= int(lease[1:]) <= 34]) == 2


def test_the_same_week_draws_the_same_rows_whatever_the_order_of_the_stock() -> None:
    named = [{**household, "lease_id": f"B{rank}"} for rank, household in enumerate(STOCK, start=1)]
    first = composed(*named)
    assert composed(*named) == first
    assert composed(*reversed(named)) == first


def test_another_week_or_another_unit_draws_others() -> None:
    weeks = [edition().monday + timedelta(days=7 * ahead) for ahead in range(4)]
    drawn = [{d.lease_id for d in composed(*STOCK, monday=week, last_delivery=week).draws} for week in weeks]
    assert len({frozenset(leases) for leases in drawn}) == 4
    assert len({seed("essai", "2026-S45", unit) for unit in ("UG01", "UG02", "UG03")}) == 3


def test_a_draw_is_kept_with_all_that_the_register_asks_for() -> None:
    drawn = composed(*STOCK).draws[0]
    assert isinstance(drawn, Draw)
    assert set(asdict(drawn)) == {
        *("landlord_id", "week", "management_unit", "lease_id", "score", "stratum", "probability", "seed")
    }
    assert drawn.seed == seed("essai", "2026-S45", "UG01")
    assert 0 < drawn.probability <= 1


def test_each_household_is_drawn_as_often_as_its_probability_says() -> None:
    pools = {
        ("derive", "avance"): ["A1", "A2"],
        ("derive", "sans_dette"): [f"S{n}" for n in range(9)],
        ("decrochage", "avec_dette"): ["A1"],
    }
    seen: Counter[tuple[str, str]] = Counter()
    chances: dict[tuple[str, str], set[float]] = {}
    for week in range(2_000):
        for drawn in draw(pools, 3, "essai", f"semaine {week}", "UG01"):
            seen[drawn.score, drawn.lease_id] += 1
            chances.setdefault((drawn.score, drawn.lease_id), set()).add(drawn.probability)
    assert sum(seen.values()) == 6_000
    assert len(seen) == 12
    for who, chance in chances.items():
        assert len(chance) == 1
        assert abs(seen[who] / 2_000 - min(chance)) < 0.04


def test_a_draw_does_not_depend_on_the_order_of_identifiers() -> None:
    leases = [f"B{n:02d}" for n in range(40)]
    first = [draw({("derive", "precoce"): leases}, 1, "essai", f"semaine {week}", "UG01")[0].lease_id for week in range(300)]
    again = [
        draw({("derive", "precoce"): leases[::-1]}, 1, "essai", f"semaine {week}", "UG01")[0].lease_id for week in range(300)
    ]
    assert first == again
    assert 100 < sum(lease < "B20" for lease in first) < 200


def test_places_that_nobody_is_left_to_be_drawn_for_go_back_to_the_best() -> None:
    made = composed(*[{**LOST, "overdue_terms": 2.5}] * 12, capacity=10)
    assert made.draws == ()
    assert len(scored(made.lists[0])) == 10


def test_no_more_are_drawn_than_there_are_and_their_chance_is_then_one() -> None:
    made = composed(*[LOST] * 30, {}, capacity=40)
    assert {(drawn.lease_id, drawn.probability) for drawn in made.draws} == {("B31", 1.0)}


def test_a_household_drawn_from_another_tab_leaves_it_and_stands_once_on_the_list() -> None:
    to_call = {"is_to_contact": True, "obligations_unmet": 1}
    made = composed(*[to_call] * 8, capacity=20)
    leases = [row.lease_id for row in made.lists[0].rows]
    assert len(leases) == len(set(leases)) == 8
    assert {row.why for row in made.lists[0].rows if row.tab in ("derive", "decrochage")} == {None}


def test_nothing_in_a_list_or_its_files_says_who_was_drawn() -> None:
    made = composed(*STOCK)
    frozen = made.lists[0]
    drawn = {one.lease_id for one in made.draws}
    assert not {key for row in frozen.rows for key in asdict(row)} & {"is_drawn", "drawn", "seed", "draw"}
    assert not [key for key in frozen.counts if "tir" in key or "sort" in key]
    assert made.draws[0].seed not in str(frozen.as_dict())
    lines = [line for line in flat(frozen).decode().splitlines() if any(lease in line for lease in drawn)]
    assert lines
    assert not [line for line in lines if "tiré" in line or "sort" in line]


def test_drawn_rows_stand_anywhere_on_their_tab_and_the_best_stay_in_their_third() -> None:
    best, drawn = (pd.DataFrame({"lease_id": [f"{name}{n}" for n in range(size)]}) for name, size in (("B", 12), ("D", 2)))
    positions: Counter[int] = Counter()
    for week in range(300):
        shown = list(mixed(best, drawn, f"tirage {week}")["lease_id"])
        positions.update(shown.index(lease) // 5 for lease in ("D0", "D1"))
        assert [int(lease[1:]) // 4 for lease in shown if lease[0] == "B"] == [0] * 4 + [1] * 4 + [2] * 4
    assert all(100 < positions[third] < 300 for third in range(3))


def test_a_drawn_row_without_points_shows_no_reason() -> None:
    made = composed(*[{}] * 30)
    assert len(made.lists[0].rows) == 3
    for row in made.lists[0].rows:
        assert (row.reasons, row.why) == ((), None)
        assert (row.drift or 0, row.decrochage) == (0, 0)


def test_a_household_that_had_been_drawn_leaves_in_the_words_of_any_other() -> None:
    on = edition(20, monday=date(2026, 11, 9), last_delivery=date(2026, 11, 8))
    before = composed(*STOCK)
    after = compose(placed(*[{}] * len(STOCK), on=on), on, {"UG01": before.lists[0]}).lists[0]
    words = {gone.why for gone in after.departures}
    assert "Plus retenu cette semaine : aucune dette courante, dernier échange il y a 30\u00a0jours." in words
    assert not [why for why in words if "score" in why.lower() or "seuil" in why.lower()]


def test_the_head_says_that_a_share_is_drawn_or_why_none_is() -> None:
    assert composed(*STOCK).lists[0].statements[-1] == DRAWN
    assert composed(*STOCK, capacity=6).lists[0].statements[-1] == NOT_DRAWN
