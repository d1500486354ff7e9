"""How capacity is shared and in which order rows stand."""

import pytest

from tests.unit.weekly.stocks import LOST, MONDAY, OWES_A_TERM, edition, the_list

INDEBTED = {**LOST, "overdue_terms": 2.5}


def sizes(drift: int, contact: int, capacity: int) -> tuple[int, int]:
    made = the_list(*[OWES_A_TERM] * drift, *[INDEBTED] * contact, *[{}] * 60, capacity=capacity)
    return len(made.tab("derive")), len(made.tab("decrochage"))


@pytest.mark.parametrize(
    ("drift", "contact", "capacity", "shown"),
    [
        (20, 20, 6, (4, 2)),
        (20, 1, 6, (5, 1)),
        (2, 20, 6, (2, 4)),
        (20, 0, 6, (6, 0)),
        (1, 1, 6, (1, 1)),
        (5, 5, 0, (0, 0)),
        (5, 5, 1, (1, 0)),
    ],
)
def test_places_are_shared_seven_to_three_and_none_is_lost(
    drift: int, contact: int, capacity: int, shown: tuple[int, int]
) -> None:
    assert sizes(drift, contact, capacity) == shown


def test_a_tenth_of_the_places_is_kept_for_lost_contact_without_debt() -> None:
    worse = {**INDEBTED, "silence_days": 400}
    made = the_list(*[worse] * 8, LOST, *[OWES_A_TERM] * 10, capacity=10)
    assert len(made.tab("decrochage")) == 3
    assert [row.lease_id for row in made.tab("decrochage")][-1] == "B9"


def test_urgencies_do_not_eat_the_capacity() -> None:
    urgent = {"is_clause_missed": True, "plan_framework": "pcs", "plan_missed": 1}
    made = the_list(*[urgent] * 5, *[OWES_A_TERM] * 5, capacity=3)
    assert (len(made.tab("urgence")), len(made.tab("derive"))) == (5, 3)


def test_rows_are_ordered_by_score_then_by_silence_then_by_lot() -> None:
    high, quiet, never = {**OWES_A_TERM, "rejects_120d": 2}, {"days_since_two_way": 200}, {"days_since_two_way": None}
    made = the_list(OWES_A_TERM, high, {**OWES_A_TERM, **quiet}, {**OWES_A_TERM, **never})
    assert [row.lease_id for row in made.tab("derive")] == ["B2", "B4", "B3", "B1"]


def test_ties_are_drawn_anew_each_week_and_never_by_identifier() -> None:
    this, following = edition(), edition(monday=MONDAY.replace(day=9), last_delivery=MONDAY)
    orders = [[row.lease_id for row in the_list(*[OWES_A_TERM] * 8, on=on).tab("derive")] for on in (this, this, following)]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert orders[0] != sorted(orders[0])


def test_the_order_of_the_stock_does_not_matter() -> None:
    households = [{**OWES_A_TERM, "lease_id": f"B{n}", "rejects_120d": n % 3} for n in range(9)]
    assert the_list(*households).rows == the_list(*reversed(households)).rows


def test_those_just_beyond_the_capacity_are_counted_with_their_highest_score() -> None:
    made = the_list(*[{**OWES_A_TERM, "rejects_120d": 2}] * 2, *[OWES_A_TERM] * 3, capacity=2)
    assert (made.counts["qualifies_derive"], made.counts["coupe_derive"], made.counts["coupe_derive_score"]) == (5, 3, 34)
