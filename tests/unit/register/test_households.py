"""A right of access follows today's unit; a lease that has ended keeps its own."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import households
from riskmodel.register.models import Household

SATURDAY, SUNDAY, MONDAY = date(2026, 10, 17), date(2026, 10, 18), date(2026, 10, 19)
TWO = [("B1", "M1", "02"), ("B2", "M2", "05")]


def known(session: Session) -> dict[str, tuple[str, str, date]]:
    rows = session.scalars(select(Household).filter_by(landlord_id="oph"))
    return {row.lease_id: (row.household_id, row.management_unit, row.as_of) for row in rows}


def test_the_first_night_writes_every_lease(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        assert households.replace(session, "oph", SUNDAY, iter(TWO)) == 2
        assert households.unit_of(session, "oph", "B2") == "05"
        assert households.unit_of(session, "oph", "B9") is None
        assert households.unit_of(session, "esh", "B2") is None
        assert households.units(session, "oph") == ["02", "05"]
        assert households.units(session, "esh") == []


def test_a_quiet_night_only_moves_the_day(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        households.replace(session, "oph", SUNDAY, TWO)
        assert households.replace(session, "oph", MONDAY, TWO) == 0
        assert {day for _, _, day in known(session).values()} == {MONDAY}


def test_a_lease_moves_begins_ends_and_comes_back(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        households.replace(session, "oph", SATURDAY, TWO)
        assert households.replace(session, "oph", SUNDAY, [("B1", "M1", "07"), ("B3", "M3", "02")]) == 3
        assert known(session) == {"B1": ("M1", "07", SUNDAY), "B2": ("M2", "05", SATURDAY), "B3": ("M3", "02", SUNDAY)}
        assert households.replace(session, "oph", MONDAY, [*TWO, ("B3", "M3", "02")]) == 2
        assert known(session) == {"B1": ("M1", "02", MONDAY), "B2": ("M2", "05", MONDAY), "B3": ("M3", "02", MONDAY)}


def test_a_past_night_played_again_takes_nothing_back(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        households.replace(session, "oph", SUNDAY, TWO)
        assert households.replace(session, "oph", SATURDAY, [("B1", "M1", "99")]) == 0
        assert households.unit_of(session, "oph", "B1") == "02"


def test_a_landlords_night_leaves_the_others_alone(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        households.replace(session, "oph", SUNDAY, TWO)
        households.replace(session, "esh", MONDAY, [("B1", "M8", "A")])
        households.replace(session, "oph", MONDAY, [("B1", "M1", "07")])
        assert households.unit_of(session, "esh", "B1") == "A"
