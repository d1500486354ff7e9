"""A capacity is set for days to come, and the newest one begun counts."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.casework import capacity
from riskmodel.errors import DecisionRefused
from tests.unit.casework.lists import MONDAY

SATURDAY = MONDAY - timedelta(days=2)


def put(session: Session, rows: int, from_on: date, *, unit: str = "UG01", minutes: int = 40) -> capacity.Capacity:
    return capacity.set(
        session, "essai", unit, rows_a_week=rows, reviewer_minutes=minutes, from_on=from_on, by="resp.01", today=SATURDAY
    )


def test_the_newest_capacity_begun_counts(session: Session) -> None:
    put(session, 20, MONDAY)
    put(session, 30, MONDAY + timedelta(days=7))
    in_force = [capacity.in_force(session, "essai", "UG01", MONDAY + timedelta(days=days)) for days in (-1, 0, 6, 7, 70)]
    assert [one.rows_a_week if one else None for one in in_force] == [None, 20, 20, 30, 30]
    assert capacity.in_force(session, "essai", "UG02", MONDAY) is None
    assert capacity.rows_in_force(session, "essai", MONDAY + timedelta(days=7)) == {"UG01": 30}


def test_the_same_day_set_again_replaces_and_all_is_told_newest_first(session: Session) -> None:
    put(session, 20, MONDAY)
    put(session, 25, MONDAY)
    put(session, 9, MONDAY, unit="UG00")
    put(session, 30, MONDAY + timedelta(days=7))
    told = [(one.management_unit, one.rows_a_week, one.set_by) for one in capacity.history(session, "essai")]
    assert told == [("UG00", 9, "resp.01"), ("UG01", 30, "resp.01"), ("UG01", 25, "resp.01")]


def test_a_capacity_is_never_set_for_a_list_already_seen_and_all_faults_are_told(session: Session) -> None:
    with pytest.raises(DecisionRefused) as told:
        put(session, 0, SATURDAY, minutes=99_999)
    assert "0 lignes par semaine ; donnez de 1 à 200." in str(told.value)
    assert "99999 minutes par semaine ; donnez de 1 à 2400." in str(told.value)
    assert "donnez un jour après le 17/10/2026" in str(told.value)
    assert capacity.history(session, "essai") == []
