"""Who was helped: listed, and decided so by somebody."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import Decision, ListRow, WeeklyList, decisions
from riskmodel.register.decisions import CODES, NOT_HELP

TUESDAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)


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


def decide(session: Session, lease_id: str, code: str, unit: str = "02", landlord_id: str = "oph") -> int | None:
    return decisions.keep(session, landlord_id, "2026-S43", unit, lease_id, code, TUESDAY, "agent.02")


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


def test_a_decision_outlives_its_list(listed: sessionmaker[Session]) -> None:
    old = {"landlord_id": "oph", "week": "2025-S01", "management_unit": "02", "lease_id": "B7", "code": "call"}
    with listed.begin() as session:
        session.add(Decision(**old, decided_on=TUESDAY, decided_by="agent.02"))
        session.flush()
        assert list(decisions.treated(session, "oph")["lease_id"]) == ["B7"]


def test_nobody_helped_is_an_empty_frame_with_its_columns(register: sessionmaker[Session]) -> None:
    with register() as session:
        assert list(decisions.treated(session, "oph").columns) == ["lease_id", "helped_on"]


def test_a_row_is_listed_on_its_own_list_only(listed: sessionmaker[Session]) -> None:
    with listed() as session:
        assert decisions.is_listed(session, "oph", "2026-S43", "02", "B1")
        assert not decisions.is_listed(session, "oph", "2026-S42", "02", "B1")
        assert not decisions.is_listed(session, "oph", "2026-S43", "02", "B99")


def test_a_decision_is_found_and_taken_back_but_never_lost(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        decide(session, "B1", "visit")
    with listed.begin() as session:
        found = decisions.find(session, "oph", "2026-S43", "02", "B1")
        assert found is not None
        assert (found["code"], found["decided_by"]) == ("visit", "agent.02")
        assert decisions.read(session, "oph") == [found]
        assert decisions.take_back(session, "oph", "2026-S43", "02", "B1", "agent.03", NOW) is not None
        assert decisions.take_back(session, "oph", "2026-S43", "02", "B1", "agent.03", NOW) is None
    with listed() as session:
        assert decisions.find(session, "oph", "2026-S43", "02", "B1") is None
        assert decisions.read(session, "oph") == []
        assert decisions.treated(session, "oph").empty
        kept = session.scalars(select(Decision)).one()
    assert (kept.code, kept.undone_at, kept.undone_by) == ("visit", NOW, "agent.03")


def test_a_row_has_one_decision_that_stands_and_any_number_taken_back(listed: sessionmaker[Session]) -> None:
    with listed.begin() as session:
        for code in ("call", "visit"):
            assert decide(session, "B1", code) is not None
            assert decide(session, "B1", "plan") is None
            decisions.take_back(session, "oph", "2026-S43", "02", "B1", "agent.03", NOW)
        decide(session, "B1", "fsl")
    with listed() as session:
        assert [row["code"] for row in decisions.read(session, "oph")] == ["fsl"]
        assert session.scalars(select(Decision.code).order_by(Decision.id)).all() == ["call", "visit", "fsl"]


def test_a_decision_without_an_account_is_a_fault_and_not_one_already_taken(listed: sessionmaker[Session]) -> None:
    with pytest.raises(IntegrityError), listed.begin() as session:
        decisions.keep(session, "oph", "2026-S43", "02", "B1", "call", TUESDAY, None)  # type: ignore[arg-type]
