from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import DeliveryRow, ListRow, Run, WeeklyList

SUNDAY = date(2026, 10, 18)


def weekly_list(rows: int = 2) -> WeeklyList:
    made = [
        ListRow(position=rows - n, tab="derive", lease_id=f"L{n}", change="nouveau", facts={"current_cents": 12_345}, reasons=[])
        for n in range(rows)
    ]
    return WeeklyList(landlord_id="oph", management_unit="02", week="2026-S43", as_of=SUNDAY, evidence={}, rows=made)


def delivery(digest: str = "a") -> DeliveryRow:
    return DeliveryRow(
        landlord_id="oph", as_of=SUNDAY, mode="full", digest=digest, status="accepted", ordinal=1, pins={"entries": 3}, summary={}
    )


def test_rows_of_a_list_come_back_in_order_with_their_facts(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        session.add(weekly_list())
    with register() as session:
        found = session.scalars(select(WeeklyList)).one()
        assert [row.position for row in found.rows] == [1, 2]
        assert found.rows[0].facts == {"current_cents": 12_345}


def test_deleting_a_list_takes_its_rows_along(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        session.add(weekly_list())
    with register.begin() as session:
        session.delete(session.scalars(select(WeeklyList)).one())
    with register() as session:
        assert session.scalars(select(ListRow)).all() == []


@pytest.mark.parametrize(
    "twins",
    [
        lambda: [weekly_list(0), weekly_list(0)],
        lambda: [delivery(), delivery()],
        lambda: [Run(landlord_id="oph", as_of=SUNDAY, step="score", status="done", summary={}) for _ in range(2)],
    ],
    ids=["list", "delivery", "run"],
)
def test_a_list_a_delivery_and_a_step_exist_once(register: sessionmaker[Session], twins) -> None:
    with pytest.raises(IntegrityError), register.begin() as session:
        session.add_all(twins())


def test_a_corrected_delivery_of_the_same_day_is_another_row(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        session.add_all([delivery("a"), delivery("b")])
    with register() as session:
        assert len(session.scalars(select(DeliveryRow)).all()) == 2


def test_an_interrupted_transaction_leaves_nothing_behind(register: sessionmaker[Session]) -> None:
    with pytest.raises(RuntimeError, match="coupure"):
        _write_and_die(register)
    with register() as session:
        assert session.scalars(select(DeliveryRow)).all() == []


def _write_and_die(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        session.add(delivery())
        session.flush()
        raise RuntimeError("coupure")
