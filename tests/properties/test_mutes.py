"""Whoever is muted: draws stand for everybody who is not listed, so that what is estimated of misses still holds."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.weekly.exploration import draw, places, strata
from riskmodel.weekly.selection import select
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, placed

CAPACITY = 7
HOUSEHOLDS = [*[OWES_A_TERM] * 6, *[{**LOST, **OWES_A_TERM}] * 3, *[LOST] * 3, *[{}] * 12]
FLAGS = [(f"B{rank}", score) for rank in range(1, len(HOUSEHOLDS) + 1) for score in ("derive", "decrochage")]


@settings(max_examples=15)
@given(st.sets(st.sampled_from(FLAGS)))
def test_draws_stand_for_everybody_who_is_not_listed_and_no_muted_flag_is_shown(muted: set[tuple[str, str]]) -> None:
    on = edition(CAPACITY, muted=dict.fromkeys(muted, date(2026, 12, 1)))
    unit = placed(*HOUSEHOLDS, on=on)
    chosen = select(unit, CAPACITY, on)
    drawn = {(one.lease_id, one.score) for one in chosen.draws}
    shown = {("derive", lease) for lease in chosen.drift["lease_id"]} | {
        ("decrochage", lease) for lease in chosen.contact["lease_id"]
    }
    assert not {(lease, tab) for tab, lease in shown} & muted
    listed = {lease for tab, lease in shown if (lease, tab) not in drawn}
    again = draw(strata(unit, listed), places(CAPACITY), "essai", on.week, "UG01")
    assert again == chosen.draws
    assert len(shown) <= CAPACITY
