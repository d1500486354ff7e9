"""A list kept in the register comes back equal, and is replaced whole or not at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import ListRow, WeeklyList, open_register
from riskmodel.register.lists import keep_only, units
from riskmodel.weekly.freezing import freeze, last_before, thaw
from riskmodel.weekly.frozen import FrozenList
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, the_list

HOUSEHOLDS = (
    OWES_A_TERM,
    LOST,
    {"legal_terms": 1.0, "benefit_gap_cents": 30_000},
    {"hearing_on": date(2026, 12, 1), "paid_share_3": 0},
)


@pytest.fixture
def sessions(tmp_path: Path) -> sessionmaker[Session]:
    return open_register(f"sqlite:///{tmp_path / 'register.db'}")


@pytest.fixture
def frozen() -> FrozenList:
    before = the_list({**OWES_A_TERM, "lease_id": "B7"}, OWES_A_TERM)
    return the_list(*HOUSEHOLDS, previous=before, on=edition(monday=date(2026, 11, 9), last_delivery=date(2026, 11, 8)))


def test_a_list_comes_back_equal(sessions: sessionmaker[Session], frozen: FrozenList) -> None:
    with sessions.begin() as session:
        assert freeze(session, frozen)
    with sessions() as session:
        back = thaw(session, "essai", "UG01", "2026-S46")
    assert back == frozen
    assert back is not None
    assert back.departures[0].lease_id == "B7"


def test_the_same_list_again_touches_nothing(sessions: sessionmaker[Session], frozen: FrozenList) -> None:
    with sessions.begin() as session:
        freeze(session, frozen)
        keys = session.scalars(select(ListRow.id)).all()
    with sessions.begin() as session:
        assert not freeze(session, frozen)
        assert session.scalars(select(ListRow.id)).all() == keys


def test_another_list_for_the_same_week_replaces_the_first_with_all_its_rows(
    sessions: sessionmaker[Session], frozen: FrozenList
) -> None:
    shorter = replace(frozen, rows=frozen.rows[:1])
    with sessions.begin() as session:
        freeze(session, frozen)
    with sessions.begin() as session:
        assert freeze(session, shorter)
    with sessions() as session:
        assert thaw(session, "essai", "UG01", "2026-S46") == shorter
        assert session.scalar(select(func.count()).select_from(ListRow)) == 1


def test_a_failure_while_replacing_leaves_the_former_list(sessions: sessionmaker[Session], frozen: FrozenList) -> None:
    with sessions.begin() as session:
        freeze(session, frozen)
    session = sessions()
    freeze(session, replace(frozen, rows=()))
    session.rollback()
    session.close()
    with sessions() as session:
        assert thaw(session, "essai", "UG01", "2026-S46") == frozen


def test_the_list_before_is_the_newest_of_an_earlier_week(sessions: sessionmaker[Session], frozen: FrozenList) -> None:
    with sessions.begin() as session:
        for week in ("2025-S52", "2026-S44", "2026-S46"):
            freeze(session, replace(frozen, week=week))
    with sessions() as session:
        before = last_before(session, "essai", "UG01", "2026-S46")
        assert before is not None
        assert before.week == "2026-S44"
        assert last_before(session, "essai", "UG01", "2025-S52") is None
        assert last_before(session, "essai", "UG09", "2026-S46") is None


def test_lists_of_units_that_no_longer_exist_are_forgotten_for_that_week_only(
    sessions: sessionmaker[Session], frozen: FrozenList
) -> None:
    with sessions.begin() as session:
        for unit, week in (("UG01", "2026-S46"), ("UG02", "2026-S46"), ("UG02", "2026-S45")):
            freeze(session, replace(frozen, management_unit=unit, week=week))
        keep_only(session, "essai", "2026-S46", ["UG01"])
    with sessions() as session:
        assert units(session, "essai", "2026-S46") == ["UG01"]
        assert units(session, "essai", "2026-S45") == ["UG02"]
        assert session.scalar(select(func.count()).select_from(WeeklyList)) == 2
