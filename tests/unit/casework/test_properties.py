"""Whatever people do in whatever order: one standing decision a row at most, and every one ever taken in the history."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmodel.casework.cases import of_lease
from riskmodel.casework.decisions import history, muted, standing, undo
from riskmodel.errors import DecisionRefused
from riskmodel.register import open_register
from riskmodel.register.decisions import CODES
from tests.registers import Fresh
from tests.unit.casework.lists import KEY, MONDAY, at, decided, frozen

LEASES = ("B1", "B2", "B3")
ACTS = st.lists(st.tuples(st.sampled_from(LEASES), st.sampled_from([*CODES, "undo"]), st.integers(1, 2)), max_size=12)


@settings(max_examples=25)
@given(acts=ACTS)
def test_decide_and_undo_keep_one_standing_decision_at_most_and_lose_none(
    fresh_register: Fresh, acts: list[tuple[str, str, int]]
) -> None:
    taken: dict[str, list[str]] = {lease: [] for lease in LEASES}
    stands: dict[str, str] = {}
    with open_register(fresh_register("sqlite"))() as session:
        frozen(session)
        for minute, (lease, act, who) in enumerate(acts):
            if act == "undo":
                assert undo(session, KEY, lease, f"agent.0{who}", at(minute)) == (stands.pop(lease, None) is not None)
                continue
            try:
                decided(session, lease, act, by=f"agent.0{who}", minutes=minute)
            except DecisionRefused:
                assert stands[lease] != act
                continue
            if lease not in stands:
                taken[lease].append(act)
            stands[lease] = act
        assert {lease: one.code for lease, one in standing(session, KEY).items()} == stands
        for lease in LEASES:
            assert [one.code for one in reversed(history(session, "essai", lease))] == taken[lease]
            assert sum(one.undone_at is None for one in history(session, "essai", lease)) == (lease in stands)
            open_ones = [case.kind for case in of_lease(session, "essai", lease, MONDAY) if case.closed_on is None]
            assert len(open_ones) == len(set(open_ones))
        quiet = {lease for lease, _ in muted(session, "essai", MONDAY + timedelta(weeks=1))}
        assert quiet == {lease for lease, act in stands.items() if act in ("no_action", "pause")} - {"B1"}
