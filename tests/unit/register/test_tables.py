"""A points table serves from the day a person approved it to the day before another one replaced it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import tables
from riskmodel.register.tables import APPROVED, PROPOSED, WITHDRAWN

PROPOSED_ON = date(2026, 10, 4)
FIRST, SECOND = date(2026, 10, 6), date(2026, 11, 3)
DAY = timedelta(days=1)


def propose(session: Session, version: str, text: str = "texte", name: str = "derive") -> bool:
    return tables.propose(session, "oph", name, version, f"empreinte de {text}", text, PROPOSED_ON)


def approve(session: Session, version: str, on: date) -> None:
    tables.approve(session, "oph", "derive", version, "resp.contentieux", on, "Relue en comité.")


def serving(session: Session, day: date) -> str | None:
    kept = tables.in_force(session, "oph", "derive", day)
    return kept.version if kept else None


@pytest.fixture
def two_in_turn(register: sessionmaker[Session]) -> sessionmaker[Session]:
    with register.begin() as session:
        propose(session, "v1")
        propose(session, "v2", "autre texte")
        approve(session, "v1", FIRST)
        approve(session, "v2", SECOND)
    return register


def test_a_proposal_serves_nobody(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        assert propose(session, "v1")
        assert serving(session, date.max) is None


def test_each_day_is_served_by_the_table_approved_by_then(two_in_turn: sessionmaker[Session]) -> None:
    days = (FIRST - DAY, FIRST, SECOND - DAY, SECOND, date.max)
    with two_in_turn() as session:
        assert [serving(session, day) for day in days] == [None, "v1", "v1", "v2", "v2"]


def test_approving_withdraws_the_former_table_from_that_day(two_in_turn: sessionmaker[Session]) -> None:
    with two_in_turn() as session:
        kept = {table.version: (table.status, table.approved_on, table.withdrawn_on) for table in tables.all_of(session, "oph")}
    assert kept == {"v1": (WITHDRAWN, FIRST, SECOND), "v2": (APPROVED, SECOND, None)}


def test_a_withdrawn_table_goes_on_serving_the_past(two_in_turn: sessionmaker[Session]) -> None:
    with two_in_turn.begin() as session:
        tables.withdraw(session, "oph", "derive", "v2", date(2026, 11, 10))
        assert [serving(session, day) for day in (SECOND, date(2026, 11, 9), date(2026, 11, 10))] == ["v2", "v2", None]


def test_another_score_and_another_landlord_are_not_concerned(two_in_turn: sessionmaker[Session]) -> None:
    with two_in_turn() as session:
        assert tables.in_force(session, "oph", "decrochage", SECOND) is None
        assert tables.in_force(session, "esh", "derive", SECOND) is None


def test_the_same_proposal_twice_is_one_and_another_text_replaces_it_with_its_replay(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        assert propose(session, "v1")
        tables.keep_replay(session, "oph", "derive", "v1", {"days": []})
        assert not propose(session, "v1")
        assert propose(session, "v1", "corrigé")
        kept = tables.find(session, "oph", "derive", "v1")
    assert kept is not None
    assert (kept.text, kept.replay, kept.status) == ("corrigé", None, PROPOSED)


def test_a_judged_version_is_never_rewritten(two_in_turn: sessionmaker[Session]) -> None:
    with two_in_turn.begin() as session:
        assert not propose(session, "v1", "corrigé")
        kept = tables.find(session, "oph", "derive", "v1")
    assert kept is not None
    assert kept.text == "texte"
