"""Track records are appended once; draws are kept apart, with what came of them later."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import TrackRecord, draws, track

JUNE, JULY = date(2026, 6, 21), date(2026, 7, 19)
DRAWN = {
    "week": "2026-S26",
    "management_unit": "UG01",
    "lease_id": "B1",
    "score": "derive",
    "stratum": "precoce",
    "probability": 0.1,
    "seed": "abc",
}


def record(as_of: date = JUNE, **values: Any) -> dict[str, Any]:
    counts = {"k": 7, "listed": 6, "hits": 2, "treated": 1, "events": 9, "eligible": 80, "lead_days": 31.5}
    names = {"score": "derive", "kind": "servi", "model": "score", "version": "2026-11", "is_served": True, "stratum": "tous"}
    return {"as_of": as_of, "week": "2026-S26"} | names | counts | values


def test_a_record_is_appended_once_whatever_is_found_later(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        assert track.append(session, "oph", [record(), record(model="debt_age")]) == 2
    with register.begin() as session:
        assert track.append(session, "oph", [record(hits=5), record(JULY)]) == 1
    with register() as session:
        assert [(line["as_of"], line["hits"]) for line in track.read(session, "oph")] == [(JUNE, 2), (JUNE, 2), (JULY, 2)]


def test_the_register_itself_refuses_a_second_record(register: sessionmaker[Session]) -> None:
    with pytest.raises(IntegrityError), register.begin() as session:
        session.add_all(TrackRecord(landlord_id="oph", **record()) for _ in range(2))


def test_records_are_read_as_of_a_day_and_counted_by_kind(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        track.append(session, "oph", [record(), record(JULY, kind="rejoué")])
    with register() as session:
        assert [line["as_of"] for line in track.read(session, "oph", JUNE)] == [JUNE]
        assert track.matured(session, "oph", "servi") == {JUNE}
        assert track.matured(session, "oph", "rejoué") == {JULY}
        assert track.matured(session, "esh", "servi") == set()


def test_a_record_comes_back_as_it_was_given(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        track.append(session, "oph", [record(lead_days=None, events=None)])
    with register() as session:
        assert track.read(session, "oph") == [record(lead_days=None, events=None)]


def test_draws_of_a_week_are_replaced_whole(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        draws.keep(session, "oph", "2026-S26", [DRAWN, DRAWN | {"lease_id": "B2"}])
        draws.keep(session, "oph", "2026-S27", [DRAWN | {"week": "2026-S27"}])
    with register.begin() as session:
        draws.keep(session, "oph", "2026-S26", [DRAWN | {"lease_id": "B3"}])
        assert [(row["week"], row["lease_id"]) for row in draws.read(session, "oph")] == [("2026-S26", "B3"), ("2026-S27", "B1")]


def test_what_came_of_a_draw_survives_the_same_list_built_again(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        draws.keep(session, "oph", "2026-S26", [DRAWN, DRAWN | {"lease_id": "B2"}])
        draws.judge(session, "oph", "2026-S26", "derive", {"B1": (1, False)})
    with register.begin() as session:
        draws.keep(session, "oph", "2026-S26", [DRAWN | {"lease_id": "B2"}, DRAWN])
        told = {row["lease_id"]: (row["event"], row["is_helped"]) for row in draws.read(session, "oph", "2026-S26")}
    assert told == {"B1": (1, False), "B2": (None, False)}
