"""Agencies and partners by name."""

from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import organisations
from riskmodel.register.models import Organisation


def test_an_agency_declared_twice_is_renamed_and_one_that_closed_is_no_longer_named(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        number = organisations.declare(session, "agency", "oph", "02", "Agence du port")
        assert organisations.declare(session, "agency", "oph", "02", "Agence de l'estuaire") == number
        organisations.declare(session, "agency", "oph", "05", "Agence des quais")
        organisations.declare(session, "agency", "oph", "05", "Agence des quais", is_active=False)
        organisations.declare(session, "association", "oph", "adil", "Une association")
        organisations.declare(session, "agency", "esh", "02", "Une autre")
        assert organisations.names(session, "oph", "agency") == {"02": "Agence de l'estuaire"}


def test_how_a_partner_is_reached_is_written_in_lines(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        number = organisations.declare(session, "association", "oph", "relais", "Un relais")
        assert session.get_one(Organisation, number).address == []
        organisations.reach(session, number, ["4, rue Inventée ", " ", "00000 Port-Estuaire"], " 01 99 00 34 56")
        found = session.get_one(Organisation, number)
        assert (found.address, found.phone, found.email) == (["4, rue Inventée", "00000 Port-Estuaire"], "01 99 00 34 56", "")
