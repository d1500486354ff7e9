"""Nothing that computes a feature, a score or a list may see what happened next."""

import re

import pytest

from riskmodel import REPOSITORY
from tests.house import tree

BLIND_SQL = ("features", "ledger", "contact", "cohorts", "rankers", "households", "statements")
BLIND_ROOMS = ("features", "score", "explain", "weekly", "people", "lake", "intake", "documents", "contracts", "register")
RELATIONS = sorted(path.stem for path in (REPOSITORY / "sql" / "outcomes").glob("*.sql"))
OUTCOMES = re.compile(r"\b(?:(?:derive|decrochage)_(?:on|end|end_on|way)|known_until|outcomes)\b")


def test_there_are_outcomes_to_look_away_from() -> None:
    assert {"watched_leases", "debt_paths", "drift_events", "contact_events"} <= set(RELATIONS)


@pytest.mark.parametrize("room", BLIND_SQL)
def test_no_sql_of_the_day_itself_names_an_outcome_or_a_relation_of_outcomes(room: str) -> None:
    relations = re.compile(r"\b(?:FROM|JOIN)\s+(?:" + "|".join(RELATIONS) + r")\b")
    for path in (REPOSITORY / "sql" / room).rglob("*.sql"):
        sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        assert not OUTCOMES.search(sql), f"{tree.name(path)} lit une suite"
        assert not relations.search(sql), f"{tree.name(path)} lit une relation de sql/outcomes"


def test_no_room_below_outcomes_imports_it() -> None:
    guilty = [
        tree.name(path)
        for room in BLIND_ROOMS
        for path in tree.sources(f"riskmodel/{room}")
        if tree.imports(path, "riskmodel.outcomes")
    ]
    assert not guilty, f"Ces fichiers voient la suite : {guilty}"
