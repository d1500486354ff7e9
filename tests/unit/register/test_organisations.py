"""Agencies and partners by name."""

from sqlalchemy.orm import Session, sessionmaker

from riskmodel.register import organisations


def test_an_agency_declared_twice_is_renamed_and_one_that_closed_is_no_longer_named(register: sessionmaker[Session]) -> None:
    with register.begin() as session:
        number = organisations.declare(session, "agency", "oph", "02", "Agence du port")
        assert organisations.declare(session, "agency", "oph", "02", "Agence de l'estuaire") == number
        organisations.declare(session, "agency", "oph", "05", "Agence des quais")
        organisations.declare(session, "agency", "oph", "05", "Agence des quais", is_active=False)
        organisations.declare(session, "association", "oph", "adil", "Une association")
        organisations.declare(session, "agency", "esh", "02", "Une autre")
        assert organisations.names(session, "oph", "agency") == {"02": "Agence de l'estuaire"}
