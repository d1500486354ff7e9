"""Objections that the team records: from which day they count, for which question, and until when."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from riskmodel.errors import DecisionRefused
from riskmodel.lake import Objected, Source
from riskmodel.outcomes.day import stamp
from riskmodel.people import objections, rights, rights_dates
from riskmodel.people.rights import objected_on
from riskmodel.register import Sessions
from tests.lakes import laid_out

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
LATE_ON_SUNDAY = datetime(2026, 11, 15, 22, 59, tzinfo=UTC)
"""23:59 in Paris, in winter."""
SUNDAY = date(2026, 11, 15)


def test_an_objection_stands_from_the_day_of_its_recording_until_the_day_it_is_lifted(register: Sessions) -> None:
    with register.begin() as session:
        assert objections.record(session, "essai", "B1", date(2026, 11, 2), "agent.un", MONDAY)
        assert objections.standing(session, "essai", SUNDAY) == set()
        assert objections.standing(session, "essai", MONDAY.date()) == {"B1"}
        assert objections.lift(session, "essai", "B1", "resp.un", MONDAY + timedelta(days=3))
        assert objections.standing(session, "essai", date(2026, 11, 18)) == {"B1"}
        assert objections.standing(session, "essai", date(2026, 11, 19)) == set()


def test_the_day_of_a_recording_is_that_of_france(register: Sessions) -> None:
    with register.begin() as session:
        objections.record(session, "essai", "B1", SUNDAY, "agent.un", LATE_ON_SUNDAY)
        assert objections.standing(session, "essai", SUNDAY) == {"B1"}
        objections.record(session, "essai", "B2", SUNDAY, "agent.un", LATE_ON_SUNDAY + timedelta(minutes=1))
        assert objections.standing(session, "essai", SUNDAY) == {"B1"}


def test_the_same_objection_twice_is_one_and_a_lifted_one_can_come_back(register: Sessions) -> None:
    with register.begin() as session:
        assert objections.record(session, "essai", "B1", SUNDAY, "agent.un", MONDAY)
        assert not objections.record(session, "essai", "B1", SUNDAY, "agent.deux", MONDAY)
        assert objections.lift(session, "essai", "B1", "agent.un", MONDAY)
        assert not objections.lift(session, "essai", "B1", "agent.un", MONDAY)
        assert objections.record(session, "essai", "B1", SUNDAY, "agent.un", MONDAY + timedelta(days=1))
        assert [said.lifted_on for said in objections.history(session, "essai", "B1")] == [MONDAY.date(), None]
        assert [said.lease_id for said in objections.open_ones(session, "essai", date(2026, 11, 17))] == ["B1"]


def test_an_objection_dated_after_today_is_refused_with_the_next_move(register: Sessions) -> None:
    with register.begin() as session, pytest.raises(DecisionRefused, match="au plus tard le 16/11/2026"):
        objections.record(session, "essai", "B1", date(2026, 11, 17), "agent.un", MONDAY)


def test_one_landlord_s_objections_say_nothing_of_another_s(register: Sessions) -> None:
    with register.begin() as session:
        objections.record(session, "essai", "B1", SUNDAY, "agent.un", MONDAY)
        assert objections.standing(session, "autre", MONDAY.date()) == set()


@pytest.fixture
def source(tmp_path) -> Source:  # type: ignore[no-untyped-def]
    tenants = [
        {"tenant_id": "T1", "lease_id": "B1", "role": "holder", "last_name": "EXEMPLE"},
        {"tenant_id": "T2", "lease_id": "B2", "role": "holder", "last_name": "EXEMPLE", "objected_on": date(2026, 6, 1)},
    ]
    known = laid_out(tmp_path, {"tenants": tenants})
    said = (
        Objected("B1", date(2026, 3, 1), date(2026, 5, 1)),
        Objected("B3", date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1)),
    )
    return Source(known.lake, known.pins, said)


def objecting(source: Source, as_of: date) -> list[str]:
    found = rights(source, as_of)
    return list(found.loc[found["has_objected"], "lease_id"])


def test_rights_join_what_the_team_recorded_to_what_the_landlord_delivers(source: Source) -> None:
    assert objecting(source, date(2026, 4, 30)) == []
    assert objecting(source, date(2026, 5, 1)) == ["B1", "B3"]
    assert objecting(source, date(2026, 6, 1)) == ["B1", "B2", "B3"]
    assert objecting(source, date(2026, 7, 1)) == ["B1", "B2"]
    assert rights(source, date(2026, 5, 1))["has_objected"].dtype.kind == "b"


def test_the_watch_of_a_household_stops_on_the_earliest_day_it_objected(source: Source) -> None:
    found = rights_dates(source, date(2026, 12, 31)).set_index("lease_id")["objected_on"]
    assert found.to_dict() == {"B1": pd.Timestamp(2026, 3, 1), "B2": pd.Timestamp(2026, 6, 1)}
    assert objected_on(source, "B1", date(2026, 12, 31)) == date(2026, 3, 1)
    assert objected_on(source, "B3", date(2026, 12, 31)) is None


def test_a_past_day_is_measured_again_only_for_objections_known_by_its_closing_day(source: Source) -> None:
    # 195 days later is 18 April 2026, before anybody recorded anything
    as_of, last = date(2025, 10, 5), date(2026, 11, 15)
    assert stamp(source, as_of, last) == stamp(Source(source.lake, source.pins), as_of, last)
    assert stamp(source, date(2026, 4, 5), last) != stamp(Source(source.lake, source.pins), date(2026, 4, 5), last)
