"""On both extracts, every household that qualifies on a Sunday: the set removes the flag, none smaller of up to two does."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd
import pytest

from riskmodel.contracts import TABLES
from riskmodel.explain import Removal, dossier, removals
from riskmodel.explain.facts import Fact, facts
from riskmodel.features.scenarios import Scenario, copies
from riskmodel.lake import Source, connect
from riskmodel.score import apply, published
from tests.edited import edited
from tests.lakes import Rows, features_of, laid_out
from tests.spec.neighbour import NEIGHBOUR

SUNDAY = date(2026, 10, 25)
SCORES = {name: published(name) for name in ("derive", "decrochage")}
LISTED = {"derive": 42, "decrochage": 18}
"""A week's rows of three units of twenty."""
AGAIN = 3
Key = tuple[str, str]


@dataclass(frozen=True)
class Sunday:
    """One landlord's flagged households, by score, and what would have removed each."""

    source: Source
    flagged: dict[str, list[str]]
    found: dict[Key, Removal]


@pytest.fixture(scope="module", params=["canonical_lake", "ulysse_lake"])
def sunday(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sunday:
    source = request.getfixturevalue(request.param)
    frame = features_of(source, SUNDAY, tmp_path_factory.mktemp("traits"))
    drifting = frame[(frame["overdue_terms"] >= 0.1).fillna(False) & (frame["overdue_terms"] < 1.9).fillna(False)]
    flagged = {name: _flagged(name, drifting if name == "derive" else frame) for name in SCORES}
    return Sunday(source, flagged, removals(source, SUNDAY, flagged, SCORES))


def _flagged(name: str, frame: pd.DataFrame) -> list[str]:
    scored = apply(SCORES[name], frame)
    return scored.loc[scored["score"] >= SCORES[name].minimum, "lease_id"].tolist()


def test_every_set_of_one_or_two_facts_was_tried(sunday: Sunday) -> None:
    """Scored afresh, one copy a set: a household said to need two has no single fact that does, one said to need more no pair."""
    leases = sorted({lease for some in sunday.flagged.values() for lease in some})
    with copies(sunday.source, SUNDAY, leases) as ready:
        files = dossier.read(ready, leases)
        known = {key: facts(files[key[1]], SCORES[key[0]]) for key in sunday.found}
        sets = {key: [*_sets(known[key], 2), _rank(known[key], found.facts)] for key, found in sunday.found.items()}
        tried = {f"{key[0]} {key[1]} {chosen}": (key, chosen) for key in sets for chosen in sets[key]}
        edits = {name: tuple(known[key][rank].edit for rank in chosen) for name, (key, chosen) in tried.items()}
        frame = ready.features({name: Scenario(tried[name][0][1], edits[name]) for name in tried}).set_index(
            "lease_id", drop=False
        )
    scores = {name: apply(table, frame).set_index("lease_id")["score"] for name, table in SCORES.items()}
    for name, (key, chosen) in tried.items():
        score, found, minimum = scores[key[0]][name], sunday.found[key], SCORES[key[0]].minimum
        if chosen == _rank(known[key], found.facts):
            assert score == (found.score_after if chosen else found.score_before), key
            assert not chosen or score < minimum, key
        elif found.is_exact:
            assert score >= minimum or 0 < len(found.facts) <= len(chosen), (key, chosen)


def _sets(some: tuple[Fact, ...], largest: int) -> list[tuple[int, ...]]:
    return [chosen for size in range(largest + 1) for chosen in combinations(range(len(some)), size)]


def _rank(some: tuple[Fact, ...], picked: tuple[Fact, ...]) -> tuple[int, ...]:
    return tuple(rank for rank, fact in enumerate(some) if fact in picked)


def test_the_real_pipeline_agrees_on_a_lake_edited_by_hand(sunday: Sunday, tmp_path: Path) -> None:
    for name, table in SCORES.items():
        for lease in [lease for lease in sunday.flagged[name] if sunday.found[name, lease].facts][:AGAIN]:
            found = sunday.found[name, lease]
            rows = edited(_rows(sunday.source, lease), lease, [fact.edit for fact in found.facts])
            frame = features_of(laid_out(tmp_path, rows), SUNDAY, tmp_path)
            assert apply(table, frame).set_index("lease_id").loc[lease, "score"] == found.score_after < table.minimum


def _rows(source: Source, lease: str) -> Rows:
    """The rows of a lease as known on the Sunday, beside a neighbour with a line in every table."""
    rows = {name: list(lines) for name, lines in NEIGHBOUR.items()}
    with connect(source, SUNDAY) as con:
        for name in rows:
            where = (
                "lease_id = ?"
                if "lease_id" in TABLES[name].stored_columns
                else "dwelling_id IN (FROM (SELECT dwelling_id FROM leases WHERE lease_id = ?))"
            )
            rows[name] += _dicts(con.execute(f"SELECT * EXCLUDE (bucket) FROM {name} WHERE {where}", [lease]))
    return rows


def _dicts(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_nearly_every_flag_has_an_exact_answer_of_few_facts(sunday: Sunday) -> None:
    found = list(sunday.found.values())
    assert len(found) > 100
    assert all(removal.is_flagged for removal in found)
    assert sum(removal.is_exact for removal in found) >= 0.99 * len(found)
    assert sum(bool(removal.facts) for removal in found) >= 0.95 * len(found)


def test_a_weekly_list_takes_seconds(sunday: Sunday) -> None:
    listed = {name: some[: LISTED[name]] for name, some in sunday.flagged.items()}
    start = perf_counter()
    removals(sunday.source, SUNDAY, listed, SCORES)
    assert perf_counter() - start < 30
