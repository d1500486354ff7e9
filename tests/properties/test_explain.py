"""What must hold of every explanation: undoing its facts removes the flag, fewer facts do not, and nothing else decides."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskmodel.explain import Removal, dossier, removals
from riskmodel.explain.facts import Fact, facts
from riskmodel.features.scenarios import Scenario, copies
from riskmodel.lake import Source
from riskmodel.score import PublishedTable, apply, published
from tests.edited import edited
from tests.lakes import Rows, features_of, laid_out
from tests.properties.landlords import landlords

MINIMUM = {"derive": 7, "decrochage": 8}
"""Low thresholds: most households drawn at random are flagged by hardly anything."""
TABLES = {name: replace(published(name), minimum=minimum) for name, minimum in MINIMUM.items()}
MOST_FACTS = 6
"""Every subset is tried: households with more facts are left to the search's own tests."""

slow = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
Key = tuple[str, str]
Scores = dict[tuple[int, ...], int]


@dataclass(frozen=True)
class Case:
    """One household and table: its facts, the score of every subset of them undone, and the answer found."""

    table: PublishedTable
    facts: tuple[Fact, ...]
    scores: Scores
    found: Removal


def cases(source: Source, as_of: date, leases: list[str]) -> dict[Key, Case]:
    """Brute force beside the search, for each household with facts enough to choose from and few enough to try."""
    with copies(source, as_of, leases) as ready:
        files = dossier.read(ready, leases)
        known = {(name, lease): facts(file, TABLES[name]) for lease, file in files.items() for name in TABLES}
        known = {key: some for key, some in known.items() if len(some) <= MOST_FACTS}
        asked = {
            f"{name} {lease} {chosen}": (name, lease, chosen) for (name, lease), some in known.items() for chosen in every(some)
        }
        edits = {key: tuple(known[name, lease][rank].edit for rank in chosen) for key, (name, lease, chosen) in asked.items()}
        frame = ready.features({key: Scenario(asked[key][1], edits[key]) for key in asked})
    by_table = {name: apply(table, frame).set_index("lease_id")["score"] for name, table in TABLES.items()}
    scores: dict[Key, Scores] = {key: {} for key in known}
    for key, (name, lease, chosen) in asked.items():
        scores[name, lease][chosen] = int(by_table[name][key])
    flagged = {name: [lease for lease in files if (name, lease) in known] for name in TABLES}
    found = removals(source, as_of, flagged, TABLES)
    return {key: Case(TABLES[key[0]], known[key], scores[key], found[key]) for key in known}


def every(some: tuple[Fact, ...]) -> Iterator[tuple[int, ...]]:
    return (chosen for size in range(len(some) + 1) for chosen in combinations(range(len(some)), size))


def in_force(rows: Rows, as_of: date) -> list[str]:
    """Leases that the day may ask about; an end not yet known does not count."""
    leases = [row for row in rows["leases"] if row["start_date"] <= as_of]
    return [row["lease_id"] for row in leases if row["end_date"] is None or row["end_date"] > as_of]


@slow
@given(drawn=landlords())
def test_the_set_removes_the_flag_no_smaller_one_does_and_undoing_a_fact_never_adds_a_point(
    drawn: tuple[date, Rows], tmp_path: Path
) -> None:
    as_of, rows = drawn
    for case in cases(laid_out(tmp_path, rows), as_of, in_force(rows, as_of)).values():
        everything = tuple(range(len(case.facts)))
        sizes = [len(chosen) for chosen, score in case.scores.items() if score < case.table.minimum]
        assert case.found.score_before == case.scores[()]
        for chosen in case.scores:
            assert all(case.scores[chosen] <= case.scores[tuple(r for r in chosen if r != left)] for left in chosen)
        if not sizes:
            assert (case.found.facts, case.found.score_after) == ((), case.scores[everything])
        elif case.found.is_exact:
            picked = tuple(rank for rank, fact in enumerate(case.facts) if fact in case.found.facts)
            assert case.scores[picked] == case.found.score_after < case.table.minimum
            assert len(picked) == len(case.found.facts) == min(sizes)
        else:
            assert min(sizes) > 4


@slow
@given(drawn=landlords(leases=2))
def test_the_real_pipeline_finds_the_score_announced(drawn: tuple[date, Rows], tmp_path: Path) -> None:
    as_of, rows = drawn
    asked = {name: in_force(rows, as_of) for name in TABLES}
    for (name, lease), found in removals(laid_out(tmp_path, rows), as_of, asked, TABLES).items():
        if found.facts:
            undone = edited(rows, lease, [fact.edit for fact in found.facts])
            features = features_of(laid_out(tmp_path, undone), as_of, tmp_path)
            assert apply(TABLES[name], features).set_index("lease_id").loc[lease, "score"] == found.score_after


@slow
@given(drawn=landlords(leases=2), order=st.randoms(use_true_random=False), days=st.integers(1, 60))
def test_neither_the_order_of_rows_nor_what_comes_later_changes_the_answer(
    drawn: tuple[date, Rows], order: Random, days: int, tmp_path: Path
) -> None:
    as_of, rows = drawn
    asked = {name: in_force(rows, as_of) for name in TABLES}
    found = removals(laid_out(tmp_path, rows), as_of, asked, TABLES)
    later = as_of + timedelta(days=days)
    paid = {"booked_on": later, "value_on": later, "kind": "payment", "amount_cents": -900_00}
    new = [{**paid, "entry_id": f"plus-tard-{row['lease_id']}", "lease_id": row["lease_id"]} for row in rows["leases"]]
    mixed = {
        name: sorted([*lines, *(new if name == "entries" and lines else [])], key=lambda _: order.random())
        for name, lines in rows.items()
    }
    assert removals(laid_out(tmp_path, mixed), as_of, asked, TABLES) == found
