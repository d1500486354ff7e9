from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import DeliveryRow, ListRow, Run, WeeklyList
from riskmodel.register.models import Objection, Review

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


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Martinique", "Indian/Reunion"])
def test_an_instant_comes_back_in_utc_whatever_zone_it_was_given_in(register: sessionmaker[Session], zone: str) -> None:
    given = datetime(2026, 10, 25, 2, 30, 0, 123456, tzinfo=ZoneInfo(zone))
    with register.begin() as session:
        session.add(review(opened_at=given))
    with register() as session:
        kept = session.scalars(select(Review)).one()
        assert (kept.opened_at, kept.opened_at.tzinfo, kept.approved_at) == (given.astimezone(UTC), UTC, None)
        assert session.scalar(select(func.count()).select_from(Review).where(Review.opened_at <= given)) == 1
        assert session.scalar(select(func.count()).select_from(Review).where(Review.opened_at < given)) == 0


def test_an_instant_without_a_zone_is_refused(register: sessionmaker[Session]) -> None:
    with pytest.raises(StatementError, match="has no time zone"), register.begin() as session:
        session.add(review(opened_at=datetime(2026, 10, 25, 2, 30)))


def test_evidence_comes_back_as_it_was_frozen(register: sessionmaker[Session]) -> None:
    numbers = {"cents": -9_007_199_254_740_993, "part": 0.1}
    evidence = {"texte": "l’impayé « caché »", "rien": None, "liste": [1, [True, {}]], **numbers}
    with register.begin() as session:
        made = weekly_list(1)
        made.evidence = evidence
        session.add(made)
    with register() as session:
        kept = session.scalars(select(WeeklyList)).one().evidence
    assert kept == evidence
    assert list(kept) == list(evidence)


def test_one_objection_stands_for_a_lease_and_any_number_were_lifted(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        session.add_all([objection(lifted_on=SUNDAY), objection(lifted_on=SUNDAY), objection()])
    with pytest.raises(IntegrityError), register.begin() as session:
        session.add(objection())


def review(opened_at: datetime) -> Review:
    return Review(landlord_id="oph", week="2026-S43", management_unit="02", opened_at=opened_at, opened_by="agent.02")


def objection(lifted_on: date | None = None) -> Objection:
    said = {"objected_on": SUNDAY, "recorded_at": datetime(2026, 10, 19, tzinfo=UTC), "recorded_by": "agent.02"}
    return Objection(landlord_id="oph", lease_id="B1", **said, lifted_on=lifted_on)
