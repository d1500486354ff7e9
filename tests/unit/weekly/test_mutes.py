"""A flag that somebody answered about keeps quiet; an urgency never does; what nobody answers about is said louder."""

from dataclasses import replace
from datetime import date

from riskmodel.weekly.compose import compose
from riskmodel.weekly.exploration import strata
from riskmodel.weekly.frozen import COUNTS, SILENT_FACT, FrozenList
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, placed, tabs, the_list

UNTIL = date(2026, 12, 15)
URGENT = {**OWES_A_TERM, "is_clause_missed": True, "plan_framework": "pcs", "plan_missed": 1}


def leases(made: FrozenList, tab: str) -> list[str]:
    return sorted(row.lease_id for row in made.rows if row.tab == tab)


def test_a_muted_flag_is_left_out_counted_and_its_place_goes_to_the_next() -> None:
    on = edition(2, muted={("B1", "derive"): UNTIL})
    made = the_list(*[OWES_A_TERM] * 3, on=on)
    assert leases(made, "derive") == ["B2", "B3"]
    assert made.counts["muets"] == 1
    assert made.counts["qualifies_derive"] == 3
    assert "muets" in COUNTS


def test_a_muted_household_goes_to_no_other_tab_for_the_same_facts() -> None:
    late = {**OWES_A_TERM, "is_to_contact": True}
    assert tabs(late, on=edition(muted={("B1", "derive"): UNTIL})) == [None]


def test_an_urgency_is_shown_whatever_was_answered() -> None:
    on = edition(muted={("B1", "derive"): UNTIL, ("B1", "decrochage"): UNTIL})
    made = the_list(URGENT, on=on)
    assert leases(made, "urgence") == ["B1"]
    assert made.counts["muets"] == 0


def test_another_flag_of_the_same_household_is_shown() -> None:
    both = {**LOST, **OWES_A_TERM}
    shown = tabs(both)[0]
    other = {"derive": "decrochage", "decrochage": "derive"}[str(shown)]
    assert tabs(both, on=edition(muted={("B1", str(shown)): UNTIL})) == [other]
    assert tabs(both, on=edition(muted={("B1", "derive"): UNTIL, ("B1", "decrochage"): UNTIL})) == [None]


def test_a_mute_says_nothing_of_a_household_that_no_score_flags() -> None:
    made = the_list({}, on=edition(muted={("B1", "derive"): UNTIL}))
    assert (made.rows, made.counts["muets"]) == ((), 0)


def test_a_household_that_leaves_because_it_is_muted_is_told_so_with_the_day() -> None:
    before = the_list(OWES_A_TERM)
    made = the_list(OWES_A_TERM, on=edition(muted={("B1", "derive"): UNTIL}), previous=before)
    (left,) = made.departures
    assert left.why == "Réponse de l'équipe : ce signalement se tait jusqu'au 15/12/2026, sauf urgence."


def test_draws_are_the_same_with_mutes_and_a_muted_one_is_not_shown() -> None:
    stock = [*[OWES_A_TERM] * 8, *[{}] * 60]
    free = compose(placed(*stock), edition(7), {})
    (drawn,) = {(one.lease_id, one.score) for one in free.draws}
    assert drawn[0] in {row.lease_id for row in free.lists[0].rows}
    on = edition(7, muted={drawn: UNTIL})
    muted = compose(placed(*stock, on=on), on, {})
    assert muted.draws == free.draws
    shown = {row.lease_id for row in muted.lists[0].rows}
    assert shown == {row.lease_id for row in free.lists[0].rows} - {drawn[0]}


def test_a_muted_flag_stays_among_those_a_draw_stands_for() -> None:
    """What happens to muted households is estimated from draws: they are neither listed nor forgotten."""
    stock = [*[OWES_A_TERM] * 3, *[{}] * 3]
    free, muted = edition(2), edition(2, muted={("B1", "derive"): UNTIL})
    late = ("derive", "avance")
    assert strata(placed(*stock, on=free), ["B1", "B2"])[late] == ["B3"]
    assert strata(placed(*stock, on=muted), ["B2", "B3"])[late] == ["B1"]


def test_what_two_lists_showed_and_nobody_answered_about_is_marked_and_counted_on() -> None:
    on = edition(silent={"UG01": {"B1"}})
    made = the_list(OWES_A_TERM, OWES_A_TERM, on=on)
    marked = {row.lease_id: row.facts.get(SILENT_FACT) for row in made.rows}
    assert marked == {"B1": 2, "B2": None}
    assert "1\u00a0ménage montré depuis deux semaines ou plus sans décision : à voir en premier." in made.warnings
    longer = the_list(OWES_A_TERM, OWES_A_TERM, on=on, previous=made)
    assert {row.lease_id: row.facts.get(SILENT_FACT) for row in longer.rows} == {"B1": 3, "B2": None}


def test_a_household_that_is_only_to_contact_does_not_escalate() -> None:
    made = the_list({"is_to_contact": True, "obligations_unmet": 1}, on=edition(silent={"UG01": {"B1"}}))
    assert [(row.tab, SILENT_FACT in row.facts) for row in made.rows] == [("a_contacter", False)]


def test_the_order_of_a_tab_does_not_tell_who_escalates() -> None:
    rows = [OWES_A_TERM] * 6
    plain, loud = the_list(*rows), the_list(*rows, on=edition(silent={"UG01": {"B4", "B5"}}))
    bare = [replace(row, facts={name: value for name, value in row.facts.items() if name != SILENT_FACT}) for row in loud.rows]
    assert tuple(bare) == plain.rows
