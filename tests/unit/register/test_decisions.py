"""Who was helped: listed, and decided so by somebody."""

from datetime import date

import pytest
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import ListRow, WeeklyList, decisions
from riskmodel.register.decisions import CODES, NOT_HELP

TUESDAY = date(2026, 10, 20)


@pytest.fixture
def listed(register: sessionmaker[Session]) -> sessionmaker[Session]:
    rows = [
        ListRow(position=rank, tab="derive", lease_id=f"B{rank}", change="nouveau", facts={}, reasons=[])
        for rank in range(1, len(CODES) + 1)
    ]
    with register.begin() as session:
        session.add(
            WeeklyList(landlord_id="oph", management_unit="02", week="2026-S43", as_of=date(2026, 10, 18), evidence={}, rows=rows)
        )
    return register


def decide(session: Session, lease_id: str, code: str, unit: str = "02", landlord_id: str = "oph") -> None:
    decisions.keep(session, landlord_id, "2026-S43", unit, lease_id, code, TUESDAY, "agent.02")


def test_every_code_but_three_is_help(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        for rank, code in enumerate(CODES, start=1):
            decide(session, f"B{rank}", code)
    with listed() as session:
        helped = decisions.treated(session, "oph")
    told = {f"B{rank}" for rank, code in enumerate(CODES, start=1) if code not in NOT_HELP}
    assert set(helped["lease_id"]) == told
    assert len(told) == len(CODES) - 3
    assert set(helped["helped_on"]) == {TUESDAY}


def test_a_decision_about_a_lease_that_no_list_shows_helps_nobody(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        decide(session, "B99", "call")
        decide(session, "B1", "call", unit="03")
        decide(session, "B1", "call", landlord_id="esh")
        assert decisions.treated(session, "oph").empty
        assert decisions.treated(session, "esh").empty


def test_nobody_helped_is_an_empty_frame_with_its_columns(register: sessionmaker[Session]) -> None:
    with register() as session:
        assert list(decisions.treated(session, "oph").columns) == ["lease_id", "helped_on"]


def test_a_row_is_listed_on_its_own_list_only(listed: sessionmaker[Session]) -> None:
    with listed() as session:
        assert decisions.is_listed(session, "oph", "2026-S43", "02", "B1")
        assert not decisions.is_listed(session, "oph", "2026-S42", "02", "B1")
        assert not decisions.is_listed(session, "oph", "2026-S43", "02", "B99")


def test_a_decision_is_found_and_forgotten(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        decide(session, "B1", "visit")
    with listed.begin() as session:
        found = decisions.find(session, "oph", "2026-S43", "02", "B1")
        assert found is not None
        assert (found["code"], found["decided_by"]) == ("visit", "agent.02")
        assert decisions.read(session, "oph") == [found]
        assert decisions.forget(session, "oph", "2026-S43", "02", "B1")
        assert not decisions.forget(session, "oph", "2026-S43", "02", "B1")
