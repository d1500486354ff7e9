"""States and moves as their file says them."""

import pytest

from riskmodel.referrals.states import CLOSED, DETAILS, FOLLOWED, MOVES, NOTICES, SENT, STATES, Move


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.code)
def test_a_move_goes_between_known_states_and_carries_known_details(move: Move) -> None:
    assert {*move.from_states, move.to_state or "closed"} <= STATES.keys()
    assert {*move.needs, *move.may} <= DETAILS.keys()
    assert bool(move.reasons) == ("reason" in move.needs)
    assert move.by in {"bailleur", "association"}
    assert move.notice is None or move.notice in NOTICES


def test_every_state_is_reached_and_every_state_but_the_last_ones_is_left() -> None:
    reached = {move.to_state for move in MOVES.values()} | {"proposed", "running", "aftercare", "closed"}
    assert reached - {None} == set(STATES)
    left = {state for move in MOVES.values() for state in move.from_states if move.code != "file_report"}
    assert left == set(STATES) - set(CLOSED)
    assert set(FOLLOWED) < set(SENT) < set(STATES) - set(CLOSED)


def test_what_others_act_on_at_once_is_never_undone() -> None:
    assert {code for code, move in MOVES.items() if move.undo == "never"} == {
        *("send", "decline", "withdraw", "recall", "recall_facts"),
    }
